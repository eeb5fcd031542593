/** One input of a node class as `/object_info` describes it. */
export interface InputInfo {
  /** Type name; null for one of the frontend's dynamic kinds, which are not looked into. */
  type: string | null;
  /** Choices of a combo; null where it has none or they are not told. */
  options: readonly string[] | null;
  min: number | null;
  max: number | null;
  required: boolean;
  /** Its choices are files of the input folder, of which only some are listed. */
  uploads: boolean;
}

/** A node class as `/object_info` describes it. */
export interface NodeInfo {
  inputs: ReadonlyMap<string, InputInfo>;
  /** Type of each output; null where it is not a plain name. */
  outputs: readonly (string | null)[];
  isOutput: boolean;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function numberOr(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function inputInfo(spec: unknown, required: boolean): InputInfo {
  const [first, second] = Array.isArray(spec) ? (spec as unknown[]) : [];
  const settings = record(second);
  const choices = Array.isArray(first) ? first : settings['options'];
  const dynamic = typeof first === 'string' && first.startsWith('COMFY_');
  return {
    type: Array.isArray(first) ? 'COMBO' : typeof first === 'string' && !dynamic ? first : null,
    options: Array.isArray(choices) ? choices.map(String) : null,
    min: numberOr(settings['min']),
    max: numberOr(settings['max']),
    required,
    uploads: Object.keys(settings).some(key => key.endsWith('_upload')),
  };
}

/**
 * Reads one class of `/object_info`.
 * @returns null when the server does not have it
 */
export function nodeInfoOf(
  objectInfo: Readonly<Record<string, unknown>>,
  className: string,
): NodeInfo | null {
  if (!Object.hasOwn(objectInfo, className)) return null;
  const described = record(objectInfo[className]);
  const groups = record(described['input']);
  const inputs = new Map<string, InputInfo>();
  for (const group of ['optional', 'required']) {
    for (const [name, spec] of Object.entries(record(groups[group]))) {
      inputs.set(name, inputInfo(spec, group === 'required'));
    }
  }
  const outputs = described['output'];
  return {
    inputs,
    outputs: Array.isArray(outputs)
      ? outputs.map(type => (typeof type === 'string' && !type.startsWith('COMFY_') ? type : null))
      : [],
    isOutput: described['output_node'] === true,
  };
}
