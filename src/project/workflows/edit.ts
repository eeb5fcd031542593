import { type Graph, isLink } from './graph.ts';

/** Lets every input that takes one output take another, or a literal, instead. */
export function redirect(graph: Graph, from: readonly [string, number], to: unknown): void {
  for (const node of Object.values(graph)) {
    for (const [input, source] of Object.entries(node.inputs)) {
      if (isLink(source) && source[0] === from[0] && source[1] === from[1]) node.inputs[input] = to;
    }
  }
}

/** A node id that is not taken. */
export function freeId(graph: Graph): string {
  let highest = 0;
  for (const id of Object.keys(graph)) highest = Math.max(highest, Number.parseInt(id, 10) || 0);
  return String(highest + 1);
}

/** Takes a LoRA loader out: its consumers get the model and text encoder that it got. */
export function bridgeLoader(graph: Graph, id: string): void {
  const loader = graph[id];
  if (loader === undefined) return;
  redirect(graph, [id, 0], loader.inputs['model']);
  redirect(graph, [id, 1], loader.inputs['clip']);
  Reflect.deleteProperty(graph, id);
}
