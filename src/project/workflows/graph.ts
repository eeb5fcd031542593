import { PixelsError } from '../../protocol/errors.ts';

/** A literal or a link [node id, output slot] to another node. */
export type GraphInput = unknown;

export interface GraphNode {
  class_type: string;
  inputs: Record<string, GraphInput>;
  _meta?: { title?: string; role?: string | string[] };
}

/** A ComfyUI graph in API format: node id → node. */
export type Graph = Record<string, GraphNode>;

/** Nodes of the largest graph that is taken. */
export const MAX_NODES = 5000;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a link to another node's output. */
export function isLink(input: GraphInput): input is [node: string, slot: number] {
  return (
    Array.isArray(input) &&
    input.length === 2 &&
    typeof input[0] === 'string' &&
    typeof input[1] === 'number'
  );
}

function refuse(name: string, why: string, data?: Record<string, unknown>): never {
  throw new PixelsError('invalid-workflow', `The workflow ${name} ${why}`, {
    workflow: name,
    ...data,
  });
}

/**
 * Checks that a parsed JSON value is a graph in API format.
 * @throws PixelsError `invalid-workflow`; a graph saved in the editor's format is told apart, since that is the usual mistake
 */
export function parseGraph(value: unknown, name: string): Graph {
  if (!isRecord(value)) refuse(name, 'is not a graph: expected an object of nodes.');
  if (Array.isArray(value['nodes']) && Array.isArray(value['links'])) {
    refuse(
      name,
      'is saved in the editor format. In ComfyUI use "Export (API)" and save that file instead.',
    );
  }
  const ids = Object.keys(value);
  if (ids.length === 0) refuse(name, 'has no nodes.');
  if (ids.length > MAX_NODES) {
    refuse(name, `has ${ids.length} nodes; at most ${MAX_NODES} are allowed.`);
  }
  for (const id of ids) {
    const node = value[id];
    if (!isRecord(node) || typeof node['class_type'] !== 'string' || !isRecord(node['inputs'])) {
      refuse(name, `is not in API format: node ${id} has no class_type and inputs.`, { node: id });
    }
    if (node['_meta'] !== undefined && !isRecord(node['_meta'])) {
      refuse(name, `is not in API format: the _meta of node ${id} is not an object.`, { node: id });
    }
  }
  const graph = value as Graph;
  for (const id of ids) {
    for (const [input, source] of Object.entries(graph[id]?.inputs ?? {})) {
      if (isLink(source) && !Object.hasOwn(graph, source[0])) {
        refuse(
          name,
          `is torn: ${input} of node ${id} links to node ${source[0]}, which is missing.`,
          {
            node: id,
          },
        );
      }
    }
  }
  return graph;
}
