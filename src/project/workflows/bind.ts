import { PixelsError } from '../../protocol/errors.ts';
import { initImageSchema, type Recipe } from '../../protocol/recipe.ts';
import type { Workflow } from './definition.ts';
import { bridgeLoader, freeId, redirect } from './edit.ts';
import type { Graph, GraphNode } from './graph.ts';
import { bindBatchIndex } from './redraw.ts';
import { inputsOfRole, type Role, type RoleMap } from './roles.ts';

/** What is decided per run and not by the recipe. */
export interface Binding {
  /** Prefix of the files that the engine writes, e.g. `dgx-pixels/<prompt id>`. */
  savePrefix: string;
  /** Name of the uploaded init image on the server. */
  initImage: string | null;
}

/** Denoise of a picture that is not drawn anew. */
export const KEEPS_IMAGE = 0;

const DEFAULT_DENOISE = initImageSchema.shape.denoise.parse(undefined);

type InitImage = NonNullable<Recipe['init']>;

const SAMPLING: readonly Role[] = ['seed', 'steps', 'cfg', 'sampler', 'scheduler'];

function missingRole(workflow: Workflow, role: Role, value: string): PixelsError {
  return new PixelsError(
    'missing-role',
    `The workflow ${workflow.name} has no place for ${value}: no node has the role "${role}". Tag one, leave the value out, or choose another workflow.`,
    { workflow: workflow.name, role },
  );
}

/** Where nothing is drawn the picture is kept as it is, and the default, which nobody asked for, means no more than that. */
function asksForDenoise({ roles }: Workflow, { denoise }: InitImage): boolean {
  return roles.positive !== undefined || (denoise !== KEEPS_IMAGE && denoise !== DEFAULT_DENOISE);
}

/** Values that a request names explicitly need their role; the names are as in a recipe. */
export function requireRoles(
  workflow: Workflow,
  asked: Partial<
    Pick<
      Recipe,
      | 'prompt'
      | 'negative'
      | 'seed'
      | 'steps'
      | 'cfg'
      | 'sampler'
      | 'scheduler'
      | 'checkpoint'
      | 'vae'
      | 'loras'
      | 'init'
      | 'batch'
      | 'batchIndex'
      | 'renderSize'
    >
  >,
): void {
  const need = (role: Role, wanted: boolean, value: string): void => {
    if (wanted && workflow.roles[role] === undefined) throw missingRole(workflow, role, value);
  };
  need('positive', (asked.prompt ?? '') !== '', 'a prompt');
  need('negative', (asked.negative ?? '') !== '', 'a negative prompt');
  for (const role of SAMPLING) {
    const key = role as 'seed' | 'steps' | 'cfg' | 'sampler' | 'scheduler';
    need(role, asked[key] !== undefined, `${role} ${String(asked[key])}`);
  }
  need('checkpoint', asked.checkpoint !== undefined, 'a checkpoint');
  need('vae', asked.vae !== undefined && asked.vae !== null, 'a VAE');
  need('lora', (asked.loras ?? []).length > 0, 'a LoRA');
  need('batch', (asked.batch ?? 1) > 1, `a batch of ${asked.batch ?? 1}`);
  need('size', asked.renderSize !== undefined, 'a render size');
  const init = asked.init ?? null;
  need('init', init !== null, 'an init image');
  need('denoise', init !== null && asksForDenoise(workflow, init), 'a denoise strength');
  if (asked.batchIndex !== undefined && asked.batchIndex >= (asked.batch ?? 1)) {
    throw new PixelsError(
      'invalid-params',
      `There is no image ${asked.batchIndex} in a batch of ${asked.batch ?? 1}: batchIndex counts from 0, and batch must be what it was.`,
      { batch: asked.batch ?? 1, batchIndex: asked.batchIndex },
    );
  }
  need('batch', asked.batchIndex !== undefined, 'the index of an image in a batch');
  if (init === null && workflow.roles.init !== undefined) {
    throw new PixelsError(
      'invalid-params',
      `The workflow ${workflow.name} starts from an image; name one: --init FILE on the command line, "init" in a recipe.`,
      { workflow: workflow.name, role: 'init' },
    );
  }
}

/**
 * Refuses what a graph that no seed varies cannot give: the seed that somebody asks for, and several pictures that are not one.
 * @param seed as it was asked for; 0 is what recipes of such a graph hold
 * @throws PixelsError `missing-role`
 */
export function requireSeedPlace(
  workflow: Workflow,
  seed: number | undefined,
  count: number,
): void {
  if (workflow.roles.seed !== undefined) return;
  if (seed !== undefined && seed !== 0) throw missingRole(workflow, 'seed', `seed ${seed}`);
  if (count > 1) throw missingRole(workflow, 'seed', `${count} seeds`);
}

function nodesOf(graph: Graph, roles: RoleMap, role: Role): GraphNode[] {
  return (roles[role] ?? []).flatMap(id => graph[id] ?? []);
}

function set(graph: Graph, roles: RoleMap, role: Role, ...values: unknown[]): void {
  for (const node of nodesOf(graph, roles, role)) {
    inputsOfRole(node, role)?.forEach((input, place) => {
      node.inputs[input] = values[place];
    });
    // SDXL's double encoder takes the text twice.
    if ((role === 'positive' || role === 'negative') && Object.hasOwn(node.inputs, 'text_l')) {
      node.inputs['text_l'] = values[0];
    }
  }
}

/**
 * No LoRA: the loader is bridged. Several: copies of it go upstream, so that its consumers stay as they are. A LoRA of no strength on the text
 * encoder leaves that out, so that the engine encodes a prompt once for all that share it.
 */
function bindLoras(graph: Graph, roles: RoleMap, recipe: Recipe): void {
  for (const id of roles.lora ?? []) {
    const loader = graph[id];
    if (loader === undefined) continue;
    if (recipe.loras.length === 0) {
      bridgeLoader(graph, id);
      continue;
    }
    let { model, clip } = loader.inputs;
    recipe.loras.forEach((lora, place) => {
      const last = place === recipe.loras.length - 1;
      const node = last ? loader : structuredClone(loader);
      const nodeId = last ? id : freeId(graph);
      node.inputs['model'] = model;
      if (clip !== undefined) node.inputs['clip'] = clip;
      node.inputs['lora_name'] = lora.name;
      node.inputs['strength_model'] = lora.strength;
      const onClip = lora.clipStrength ?? lora.strength;
      if (clip !== undefined) node.inputs['strength_clip'] = onClip;
      if (!last) graph[nodeId] = node;
      model = [nodeId, 0];
      if (clip === undefined) return;
      if (onClip !== 0) clip = [nodeId, 1];
      else if (last) redirect(graph, [id, 1], clip);
    });
  }
}

/** Without a VAE of its own a recipe uses the checkpoint's, which is the loader's third output. */
function bindVae(graph: Graph, roles: RoleMap, recipe: Recipe): void {
  const checkpoint = roles.checkpoint?.[0];
  for (const id of roles.vae ?? []) {
    if (recipe.vae !== null) continue;
    if (checkpoint === undefined) continue;
    redirect(graph, [id, 0], [checkpoint, 2]);
    Reflect.deleteProperty(graph, id);
  }
  if (recipe.vae !== null) set(graph, roles, 'vae', recipe.vae);
}

/**
 * Writes a recipe into a copy of the workflow's graph.
 * @returns the graph to post
 * @throws PixelsError `missing-role` when the recipe holds a value that the graph has no place for
 */
export function bindRecipe(workflow: Workflow, recipe: Recipe, binding: Binding): Graph {
  requireRoles(workflow, {
    prompt: recipe.prompt,
    negative: recipe.negative,
    loras: recipe.loras,
    vae: recipe.vae,
    init: recipe.init,
    batch: recipe.batch,
    ...(recipe.batchIndex !== undefined && { batchIndex: recipe.batchIndex }),
  });
  const graph = structuredClone(workflow.graph);
  const { roles } = workflow;
  set(graph, roles, 'positive', recipe.prompt);
  set(graph, roles, 'negative', recipe.negative);
  set(graph, roles, 'seed', recipe.seed);
  set(graph, roles, 'steps', recipe.steps);
  set(graph, roles, 'cfg', recipe.cfg);
  set(graph, roles, 'sampler', recipe.sampler);
  set(graph, roles, 'scheduler', recipe.scheduler);
  set(graph, roles, 'size', recipe.renderSize[0], recipe.renderSize[1]);
  set(graph, roles, 'batch', recipe.batch);
  set(graph, roles, 'checkpoint', recipe.checkpoint);
  if (recipe.init !== null) {
    set(graph, roles, 'denoise', recipe.init.denoise);
    set(graph, roles, 'init', binding.initImage);
  }
  bindVae(graph, roles, recipe);
  bindLoras(graph, roles, recipe);
  set(graph, roles, 'save', binding.savePrefix);
  bindBatchIndex(graph, roles, recipe);
  return graph;
}
