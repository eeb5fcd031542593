import { type Graph, isLink } from '../graph.ts';
import type { NodeClass } from '../nodes/types.ts';

/**
 * The order in which ComfyUI runs nodes: a topological dissolve that prefers an output node, then
 * what stands one and two steps before an output, then the node that was met first on the way up
 * from the outputs. Nodes with a cached result, and what only they need, never enter.
 */
export class RunOrder {
  readonly #pending = new Set<string>();
  readonly #blockCount = new Map<string, number>();
  readonly #blocking = new Map<string, Set<string>>();
  readonly #graph: Graph;
  readonly #classes: ReadonlyMap<string, NodeClass>;

  constructor(
    graph: Graph,
    classes: ReadonlyMap<string, NodeClass>,
    outputs: readonly string[],
    isCached: (id: string) => boolean,
  ) {
    this.#graph = graph;
    this.#classes = classes;
    for (const output of outputs) this.#add(output, isCached);
  }

  /** The next node to run, or undefined when none is left. */
  next(): string | undefined {
    const ready = [...this.#pending].filter(id => this.#blockCount.get(id) === 0);
    const steps = [0, 1, 2];
    for (const step of steps) {
      const found = ready.find(id => this.#leadsToOutput(id, step));
      if (found !== undefined) return found;
    }
    return ready[0];
  }

  /** A node that can never run, because what it needs leads back to it. */
  blocked(): string | undefined {
    return this.#pending.values().next().value;
  }

  /** Takes a finished node out, which may free others. */
  finish(id: string): void {
    this.#pending.delete(id);
    for (const blocked of this.#blocking.get(id) ?? []) {
      this.#blockCount.set(blocked, (this.#blockCount.get(blocked) ?? 1) - 1);
    }
    this.#blocking.delete(id);
  }

  #leadsToOutput(id: string, steps: number): boolean {
    if (steps === 0) return this.#isOutput(id);
    return [...(this.#blocking.get(id) ?? [])].some(next => this.#leadsToOutput(next, steps - 1));
  }

  #isOutput(id: string): boolean {
    return this.#classes.get(this.#graph[id]?.class_type ?? '')?.isOutput === true;
  }

  #add(output: string, isCached: (id: string) => boolean): void {
    const open = [output];
    const links: [from: string, to: string][] = [];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (this.#pending.has(id)) continue;
      this.#pending.add(id);
      this.#blockCount.set(id, 0);
      this.#blocking.set(id, new Set());
      for (const value of Object.values(this.#graph[id]?.inputs ?? {})) {
        if (!isLink(value) || isCached(value[0])) continue;
        open.push(value[0]);
        links.push([value[0], id]);
      }
    }
    for (const [from, to] of links) {
      const blocked = this.#blocking.get(from);
      if (blocked === undefined || blocked.has(to)) continue;
      blocked.add(to);
      this.#blockCount.set(to, (this.#blockCount.get(to) ?? 0) + 1);
    }
  }
}
