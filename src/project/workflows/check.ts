import { findFile, missingFile } from './fit.ts';
import type { Workflow } from './definition.ts';
import { type Graph, isLink } from './graph.ts';
import { type InputInfo, type NodeInfo, nodeInfoOf } from './node-info.ts';
import { packOf } from './packs.ts';
import { FILE_ROLES, inputsOfRole, type Role, ROLES } from './roles.ts';
import { hasCycle, upstreamOf } from './walk.ts';

export type CheckCode =
  | 'unknown-class'
  | 'missing-input'
  | 'wrong-type'
  | 'out-of-range'
  | 'not-in-list'
  | 'wrong-link'
  | 'cycle'
  | 'no-output'
  | 'missing-file'
  | 'idle-role';

/** One thing that is wrong with a workflow on an engine. */
export interface CheckFinding {
  /** `error`: the engine refuses it; `warning`: it runs, but not as meant; `note`: good to know. */
  level: 'error' | 'warning' | 'note';
  code: CheckCode;
  node: string | null;
  input: string | null;
  message: string;
}

/** Values of a recipe by the role that they need. */
export const ROLE_VALUES = {
  positive: 'a prompt',
  negative: 'a negative prompt',
  seed: 'a seed',
  steps: 'a number of steps',
  cfg: 'a CFG',
  sampler: 'a sampler',
  scheduler: 'a scheduler',
  size: 'a render size',
  batch: 'a batch',
  checkpoint: 'a checkpoint',
  vae: 'a VAE',
  lora: 'LoRAs',
  init: 'an init image',
  denoise: 'a denoise strength',
} as const satisfies Partial<Record<Role, string>>;

/** Roles that a workflow lacks, with the value that then is refused. */
export function missingRoles(roles: Workflow['roles']): { role: Role; value: string }[] {
  return Object.entries(ROLE_VALUES)
    .map(([role, value]) => ({ role: role as Role, value }))
    .filter(({ role }) => roles[role] === undefined);
}

function shortened(names: readonly string[]): string {
  return `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;
}

/** What is wrong with a literal value, if anything. */
function judgeValue(
  value: unknown,
  info: InputInfo,
): Pick<CheckFinding, 'code' | 'message'> | null {
  if (typeof value === 'object' && value !== null) return null;
  const shown = JSON.stringify(value);
  if (info.type === 'INT' || info.type === 'FLOAT') {
    const number = typeof value === 'boolean' ? Number(value) : Number.parseFloat(String(value));
    if (!Number.isFinite(number)) return { code: 'wrong-type', message: `${shown} is no number` };
    const low = info.min !== null && number < info.min;
    const high = info.max !== null && number > info.max;
    if (low) return { code: 'out-of-range', message: `${shown} is less than ${info.min ?? ''}` };
    if (high) return { code: 'out-of-range', message: `${shown} is more than ${info.max ?? ''}` };
  }
  if (info.options !== null && !info.options.includes(String(value))) {
    const choices =
      info.options.length === 0 ? 'the engine has none' : `it has ${shortened(info.options)}`;
    return { code: 'not-in-list', message: `${shown} is not on the engine; ${choices}` };
  }
  return null;
}

function fits(given: string, wanted: string): boolean {
  if (given === '*' || wanted === '*') return true;
  const types = new Set(wanted.split(','));
  return given.split(',').some(type => types.has(type));
}

/** Inputs that binding a recipe writes; what stands there now does not matter. */
function boundInputs({ graph, roles }: Pick<Workflow, 'graph' | 'roles'>): Set<string> {
  const bound = new Set<string>();
  for (const role of ROLES) {
    for (const id of roles[role] ?? []) {
      const node = graph[id];
      for (const input of (node && inputsOfRole(node, role)) ?? []) bound.add(`${id}\n${input}`);
    }
  }
  return bound;
}

function checkNode(
  graph: Graph,
  id: string,
  info: NodeInfo,
  infoOf: (className: string) => NodeInfo | null,
  bound: ReadonlySet<string>,
): CheckFinding[] {
  const node = graph[id];
  if (node === undefined) return [];
  const findings: CheckFinding[] = [];
  const say = (
    level: CheckFinding['level'],
    code: CheckCode,
    input: string,
    what: string,
  ): void => {
    const message = `${input} of node ${id} (${node.class_type}): ${what}.`;
    findings.push({ level, code, node: id, input, message });
  };
  for (const [name, input] of info.inputs) {
    const value = node.inputs[name];
    if (value === undefined) {
      if (input.required && input.type !== null) {
        say('error', 'missing-input', name, 'it is required and not set');
      }
    } else if (isLink(value)) {
      const source = infoOf(graph[value[0]]?.class_type ?? '');
      if (source === null) continue;
      const given = source.outputs[value[1]];
      if (given === undefined) {
        say('error', 'wrong-link', name, `node ${value[0]} has no output ${value[1]}`);
      } else if (given !== null && input.type !== null && !fits(given, input.type)) {
        say('error', 'wrong-link', name, `node ${value[0]} gives ${given}, not ${input.type}`);
      }
    } else if (!bound.has(`${id}\n${name}`)) {
      const wrong = judgeValue(value, input);
      if (wrong !== null) say(input.uploads ? 'warning' : 'error', wrong.code, name, wrong.message);
    }
  }
  return findings;
}

/** Files of the roles `distill` and `background` that the engine lacks. */
function checkFiles(
  workflow: Pick<Workflow, 'name' | 'graph' | 'roles' | 'models'>,
  infoOf: (className: string) => NodeInfo | null,
  isBuiltin: boolean,
): CheckFinding[] {
  return FILE_ROLES.flatMap((role): CheckFinding[] => {
    const needed = workflow.models?.[role];
    const id = workflow.roles[role]?.[0];
    const node = workflow.graph[id ?? ''];
    if (needed === undefined || id === undefined || node === undefined) return [];
    const input = inputsOfRole(node, role)?.[0] ?? null;
    const options = infoOf(node.class_type)?.inputs.get(input ?? '')?.options;
    if (options == null || findFile(needed.files, options) !== null) return [];
    const place = { code: 'missing-file', node: id, input } as const;
    if (isBuiltin && role === 'distill') {
      const message = `The built-in engine draws without the distillation LoRA of node ${id}.`;
      return [{ ...place, level: 'note', message }];
    }
    return [{ ...place, level: 'error', message: missingFile(workflow, role, needed).message }];
  });
}

function unknownClass(id: string, className: string, title: string | undefined): CheckFinding {
  const pack = packOf(className);
  const named = title === undefined || title === className ? '' : ` "${title}"`;
  return {
    level: 'error',
    code: 'unknown-class',
    node: id,
    input: null,
    message: `Node ${id}${named} is a ${className}, which the engine does not have. ${
      pack === null
        ? 'Install the custom nodes it comes from, or update ComfyUI.'
        : `Install the custom node pack ${pack}.`
    }`,
  };
}

/**
 * Holds a workflow against what an engine says of its node classes. Values that a recipe sets are left out: they are checked with the recipe.
 * @param objectInfo the answer of `GET /object_info`, or the part of it that the graph uses
 * @returns errors first; empty when all is well
 */
export function checkWorkflow(
  workflow: Pick<Workflow, 'name' | 'graph' | 'roles' | 'models'>,
  objectInfo: Readonly<Record<string, unknown>>,
  { isBuiltin = false }: { isBuiltin?: boolean } = {},
): CheckFinding[] {
  const { graph, roles } = workflow;
  const known = new Map<string, NodeInfo | null>();
  const infoOf = (className: string): NodeInfo | null => {
    let info = known.get(className);
    if (info === undefined) known.set(className, (info = nodeInfoOf(objectInfo, className)));
    return info;
  };
  const bound = boundInputs(workflow);
  const findings: CheckFinding[] = [];
  const outputs: string[] = [];
  for (const [id, node] of Object.entries(graph)) {
    const info = infoOf(node.class_type);
    if (info === null) findings.push(unknownClass(id, node.class_type, node._meta?.title));
    else findings.push(...checkNode(graph, id, info, infoOf, bound));
    if (info?.isOutput ?? (roles.save ?? []).includes(id)) outputs.push(id);
  }
  if (outputs.length === 0) {
    const message = 'No node of the graph is an output; add a SaveImage.';
    findings.push({ level: 'error', code: 'no-output', node: null, input: null, message });
  }
  if (hasCycle(graph)) {
    const message = 'The links of the graph run in a circle.';
    findings.push({ level: 'error', code: 'cycle', node: null, input: null, message });
  }
  findings.push(...checkFiles(workflow, infoOf, isBuiltin));
  const used = upstreamOf(graph, roles.save ?? []);
  for (const role of ROLES) {
    for (const id of roles[role] ?? []) {
      if (used.has(id)) continue;
      const message = `Node ${id} has the role "${role}" but leads to no node that saves: the value changes nothing.`;
      findings.push({ level: 'warning', code: 'idle-role', node: id, input: null, message });
    }
  }
  const order = { error: 0, warning: 1, note: 2 };
  return findings.sort((a, b) => order[a.level] - order[b.level]);
}
