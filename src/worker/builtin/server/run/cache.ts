import { createHash } from 'node:crypto';
import { type GraphNode, isLink } from '../graph.ts';
import type { NodeClass, NodeResult, NodeScope } from '../nodes/types.ts';

interface Entry {
  result: NodeResult;
  generation: number;
}

/**
 * Results of nodes across prompts, as ComfyUI's `--cache-lru`: whole generations (prompts) go,
 * oldest first, once there are more entries than allowed.
 */
export class NodeCache {
  readonly #entries = new Map<string, Entry>();
  readonly #limit: number;
  #generation = 0;
  #oldest = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Starts a prompt: its own entries become the newest, then the oldest generations go. */
  open(signatures: Iterable<string>): void {
    this.#generation += 1;
    for (const signature of signatures) {
      const entry = this.#entries.get(signature);
      if (entry !== undefined) entry.generation = this.#generation;
    }
    while (this.#entries.size > this.#limit && this.#oldest < this.#generation) {
      this.#oldest += 1;
      for (const [signature, entry] of this.#entries) {
        if (entry.generation < this.#oldest) this.#entries.delete(signature);
      }
    }
  }

  get(signature: string | undefined): NodeResult | undefined {
    return signature === undefined ? undefined : this.#entries.get(signature)?.result;
  }

  set(signature: string, result: NodeResult): void {
    this.#entries.set(signature, { result, generation: this.#generation });
  }

  clear(): void {
    this.#entries.clear();
  }
}

/**
 * Cache key of every node above the outputs: class, literal inputs, fingerprint and, for links, the
 * key of their source. Ids and titles play no part. A node that leads back to itself (only inputs
 * that its class does not declare can do that) gets no key.
 */
export function signaturesOf(
  scope: Omit<NodeScope, 'nodeId'>,
  classes: ReadonlyMap<string, NodeClass>,
  outputs: readonly string[],
): Map<string, string> {
  const signatures = new Map<string, string>();
  const entered = new Set<string>();
  const open = [...outputs];
  for (let id = open.at(-1); id !== undefined; id = open.at(-1)) {
    const node = scope.graph[id];
    const sources = Object.values(node?.inputs ?? {})
      .filter(isLink)
      .map(([source]) => source);
    const waiting = sources.filter(source => !entered.has(source));
    if (!entered.has(id) && waiting.length > 0) {
      entered.add(id);
      open.push(...waiting);
      continue;
    }
    open.pop();
    entered.add(id);
    const complete = sources.every(source => signatures.has(source));
    if (node === undefined || !complete || signatures.has(id)) continue;
    const fingerprint = classes.get(node.class_type)?.fingerprint?.({ ...scope, nodeId: id });
    signatures.set(id, keyOf(node, fingerprint, signatures));
  }
  return signatures;
}

function keyOf(
  node: GraphNode,
  fingerprint: string | undefined,
  signatures: ReadonlyMap<string, string>,
): string {
  const inputs = Object.entries(node.inputs)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) =>
      isLink(value)
        ? { name, from: signatures.get(value[0]), slot: value[1] }
        : { name, value: Number.isNaN(value) ? 'nan' : value },
    );
  const text = JSON.stringify([node.class_type, fingerprint, inputs]);
  return createHash('sha1').update(text).digest('base64');
}
