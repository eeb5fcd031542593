/** `[node id, output slot]`. */
export type Link = readonly [string, number];

/** One node of an API-format graph, as it came over the wire. */
export interface GraphNode {
  class_type: string;
  inputs: Record<string, unknown>;
  _meta?: { title?: string };
}

export type Graph = Record<string, GraphNode>;

/** Whether an input is a link; literal lists are not allowed in API graphs (they come wrapped in `__value__`). */
export function isLink(value: unknown): value is Link {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    typeof value[0] === 'string' &&
    typeof value[1] === 'number'
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a node of one of the classes lies downstream of `from`. */
export function leadsTo(graph: Graph, from: string, classes: ReadonlySet<string>): boolean {
  const seen = new Set([from]);
  const open = [from];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    for (const [id, node] of Object.entries(graph)) {
      if (seen.has(id)) continue;
      const linked = Object.values(node.inputs).some(v => isLink(v) && v[0] === current);
      if (!linked) continue;
      if (classes.has(node.class_type)) return true;
      seen.add(id);
      open.push(id);
    }
  }
  return false;
}
