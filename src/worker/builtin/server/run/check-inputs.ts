import { ValidationFault } from '../failures.ts';
import { type Graph, isRecord } from '../graph.ts';
import type { Catalog, InputSpec, NodeClass } from '../nodes/types.ts';
import { str, toBool, toFloat, toInt } from './python.ts';
import * as reasons from './reasons.ts';
import type { InputConfig, Reason } from './reasons.ts';

/** Whether this node and all above it are sound, and the faults found on it. */
export interface Verdict {
  ok: boolean;
  reasons: Reason[];
}

/**
 * Validates nodes of one graph depth first, each once, in ComfyUI's order of checks. Literal values
 * are coerced in place, so the graph that is queued and kept in history holds the coerced ones.
 */
export class InputChecker {
  readonly verdicts = new Map<string, Verdict>();
  readonly #graph: Graph;
  readonly #classes: ReadonlyMap<string, NodeClass>;
  readonly #catalog: Catalog;

  constructor(graph: Graph, classes: ReadonlyMap<string, NodeClass>, catalog: Catalog) {
    this.#graph = graph;
    this.#classes = classes;
    this.#catalog = catalog;
  }

  /** @throws ValidationFault for graphs that break ComfyUI's own check (a link to no node) */
  check(id: string, path: readonly string[] = []): Verdict {
    const known = this.verdicts.get(id);
    if (known !== undefined) return known;
    if (path.includes(id)) return this.#blameCycle(id, path);
    const node = this.#node(id);
    if (!isRecord(node.inputs)) throw new ValidationFault('KeyError', "'inputs'");
    const nodeClass = this.#classOf(node.class_type);
    const types = nodeClass.inputs(this.#catalog);
    const found: Reason[] = [];
    let ok = true;
    for (const [name, spec] of Object.entries({ ...types.required, ...types.optional })) {
      if (!(name in node.inputs)) {
        if (name in types.required) found.push(reasons.missing(name));
        continue;
      }
      const value = node.inputs[name];
      if (Array.isArray(value)) {
        ok = this.#checkLink(id, name, configOf(spec), value, found, path) && ok;
      } else {
        this.#checkLiteral(node.inputs, name, configOf(spec), nodeClass, found);
      }
    }
    const earlier = this.verdicts.get(id)?.reasons ?? [];
    const verdict = {
      ok: ok && found.length === 0 && earlier.length === 0,
      reasons: [...earlier, ...found],
    };
    this.verdicts.set(id, verdict);
    return verdict;
  }

  #node(id: unknown): Graph[string] {
    const node = typeof id === 'string' ? this.#graph[id] : undefined;
    if (node === undefined || !Object.hasOwn(this.#graph, id as string)) {
      throw new ValidationFault('KeyError', typeof id === 'string' ? `'${id}'` : str(id));
    }
    return node;
  }

  #classOf(name: string): NodeClass {
    const found = this.#classes.get(name);
    if (found === undefined) throw new ValidationFault('KeyError', `'${name}'`);
    return found;
  }

  #checkLink(
    id: string,
    name: string,
    config: InputConfig,
    link: readonly unknown[],
    found: Reason[],
    path: readonly string[],
  ): boolean {
    if (link.length !== 2) {
      found.push(reasons.badLink(name, config, link));
      return true;
    }
    const source = this.#node(link[0]);
    const sourceId = link[0] as string;
    const received = this.#outputType(source.class_type, link[1]);
    if (!typesMeet(received, config[0])) {
      found.push(reasons.typeMismatch(name, config, received, link));
      return true;
    }
    try {
      return this.check(sourceId, [...path, id]).ok;
    } catch (error) {
      if (!(error instanceof ValidationFault)) throw error;
      const reason = innerFault(name, config, link, error);
      this.verdicts.set(sourceId, { ok: false, reasons: [reason] });
      return false;
    }
  }

  #outputType(className: string, slot: unknown): string {
    const outputs = this.#classOf(className).outputs;
    if (typeof slot !== 'number' || !Number.isInteger(slot)) {
      throw new ValidationFault('TypeError', 'tuple indices must be integers or slices');
    }
    const type = outputs.at(slot);
    if (type === undefined) throw new ValidationFault('IndexError', 'tuple index out of range');
    return type;
  }

  #checkLiteral(
    inputs: Record<string, unknown>,
    name: string,
    config: InputConfig,
    nodeClass: NodeClass,
    found: Reason[],
  ): void {
    const given = inputs[name];
    const value = isRecord(given) && '__value__' in given ? given['__value__'] : given;
    inputs[name] = value;
    let coerced: unknown;
    try {
      coerced = coerce(value, config[0]);
    } catch (error) {
      if (!(error instanceof ValidationFault)) throw error;
      found.push(reasons.notConverted(name, config, value, error.message));
      return;
    }
    inputs[name] = coerced;
    const own = nodeClass.validate?.[name];
    if (own !== undefined) {
      const refusal = own(coerced, this.#catalog);
      if (refusal !== undefined) found.push(reasons.refused(name, refusal));
      return;
    }
    const fault = rangeFault(name, config, coerced) ?? choiceFault(name, config, coerced);
    if (fault !== undefined) found.push(fault);
  }

  #blameCycle(id: string, path: readonly string[]): Verdict {
    const loop = [...path.slice(path.indexOf(id)), id];
    const nodes = [...new Set(loop)];
    const text = loop.map(n => `${n} (${this.#graph[n]?.class_type ?? ''})`).join(' -> ');
    for (const node of nodes) {
      this.verdicts.set(node, { ok: false, reasons: [reasons.cycle(node, nodes, text)] });
    }
    return { ok: false, reasons: [reasons.cycle(id, nodes, text)] };
  }
}

function configOf(spec: InputSpec): InputConfig {
  return [spec[0], spec[1] ?? {}];
}

function coerce(value: unknown, type: string | readonly string[]): unknown {
  switch (type) {
    case 'INT':
      return toInt(value);
    case 'FLOAT':
      return toFloat(value);
    case 'STRING':
      return str(value);
    case 'BOOLEAN':
      return toBool(value);
    default:
      return value;
  }
}

function typesMeet(received: string, wanted: string | readonly string[]): boolean {
  if (received === '*' || wanted === '*') return true;
  if (typeof wanted !== 'string') return false;
  const types = new Set(received.split(',').map(t => t.trim()));
  return wanted.split(',').some(t => t.trim() === '*' || types.has(t.trim()));
}

function rangeFault(name: string, config: InputConfig, value: unknown): Reason | undefined {
  const { min, max } = config[1];
  if (typeof value !== 'number') return undefined;
  if (min !== undefined && value < min) return reasons.outOfRange(name, config, value, 'min');
  if (max !== undefined && value > max) return reasons.outOfRange(name, config, value, 'max');
  return undefined;
}

function choiceFault(name: string, config: InputConfig, value: unknown): Reason | undefined {
  const choices = config[0] === 'COMBO' ? (config[1].options ?? []) : config[0];
  if (typeof choices === 'string' || (choices as readonly unknown[]).includes(value))
    return undefined;
  return reasons.notInList(name, config, value, choices);
}

function innerFault(
  name: string,
  config: InputConfig,
  link: readonly unknown[],
  error: ValidationFault,
): Reason {
  return {
    type: 'exception_during_inner_validation',
    message: 'Exception when validating inner node',
    details: error.message,
    extra_info: {
      input_name: name,
      input_config: config,
      exception_message: error.message,
      exception_type: error.exceptionType,
      traceback: [],
      linked_node: link,
    },
  };
}
