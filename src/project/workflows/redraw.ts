import { PixelsError } from '../../protocol/errors.ts';
import type { Recipe } from '../../protocol/recipe.ts';
import { freeId, redirect } from './edit.ts';
import { type Graph, isLink } from './graph.ts';
import type { RoleMap } from './roles.ts';

/**
 * Samplers of ComfyUI 0.33 that draw no noise while they sample and look at each image by itself. The others draw it for the whole batch
 * at once (or, as dpm_adaptive, choose steps by the whole batch), so an image sampled alone would come out different.
 */
const SAMPLES_EACH_ALONE: ReadonlySet<string> = new Set(
  (
    'euler euler_cfg_pp heun heunpp2 exp_heun_2_x0 dpm_2 lms dpmpp_2m dpmpp_2m_cfg_pp ipndm ipndm_v deis ' +
    'res_multistep res_multistep_cfg_pp gradient_estimation gradient_estimation_cfg_pp ddim uni_pc uni_pc_bh2'
  ).split(' '),
);

const DECODERS: ReadonlySet<string> = new Set(['VAEDecode', 'VAEDecodeTiled']);

/** PyTorch makes normal noise in blocks of this many values; latents of whole blocks get the same noise alone as in a batch. */
const NOISE_BLOCK = 16;

function sourceOf(graph: Graph, id: string, input: string): string | null {
  const link = graph[id]?.inputs[input];
  return isLink(link) ? link[0] : null;
}

/** The decoders nearest to the nodes that save. */
function lastDecoders(graph: Graph, roles: RoleMap): string[] {
  const seen = new Set(roles.save);
  const decoders: string[] = [];
  const open = [...seen];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = graph[id];
    if (node === undefined) continue;
    if (DECODERS.has(node.class_type)) {
      decoders.push(id);
      continue;
    }
    for (const source of Object.values(node.inputs)) {
      if (!isLink(source) || seen.has(source[0])) continue;
      seen.add(source[0]);
      open.push(source[0]);
    }
  }
  return decoders;
}

/** Whether one image of the batch comes out the same when it is sampled without the others. */
function canSampleAlone(graph: Graph, roles: RoleMap, recipe: Recipe, decoders: string[]): boolean {
  const [width, height] = recipe.renderSize;
  const values = 4 * (width / 8) * (height / 8);
  const [batch, secondBatch] = roles.batch ?? [];
  const [sampler, secondSampler] = roles.seed ?? [];
  const [decoder, secondDecoder] = decoders;
  if (batch === undefined || sampler === undefined || decoder === undefined) return false;
  if (secondBatch !== undefined || secondSampler !== undefined || secondDecoder !== undefined) {
    return false;
  }
  return (
    roles.size !== undefined &&
    values % NOISE_BLOCK === 0 &&
    (roles.sampler ?? []).includes(sampler) &&
    SAMPLES_EACH_ALONE.has(recipe.sampler) &&
    sourceOf(graph, decoder, 'samples') === sampler &&
    sourceOf(graph, sampler, 'latent_image') === batch
  );
}

function insertAfter(graph: Graph, from: [string, number], index: number, batch: number): string {
  const id = freeId(graph);
  redirect(graph, from, [id, 0]);
  graph[id] = {
    class_type: 'LatentFromBatch',
    inputs: { samples: from, batch_index: index, length: 1 },
    _meta: { title: `Image ${index + 1} of ${batch}` },
  };
  return id;
}

/**
 * Makes a bound graph draw one image of its batch, equal to what the whole batch would give: the latent is taken out of the batch before it
 * is sampled where that changes nothing, else after the whole batch was sampled.
 * @throws PixelsError `invalid-workflow` when the graph decodes no latent
 */
export function bindBatchIndex(graph: Graph, roles: RoleMap, recipe: Recipe): void {
  const { batch, batchIndex } = recipe;
  if (batchIndex === undefined) return;
  const decoders = lastDecoders(graph, roles);
  const [first] = roles.batch ?? [];
  if (first !== undefined && canSampleAlone(graph, roles, recipe, decoders)) {
    insertAfter(graph, [first, 0], batchIndex, batch);
    return;
  }
  const latents = new Map<string, [string, number]>();
  for (const decoder of decoders) {
    const link = graph[decoder]?.inputs['samples'];
    if (isLink(link)) latents.set(link.join(), link);
  }
  if (latents.size === 0) {
    throw new PixelsError(
      'invalid-workflow',
      `The workflow ${recipe.workflow} decodes no latent, so one image of a batch cannot be drawn alone; draw the whole batch.`,
      { workflow: recipe.workflow },
    );
  }
  for (const link of latents.values()) insertAfter(graph, [...link], batchIndex, batch);
}
