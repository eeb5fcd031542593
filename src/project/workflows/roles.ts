import { PixelsError } from '../../protocol/errors.ts';
import type { Graph, GraphNode } from './graph.ts';

/** Inputs that a role may set, by name; the first that the node has is used. Roles with several slots set one input each. */
const ROLE_INPUTS = {
  positive: [['text', 'prompt', 'text_g', 'value']],
  negative: [['text', 'prompt', 'text_g', 'value']],
  seed: [['seed', 'noise_seed', 'value']],
  steps: [['steps', 'value']],
  cfg: [['cfg', 'guidance', 'value']],
  sampler: [['sampler_name']],
  scheduler: [['scheduler']],
  denoise: [['denoise']],
  size: [['width'], ['height']],
  batch: [['batch_size', 'amount']],
  checkpoint: [['ckpt_name', 'unet_name']],
  vae: [['vae_name']],
  lora: [['lora_name']],
  init: [['image']],
  save: [['filename_prefix']],
  distill: [['lora_name']],
  background: [['bg_removal_name']],
} as const satisfies Record<string, readonly (readonly string[])[]>;

export type Role = keyof typeof ROLE_INPUTS;

export const ROLES = Object.keys(ROLE_INPUTS) as Role[];

/** Roles of files that a workflow needs beside those a recipe names; the engine's own choice fills them. */
export const FILE_ROLES = ['distill', 'background'] as const satisfies readonly Role[];

export type FileRole = (typeof FILE_ROLES)[number];

/** Node ids that carry a role. */
export type RoleMap = Partial<Record<Role, string[]>>;

export function isRole(name: string): name is Role {
  return Object.hasOwn(ROLE_INPUTS, name);
}

function namesIn(text: string): string[] {
  return text.split(/[\s,]+/).filter(name => name !== '');
}

/** Roles written on a node: `_meta.role` (a text or a list), else words of its title that start with `@`. */
export function writtenRoles(node: GraphNode): string[] {
  const role = node._meta?.role;
  if (Array.isArray(role)) return role.flatMap(namesIn);
  if (typeof role === 'string') return namesIn(role);
  return namesIn(node._meta?.title ?? '')
    .filter(word => word.startsWith('@'))
    .map(word => word.slice(1));
}

/**
 * Input names that a role sets on a node.
 * @returns null when the node lacks one of them
 */
export function inputsOfRole(node: GraphNode, role: Role): string[] | null {
  const inputs: string[] = [];
  for (const candidates of ROLE_INPUTS[role]) {
    const found = (candidates as readonly string[]).find(name => Object.hasOwn(node.inputs, name));
    if (found === undefined) return null;
    inputs.push(found);
  }
  return inputs;
}

/**
 * Roles of a graph's nodes: from the nodes themselves, else from a sidecar's `node id → roles`.
 * @throws PixelsError `invalid-workflow` for an unknown role, a role on a node without the input, or a sidecar naming a missing node
 */
export function rolesOf(
  graph: Graph,
  name: string,
  sidecar: Readonly<Record<string, string>> = {},
): RoleMap {
  for (const id of Object.keys(sidecar)) {
    if (!Object.hasOwn(graph, id)) {
      throw new PixelsError(
        'invalid-workflow',
        `The roles file of ${name} names node ${id}, which the graph does not have.`,
        { workflow: name, node: id },
      );
    }
  }
  const roles: RoleMap = {};
  for (const [id, node] of Object.entries(graph)) {
    const written = writtenRoles(node);
    for (const role of written.length > 0 ? written : namesIn(sidecar[id] ?? '')) {
      if (!isRole(role)) {
        throw new PixelsError(
          'invalid-workflow',
          `Node ${id} of ${name} has the unknown role "${role}". Roles are: ${ROLES.join(', ')}.`,
          { workflow: name, node: id, role },
        );
      }
      if (inputsOfRole(node, role) === null) {
        throw new PixelsError(
          'invalid-workflow',
          `Node ${id} (${node.class_type}) of ${name} has the role "${role}" but no input for it.`,
          { workflow: name, node: id, role },
        );
      }
      (roles[role] ??= []).push(id);
    }
  }
  return roles;
}
