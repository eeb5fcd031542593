import type { WorkflowInfo } from '../../protocol/models.ts';
import { type CheckFinding, checkWorkflow } from '../../project/workflows/check.ts';
import type { Workflow } from '../../project/workflows/definition.ts';
import type { ServerLink } from '../comfyui/server-link.ts';
import type { Log } from '../log.ts';
import type { WorkflowLibrary } from './library.ts';

type CheckedLink = Pick<
  ServerLink,
  'name' | 'api' | 'inventory' | 'state' | 'isBuiltin' | 'engineVersion'
>;

/** What a check found on one server. */
export interface ServerFindings {
  server: string;
  version: string;
  findings: CheckFinding[];
}

interface Checked {
  /** What the findings hold for: the engine's version and inventory. */
  of: string;
  /** By workflow. */
  findings: Map<string, CheckFinding[]>;
}

function keyOf({ name, digest, models }: Workflow): string {
  return JSON.stringify([name, digest, models]);
}

/** Holds workflows against what the servers say of their node classes, once per server and inventory. */
export class WorkflowChecks {
  readonly #library: WorkflowLibrary;
  readonly #links: readonly CheckedLink[];
  readonly #log: Log;
  readonly #checked = new Map<string, Checked>();
  readonly #looking = new Set<string>();

  constructor(library: WorkflowLibrary, links: readonly CheckedLink[], log: Log) {
    this.#library = library;
    this.#links = links;
    this.#log = log;
  }

  /** Checks what is not yet checked on a server. Asks the server once for all workflows. */
  async look(link: CheckedLink): Promise<void> {
    if (this.#looking.has(link.name) || link.inventory === null) return;
    const of = JSON.stringify([link.engineVersion, link.inventory]);
    const before = this.#checked.get(link.name);
    const known = before?.of === of ? before.findings : new Map<string, CheckFinding[]>();
    const unknown = this.#library.workflows().filter(workflow => !known.has(keyOf(workflow)));
    if (unknown.length === 0) return;
    this.#looking.add(link.name);
    try {
      const info = await link.api.objectInfo();
      for (const workflow of unknown) {
        known.set(keyOf(workflow), checkWorkflow(workflow, info, { isBuiltin: link.isBuiltin }));
      }
      this.#checked.set(link.name, { of, findings: known });
    } catch (error) {
      this.#log.debug({ error, server: link.name }, 'workflows could not be checked');
    } finally {
      this.#looking.delete(link.name);
    }
  }

  /** Errors of a workflow by server; servers that are away or not yet asked are left out. */
  errorsOf(workflow: Workflow): Map<string, CheckFinding[]> {
    const errors = new Map<string, CheckFinding[]>();
    for (const link of this.#links) {
      if (link.state !== 'ready') continue;
      const findings = this.#checked.get(link.name)?.findings.get(keyOf(workflow));
      if (findings === undefined) {
        void this.look(link);
        continue;
      }
      errors.set(
        link.name,
        findings.filter(({ level }) => level === 'error'),
      );
    }
    return errors;
  }

  /** The library's list; a workflow that no server can run says so. */
  list(): WorkflowInfo[] {
    const workflows = new Map(this.#library.workflows().map(each => [each.name, each]));
    return this.#library.list().map(info => {
      const workflow = workflows.get(info.name);
      if (workflow === undefined) return info;
      const errors = [...this.errorsOf(workflow).values()];
      const [first] = errors[0] ?? [];
      if (first === undefined || errors.some(each => each.length === 0)) return info;
      return { ...info, problem: first.message };
    });
  }

  /** Checks a workflow now on every server that answers. */
  async check(workflow: Workflow): Promise<ServerFindings[]> {
    const ready = this.#links.filter(link => link.state === 'ready');
    return Promise.all(
      ready.map(async link => ({
        server: link.name,
        version: link.engineVersion,
        findings: checkWorkflow(workflow, await link.api.objectInfo(), {
          isBuiltin: link.isBuiltin,
        }),
      })),
    );
  }
}
