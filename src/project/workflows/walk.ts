import { type Graph, isLink } from './graph.ts';

/** Ids of the nodes that a node takes something from. */
export function sourcesOf(graph: Graph, id: string): string[] {
  const node = graph[id];
  return node === undefined
    ? []
    : Object.values(node.inputs).flatMap(value => (isLink(value) ? [value[0]] : []));
}

/** Nodes that lead to some nodes, and these themselves. */
export function upstreamOf(graph: Graph, from: readonly string[]): Set<string> {
  const seen = new Set(from);
  const open = [...seen];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const source of sourcesOf(graph, id)) {
      if (seen.has(source)) continue;
      seen.add(source);
      open.push(source);
    }
  }
  return seen;
}

function consumersIn(graph: Graph): Map<string, string[]> {
  const consumers = new Map<string, string[]>();
  for (const id of Object.keys(graph)) {
    for (const source of sourcesOf(graph, id)) {
      const list = consumers.get(source);
      if (list === undefined) consumers.set(source, [id]);
      else list.push(id);
    }
  }
  return consumers;
}

/** Nodes that some nodes lead to, and these themselves. */
export function downstreamOf(graph: Graph, from: readonly string[]): Set<string> {
  const consumers = consumersIn(graph);
  const seen = new Set(from);
  const open = [...seen];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const consumer of consumers.get(id) ?? []) {
      if (seen.has(consumer)) continue;
      seen.add(consumer);
      open.push(consumer);
    }
  }
  return seen;
}

/** Whether links run in a circle: then some node never has all it takes. */
export function hasCycle(graph: Graph): boolean {
  const wanting = new Map(Object.keys(graph).map(id => [id, sourcesOf(graph, id).length]));
  const consumers = consumersIn(graph);
  const ready = [...wanting].filter(([, count]) => count === 0).map(([id]) => id);
  let done = 0;
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    done += 1;
    for (const consumer of consumers.get(id) ?? []) {
      const left = (wanting.get(consumer) ?? 0) - 1;
      wanting.set(consumer, left);
      if (left === 0) ready.push(consumer);
    }
  }
  return done < wanting.size;
}
