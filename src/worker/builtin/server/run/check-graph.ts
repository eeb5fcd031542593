import { ValidationFault } from '../failures.ts';
import { type Graph, isRecord } from '../graph.ts';
import type { Catalog, NodeClass } from '../nodes/types.ts';
import { InputChecker } from './check-inputs.ts';
import type { Reason } from './reasons.ts';

export interface NodeErrors {
  errors: Reason[];
  dependent_outputs: string[];
  class_type: string;
}

export interface GraphError {
  type: string;
  message: string;
  details: string;
  extra_info: Record<string, unknown>;
}

/** Either the outputs that can run (bad ones are dropped and reported), or why none can. */
export type GraphVerdict =
  | { ok: true; graph: Graph; outputs: string[]; nodeErrors: Record<string, NodeErrors> }
  | { ok: false; error: GraphError; nodeErrors: Record<string, NodeErrors> };

/**
 * Validates a graph like ComfyUI: as soon as one output node is sound, the graph is accepted and
 * the faults of the others are only reported.
 * @throws ValidationFault where ComfyUI answers 500: the graph is not an object of objects
 */
export function checkGraph(
  prompt: unknown,
  targets: readonly unknown[] | undefined,
  classes: ReadonlyMap<string, NodeClass>,
  catalog: Catalog,
): GraphVerdict {
  if (!isRecord(prompt)) throw new ValidationFault('TypeError', 'the prompt is not an object');
  const outputs: string[] = [];
  for (const [id, node] of Object.entries(prompt)) {
    if (!isRecord(node)) throw new ValidationFault('TypeError', `node ${id} is not an object`);
    const title = isRecord(node['_meta']) ? node['_meta']['title'] : undefined;
    const className = node['class_type'];
    if (!('class_type' in node)) return refusal(withoutClass(id, title));
    const nodeClass = typeof className === 'string' ? classes.get(className) : undefined;
    if (nodeClass === undefined) return refusal(unknownClass(id, title ?? className, className));
    if (nodeClass.isOutput === true && (targets === undefined || targets.includes(id))) {
      outputs.push(id);
    }
  }
  if (outputs.length === 0) {
    return refusal(graphError('prompt_no_outputs', 'Prompt has no outputs', '', {}));
  }
  const graph = prompt as unknown as Graph;
  return checkOutputs(graph, outputs, new InputChecker(graph, classes, catalog));
}

function checkOutputs(graph: Graph, outputs: string[], checker: InputChecker): GraphVerdict {
  const good: string[] = [];
  const texts: string[] = [];
  const faults = new Map<string, NodeErrors>();
  for (const output of outputs) {
    const verdict = checkOutput(checker, output);
    if (verdict.ok) {
      good.push(output);
      continue;
    }
    texts.push(...verdict.reasons.map(reason => `${reason.message}: ${reason.details}`));
    for (const [id, { ok, reasons }] of checker.verdicts) {
      if (ok || reasons.length === 0) continue;
      const known = faults.get(id) ?? {
        errors: reasons,
        dependent_outputs: [],
        class_type: graph[id]?.class_type ?? '',
      };
      known.dependent_outputs.push(output);
      faults.set(id, known);
    }
  }
  const nodeErrors = Object.fromEntries(faults);
  if (good.length > 0) return { ok: true, graph: runnable(graph), outputs: good, nodeErrors };
  const error = graphError(
    'prompt_outputs_failed_validation',
    'Prompt outputs failed validation',
    texts.join('\n'),
    {},
  );
  return { ok: false, error, nodeErrors };
}

/** Nodes that no output needs were not looked at; what runs may still ask for their inputs. */
function runnable(graph: Graph): Graph {
  for (const node of Object.values(graph)) if (!isRecord(node.inputs)) node.inputs = {};
  return Object.assign(Object.create(null) as Graph, graph);
}

function checkOutput(checker: InputChecker, output: string): { ok: boolean; reasons: Reason[] } {
  try {
    return checker.check(output);
  } catch (error) {
    if (!(error instanceof ValidationFault)) throw error;
    const verdict = {
      ok: false,
      reasons: [
        {
          type: 'exception_during_validation',
          message: 'Exception when validating node',
          details: error.message,
          extra_info: { exception_type: error.exceptionType, traceback: [] },
        },
      ],
    };
    checker.verdicts.set(output, verdict);
    return verdict;
  }
}

function refusal(error: GraphError): GraphVerdict {
  return { ok: false, error, nodeErrors: {} };
}

function graphError(
  type: string,
  message: string,
  details: string,
  extra_info: Record<string, unknown>,
): GraphError {
  return { type, message, details, extra_info };
}

function withoutClass(id: string, title: unknown): GraphError {
  const shown = typeof title === 'string' && title !== '' ? title : `ID #${id}`;
  return graphError(
    'missing_node_type',
    `Node '${shown}' has no class_type. The workflow may be corrupted or a custom node is missing.`,
    `Node ID '#${id}'`,
    { node_id: id, class_type: null, node_title: title ?? null },
  );
}

function unknownClass(id: string, title: unknown, className: unknown): GraphError {
  return graphError(
    'missing_node_type',
    `Node '${String(title)}' not found. The custom node may not be installed.`,
    `Node ID '#${id}'`,
    { node_id: id, class_type: className ?? null, node_title: title ?? null },
  );
}
