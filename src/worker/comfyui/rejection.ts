import { PixelsError } from '../../protocol/errors.ts';
import type { Graph } from '../../project/workflows/graph.ts';

interface NodeError {
  node: string;
  class: string;
  input: string;
  message: string;
  /** The engine does not list the value: its files or node packs are not what they were. */
  unlisted?: string;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function nodeErrors(body: unknown, graph: Graph): NodeError[] {
  return Object.entries(record(record(body)['node_errors'])).flatMap(([node, entry]) => {
    const errors = record(entry)['errors'];
    return (Array.isArray(errors) ? errors : []).map(error => {
      const extra = record(record(error)['extra_info']);
      const received = extra['received_value'];
      const unlisted =
        record(error)['type'] === 'value_not_in_list' && typeof received === 'string';
      return {
        ...(unlisted && { unlisted: received }),
        node,
        class: graph[node]?.class_type ?? '',
        input: typeof extra['input_name'] === 'string' ? extra['input_name'] : '',
        message: [record(error)['message'], record(error)['details']]
          .filter(part => typeof part === 'string' && part !== '')
          .join(': '),
      };
    });
  });
}

function reasonOf({ input, message, unlisted }: NodeError): string {
  if (unlisted !== undefined) {
    return `it has no "${unlisted.slice(0, 200)}" for ${input}, or has it no longer. Put it there, or choose another`;
  }
  if (message.includes('maximum recursion depth')) {
    return 'the chain of nodes before it is longer than ComfyUI can follow. Use a shorter one';
  }
  return message.slice(0, 600);
}

/**
 * Turns ComfyUI's refusal of a graph (a 400, or a 200 that names node errors) into one sentence with what to do.
 * Server file paths are never shown.
 */
export function rejectionOf(body: unknown, graph: Graph): PixelsError {
  const errors = nodeErrors(body, graph);
  const first = errors[0];
  if (first !== undefined) {
    return new PixelsError(
      'engine-rejected',
      `ComfyUI refuses the graph: ${first.class} (node ${first.node}): ${reasonOf(first)}${
        errors.length > 1 ? `; and ${errors.length - 1} more` : ''
      }.`,
      { nodes: errors.slice(0, 20) },
    );
  }
  const error = record(record(body)['error']);
  const message = typeof error['message'] === 'string' ? error['message'] : 'without a reason';
  const missing = error['type'] === 'missing_node_type';
  return new PixelsError(
    'engine-rejected',
    missing
      ? `${message} Install the node pack that brings it, or choose another workflow.`
      : `ComfyUI refuses the graph: ${message}.`,
    { type: error['type'] },
  );
}
