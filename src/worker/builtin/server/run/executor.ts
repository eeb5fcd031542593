import { NodeFailure } from '../failures.ts';
import { type Graph, isLink } from '../graph.ts';
import type { EngineHost, NodeClass, NodeContext, NodeResult } from '../nodes/types.ts';
import { describe } from '../nodes/values.ts';
import type { HistoryEntry } from '../queue/history.ts';
import type { QueueItem } from '../queue/prompt-queue.ts';
import type { Sockets } from '../sockets.ts';
import { type NodeCache, signaturesOf } from './cache.ts';
import { Interruption } from './interruption.ts';
import { RunOrder } from './order.ts';
import { PromptReporter } from './reporter.ts';

/** What the executor works with; all of it outlives a prompt. */
export interface ExecutorParts {
  classes: ReadonlyMap<string, NodeClass>;
  host: EngineHost;
  cache: NodeCache;
  sockets: Sockets;
  interruption: Interruption;
}

/** What a run leaves for the history. */
export type RunResult = Pick<HistoryEntry, 'outputs' | 'status' | 'meta'>;

/**
 * Runs one prompt to its end and tells its client about every step, in ComfyUI's order of messages.
 * Never throws: a fault in a node becomes `execution_error`.
 */
export async function execute(parts: ExecutorParts, item: QueueItem): Promise<RunResult> {
  parts.interruption.reset();
  const run = new PromptRun(parts, item);
  try {
    await run.toEnd();
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
    run.abandon();
  }
  return run.result();
}

class PromptRun {
  readonly #parts: ExecutorParts;
  readonly #graph: Graph;
  readonly #targets: readonly string[];
  readonly #extraData: Record<string, unknown>;
  readonly #report: PromptReporter;
  #signatures: ReadonlyMap<string, string> = new Map();
  readonly #outputs: Record<string, unknown> = {};
  readonly #meta: Record<string, unknown> = {};
  readonly #executed: string[] = [];
  #success = true;

  constructor(parts: ExecutorParts, item: QueueItem) {
    const [, promptId, graph, extraData, outputs] = item;
    this.#parts = parts;
    this.#graph = graph;
    this.#targets = outputs;
    this.#extraData = extraData;
    const client = extraData['client_id'];
    this.#report = new PromptReporter(
      parts.sockets,
      promptId,
      typeof client === 'string' ? client : null,
    );
  }

  async toEnd(): Promise<void> {
    const { cache, classes, host, interruption } = this.#parts;
    this.#report.started();
    const scope = { graph: this.#graph, extraData: this.#extraData, host };
    this.#signatures = signaturesOf(scope, classes, this.#targets);
    cache.open(this.#signatures.values());
    const isCached = (id: string) => cache.get(this.#signatures.get(id)) !== undefined;
    this.#report.cached(Object.keys(this.#graph).filter(isCached));
    const order = new RunOrder(this.#graph, classes, this.#targets, isCached);
    for (let id = order.next(); id !== undefined; id = order.next()) {
      interruption.node = id;
      const sound = await this.#step(id);
      if (!sound) {
        this.#success = false;
        return;
      }
      order.finish(id);
    }
    const stuck = order.blocked();
    if (stuck === undefined) this.#report.succeeded();
    else {
      this.#success = false;
      const cycle = new NodeFailure('graph.DependencyCycleError', 'Dependency cycle detected');
      this.#fail(stuck, {}, cycle);
    }
  }

  /** Marks a run as failed that this engine itself could not go on with. */
  abandon(): void {
    this.#success = false;
  }

  result(): RunResult {
    return {
      outputs: this.#outputs,
      status: {
        status_str: this.#success ? 'success' : 'error',
        completed: this.#success,
        messages: this.#report.messages,
      },
      meta: this.#meta,
    };
  }

  /** Runs or re-tells one node; whether the prompt may go on. */
  async #step(id: string): Promise<boolean> {
    const signature = this.#signatures.get(id);
    const known = this.#parts.cache.get(signature);
    if (known !== undefined) {
      this.#show(id, known);
      this.#report.executed(id, known.ui ?? null);
      this.#report.nodeFinished(id);
      return true;
    }
    const inputs = this.#resolve(id);
    try {
      this.#report.nodeStarted(id);
      this.#parts.interruption.check();
      const nodeClass = this.#parts.classes.get(this.#graph[id]?.class_type ?? '');
      if (nodeClass === undefined) throw new NodeFailure('KeyError', `'${id}'`);
      const result = await nodeClass.run(this.#context(id, inputs));
      this.#show(id, result);
      if (result.ui !== undefined) this.#report.executed(id, result.ui);
      if (signature !== undefined) this.#parts.cache.set(signature, result);
    } catch (error) {
      this.#fail(id, inputs, error);
      return false;
    }
    this.#report.nodeFinished(id);
    this.#executed.push(id);
    return true;
  }

  #context(id: string, inputs: Record<string, unknown>): NodeContext {
    const { host, interruption } = this.#parts;
    return {
      nodeId: id,
      graph: this.#graph,
      extraData: this.#extraData,
      host,
      inputs,
      previews: wantsPreviews(this.#extraData, host),
      progress: (value, max, preview) => {
        interruption.check();
        this.#report.progress(id, value, max, preview);
      },
      waitUntil: time => interruption.waitUntil(time),
    };
  }

  #resolve(id: string): Record<string, unknown> {
    const values = Object.entries(this.#graph[id]?.inputs ?? {}).map(([name, value]) => {
      if (!isLink(value)) return [name, value] as const;
      const source = this.#parts.cache.get(this.#signatures.get(value[0]));
      return [name, source?.outputs.at(value[1])] as const;
    });
    return Object.fromEntries(values);
  }

  #show(id: string, result: NodeResult): void {
    if (result.ui === undefined) return;
    this.#outputs[id] = result.ui;
    this.#meta[id] = { node_id: id, display_node: id, parent_node: null, real_node_id: id };
  }

  #fail(id: string, inputs: Record<string, unknown>, error: unknown): void {
    const nodeType = this.#graph[id]?.class_type ?? '';
    if (Interruption.isInterrupt(error)) {
      this.#report.interrupted(id, nodeType, this.#executed);
      return;
    }
    const fault = error instanceof Error ? error : new Error(String(error));
    const known = error instanceof NodeFailure ? error : undefined;
    this.#report.failed(id, nodeType, this.#executed, {
      message: `${fault.message}\n${known?.tips ?? ''}`,
      type: known?.exceptionType ?? ('syscall' in fault ? 'OSError' : fault.name),
      inputs: Object.fromEntries(Object.entries(inputs).map(([name, v]) => [name, [shown(v)]])),
      nodes: Object.keys(this.#graph),
    });
    if (known?.exceptionType === 'torch.OutOfMemoryError') this.#parts.host.resident.clear();
  }
}

function shown(value: unknown): unknown {
  const plain = value === null || ['string', 'number', 'boolean'].includes(typeof value);
  return plain ? value : describe(value);
}

function wantsPreviews(extraData: Record<string, unknown>, host: EngineHost): boolean {
  const chosen = extraData['preview_method'];
  if (chosen === 'none') return false;
  if (typeof chosen === 'string' && chosen !== 'default') return true;
  return host.settings.previewMethod !== 'none';
}
