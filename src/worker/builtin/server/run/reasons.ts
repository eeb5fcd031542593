import type { InputOptions } from '../nodes/types.ts';
import { formatFloat, repr } from './python.ts';

/** Type and options, as ComfyUI shows them in `input_config`: always both. */
export type InputConfig = readonly [type: string | readonly string[], options: InputOptions];

/** One fault of one input, in the shape of `node_errors.<id>.errors[]`. */
export interface Reason {
  type: string;
  message: string;
  details: string;
  extra_info: Record<string, unknown>;
}

export function missing(name: string): Reason {
  return {
    type: 'required_input_missing',
    message: 'Required input is missing',
    details: name,
    extra_info: { input_name: name },
  };
}

export function badLink(name: string, config: InputConfig, value: unknown): Reason {
  return {
    type: 'bad_linked_input',
    message: 'Bad linked input, must be a length-2 list of [node_id, slot_index]',
    details: name,
    extra_info: { input_name: name, input_config: config, received_value: value },
  };
}

export function typeMismatch(
  name: string,
  config: InputConfig,
  received: string,
  link: unknown,
): Reason {
  const wanted = typeof config[0] === 'string' ? config[0] : repr(config[0]);
  return {
    type: 'return_type_mismatch',
    message: 'Return type mismatch between linked nodes',
    details: `${name}, received_type(${received}) mismatch input_type(${wanted})`,
    extra_info: {
      input_name: name,
      input_config: config,
      received_type: received,
      linked_node: link,
    },
  };
}

export function notConverted(
  name: string,
  config: InputConfig,
  value: unknown,
  why: string,
): Reason {
  return {
    type: 'invalid_input_type',
    message: `Failed to convert an input value to a ${String(config[0])} value`,
    details: `${name}, ${typeof value === 'string' ? value : repr(value)}, ${why}`,
    extra_info: {
      input_name: name,
      input_config: config,
      received_value: value,
      exception_message: why,
    },
  };
}

export function outOfRange(
  name: string,
  config: InputConfig,
  value: number,
  bound: 'min' | 'max',
): Reason {
  const whole = config[0] === 'INT';
  const shown = formatFloat(value, whole);
  const limit = formatFloat(config[1][bound] ?? 0, whole);
  return {
    type: bound === 'min' ? 'value_smaller_than_min' : 'value_bigger_than_max',
    message: `Value ${shown} ${bound === 'min' ? 'smaller than min' : 'bigger than max'} of ${limit}`,
    details: name,
    extra_info: { input_name: name, input_config: config, received_value: value },
  };
}

export function notInList(
  name: string,
  config: InputConfig,
  value: unknown,
  choices: readonly string[],
): Reason {
  const many = choices.length > 20;
  const list = many ? `(list of length ${choices.length})` : repr([...choices]);
  return {
    type: 'value_not_in_list',
    message: 'Value not in list',
    details: `${name}: ${repr(value)} not in ${list}`,
    extra_info: {
      input_name: name,
      input_config: many ? null : config,
      received_value: value,
    },
  };
}

export function refused(name: string, why: string): Reason {
  return {
    type: 'custom_validation_failed',
    message: 'Custom validation failed for node',
    details: `${name} - ${why}`,
    extra_info: { input_name: name },
  };
}

export function cycle(node: string, nodes: readonly string[], path: string): Reason {
  return {
    type: 'dependency_cycle',
    message: 'Dependency cycle detected',
    details: path,
    extra_info: { node_id: node, cycle_nodes: nodes },
  };
}
