import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { PixelsError } from '../../protocol/errors.ts';
import type { WorkflowInfo } from '../../protocol/models.ts';
import { fileNameSchema } from '../../protocol/names.ts';
import { describeIssues } from '../../protocol/validate.ts';
import { nearNames, suggestNames } from '../../project/near-names.ts';
import { defineWorkflow, type Workflow } from '../../project/workflows/definition.ts';
import {
  overlaySidecar,
  sidecarSchema,
  type WorkflowSidecar,
} from '../../project/workflows/sidecar.ts';

const MAX_FILE_BYTES = 8 * 1024 * 1024;

type Entry = { name: string; origin: WorkflowInfo['origin'] } & (
  { workflow: Workflow; problem: null } | { workflow: null; problem: PixelsError }
);

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new PixelsError(
      'invalid-workflow',
      `The workflow ${name} is not JSON: ${error instanceof Error ? error.message : String(error)}.`,
      { workflow: name },
    );
  }
}

function readText(path: string, name: string): string {
  if (statSync(path).size > MAX_FILE_BYTES) {
    throw new PixelsError('invalid-workflow', `The workflow ${name} is larger than 8 MB.`, {
      workflow: name,
    });
  }
  return readFileSync(path, 'utf8');
}

/** @throws PixelsError `invalid-workflow` */
export function parseSidecar(value: unknown, name: string): WorkflowSidecar {
  const parsed = sidecarSchema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  throw new PixelsError(
    'invalid-workflow',
    `The roles file of ${name} is not valid: ${describeIssues(parsed.error).sentence}.`,
    { workflow: name },
  );
}

function readSidecar(folder: string, name: string): WorkflowSidecar {
  let text: string;
  try {
    text = readText(join(folder, `${name}.roles.yaml`), name);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n', 1).join() : String(error);
    throw new PixelsError(
      'invalid-workflow',
      `The roles file of ${name} is not YAML: ${why.replace(/:$/, '')}.`,
      { workflow: name },
    );
  }
  return parseSidecar(value, name);
}

/** @param overlay folder with a roles file that is laid over the one beside the graph */
function readEntry(
  folder: string,
  name: string,
  origin: Entry['origin'],
  overlay: string | null,
): Entry {
  try {
    const json = parseJson(readText(join(folder, `${name}.json`), name), name);
    const own = readSidecar(folder, name);
    const sidecar = overlay === null ? own : overlaySidecar(own, readSidecar(overlay, name));
    return { name, origin, workflow: defineWorkflow(name, json, sidecar), problem: null };
  } catch (error) {
    const problem = PixelsError.is(error)
      ? error
      : new PixelsError(
          'invalid-workflow',
          `The workflow ${name} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
        );
    return { name, origin, workflow: null, problem };
  }
}

/** Replaces a file whole or not at all. */
function replaceText(path: string, text: string): void {
  const draft = `${path}.part`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, path);
}

/** Locks of editors are links to nothing; they must not hide what becomes of the other files. */
function stampOf(path: string): string {
  try {
    const { mtimeMs, size } = statSync(path);
    return `${path}:${mtimeMs}:${size}`;
  } catch {
    return path;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(entry => entry.name.endsWith('.json') && !entry.isDirectory())
      .map(({ name }) => name.slice(0, -'.json'.length))
      .filter(name => fileNameSchema.safeParse(name).success)
      .sort();
  } catch {
    return [];
  }
}

/** The workflows that ship with the product and those a person put into the worker's data folder; the latter win by name. */
export class WorkflowLibrary {
  readonly #shipped: string;
  readonly #user: string;
  #entries = new Map<string, Entry>();
  #stamp = '';

  constructor(shipped: string, user: string) {
    this.#shipped = shipped;
    this.#user = user;
  }

  /** Files and their times: a dropped-in export is seen at the next call. */
  #stampNow(): string {
    return [this.#shipped, this.#user]
      .flatMap(folder => {
        try {
          return readdirSync(folder).map(file => stampOf(join(folder, file)));
        } catch {
          return [];
        }
      })
      .join('\n');
  }

  #refresh(): void {
    const stamp = this.#stampNow();
    if (stamp === this.#stamp && this.#entries.size > 0) return;
    this.#stamp = stamp;
    this.#entries = new Map();
    for (const name of namesIn(this.#shipped)) {
      this.#entries.set(name, readEntry(this.#shipped, name, 'shipped', this.#user));
    }
    for (const name of namesIn(this.#user)) {
      this.#entries.set(name, readEntry(this.#user, name, 'user', null));
    }
  }

  /** Those that can be read. */
  workflows(): Workflow[] {
    this.#refresh();
    return [...this.#entries.values()].flatMap(({ workflow }) => workflow ?? []);
  }

  /**
   * Puts a workflow into the user's folder.
   * @param replace whether one of the same name may be replaced, or a shipped one be covered
   * @returns whether there was one
   * @throws PixelsError `invalid-workflow`, `missing-role`; `conflict` when the name is taken
   */
  add(name: string, graph: unknown, sidecar: unknown, replace: boolean): boolean {
    defineWorkflow(name, graph, parseSidecar(sidecar, name));
    this.#refresh();
    const present = this.#entries.get(name);
    if (present !== undefined && !replace) {
      throw new PixelsError(
        'conflict',
        `There is a ${present.origin === 'shipped' ? 'shipped ' : ''}workflow ${name} already; choose another name, or ask to replace it.`,
        { workflow: name, origin: present.origin },
      );
    }
    mkdirSync(this.#user, { recursive: true });
    replaceText(join(this.#user, `${name}.roles.yaml`), stringify(sidecar));
    replaceText(join(this.#user, `${name}.json`), `${JSON.stringify(graph, null, 2)}\n`);
    return present !== undefined;
  }

  /**
   * A workflow by name.
   * @throws PixelsError `unknown-workflow` with near names, or what is wrong with it
   */
  get(name: string): Workflow {
    this.#refresh();
    const entry = this.#entries.get(name);
    if (entry === undefined) {
      const names = [...this.#entries.keys()];
      throw new PixelsError(
        'unknown-workflow',
        `There is no workflow "${name}".${suggestNames(name, names)}`,
        { given: name, near: nearNames(name, names), known: names.slice(0, 20) },
      );
    }
    if (entry.problem !== null) throw entry.problem;
    return entry.workflow;
  }

  list(): WorkflowInfo[] {
    this.#refresh();
    return [...this.#entries.values()].map(({ name, origin, workflow, problem }) => ({
      name,
      origin,
      title: workflow?.title ?? name,
      description: workflow?.description ?? '',
      family: workflow?.family ?? 'unknown',
      graph: workflow?.digest ?? '',
      roles: Object.keys(workflow?.roles ?? {}),
      renderSizes: workflow?.renderSizes ?? [],
      defaults: workflow?.defaults ?? {
        negative: '',
        steps: 0,
        cfg: 0,
        sampler: '',
        scheduler: '',
        checkpoint: null,
      },
      problem: problem?.message ?? null,
    }));
  }
}
