import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { PixelsError } from '../../protocol/errors.ts';
import { modelFamilySchema, type WorkflowInfo } from '../../protocol/models.ts';
import { fileNameSchema } from '../../protocol/names.ts';
import { renderSizeSchema } from '../../protocol/recipe.ts';
import { describeIssues } from '../../protocol/validate.ts';
import { nearNames, suggestNames } from '../../project/near-names.ts';
import { defineWorkflow, type Workflow } from '../../project/workflows/definition.ts';

const MAX_FILE_BYTES = 8 * 1024 * 1024;

const sidecarSchema = z.strictObject({
  title: z.string().max(200).optional(),
  description: z.string().max(2000).optional(),
  family: modelFamilySchema.optional(),
  renderSizes: z.array(renderSizeSchema).min(1).max(50).optional(),
  roles: z.record(z.string(), z.string()).optional(),
});

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

function readSidecar(folder: string, name: string): z.output<typeof sidecarSchema> {
  let text: string;
  try {
    text = readText(join(folder, `${name}.roles.yaml`), name);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
  const parsed = sidecarSchema.safeParse(parse(text) ?? {});
  if (parsed.success) return parsed.data;
  throw new PixelsError(
    'invalid-workflow',
    `The roles file of ${name} is not valid: ${describeIssues(parsed.error).sentence}.`,
    { workflow: name },
  );
}

function readEntry(folder: string, name: string, origin: Entry['origin']): Entry {
  try {
    const json = parseJson(readText(join(folder, `${name}.json`), name), name);
    return {
      name,
      origin,
      workflow: defineWorkflow(name, json, readSidecar(folder, name)),
      problem: null,
    };
  } catch (error) {
    const problem = PixelsError.is(error)
      ? error
      : new PixelsError(
          'invalid-workflow',
          `The workflow ${name} cannot be read: ${String(error)}`,
        );
    return { name, origin, workflow: null, problem };
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter(file => file.endsWith('.json'))
      .map(file => file.slice(0, -'.json'.length))
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
          return readdirSync(folder).map(file => {
            const { mtimeMs, size } = statSync(join(folder, file));
            return `${folder}/${file}:${mtimeMs}:${size}`;
          });
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
    for (const [folder, origin] of [
      [this.#shipped, 'shipped'],
      [this.#user, 'user'],
    ] as const) {
      for (const name of namesIn(folder)) this.#entries.set(name, readEntry(folder, name, origin));
    }
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
