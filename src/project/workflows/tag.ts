import { type Graph, type GraphNode, isLink } from './graph.ts';
import { inputsOfRole, type Role, ROLES, writtenRoles } from './roles.ts';
import { downstreamOf, upstreamOf } from './walk.ts';

/** Roles that a graph's links suggest. */
export interface Proposal {
  /** By node id, for nodes on which no role is written. */
  roles: Record<string, Role[]>;
  /** What a person should look at. */
  notes: string[];
}

/** LoRAs that make a model draw in few steps: they belong to the graph and are not a choice of the recipe. */
const DISTILLED = /lcm|lightning|hyper[-_ ]?sd|turbo|dmd/i;

const IMAGE_INPUTS = ['samples', 'latent', 'latent_image', 'pixels', 'image', 'images'];

class Tagger {
  readonly #graph: Graph;
  readonly #roles = new Map<string, Set<Role>>();
  readonly notes: string[] = [];

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  node(id: string | null): GraphNode | null {
    return id === null ? null : (this.#graph[id] ?? null);
  }

  source(id: string | null, ...inputs: string[]): string | null {
    const node = this.node(id);
    for (const input of inputs) {
      const value = node?.inputs[input];
      if (isLink(value)) return value[0];
    }
    return null;
  }

  tag(id: string | null, ...roles: Role[]): void {
    const node = this.node(id);
    if (id === null || node === null || writtenRoles(node).length > 0) return;
    for (const role of roles) {
      if (inputsOfRole(node, role) === null) continue;
      const own = this.#roles.get(id);
      if (own === undefined) this.#roles.set(id, new Set([role]));
      else own.add(role);
    }
  }

  /** The nearest node upstream that answers, along inputs of these names. */
  walk<T>(
    from: string | null,
    inputs: readonly string[],
    look: (id: string) => T | null,
  ): T | null {
    const seen = new Set<string>();
    const open = from === null ? [] : [from];
    for (let id = open.shift(); id !== undefined; id = open.shift()) {
      if (seen.has(id)) continue;
      seen.add(id);
      const found = look(id);
      if (found !== null) return found;
      for (const input of inputs) {
        const source = this.source(id, input);
        if (source !== null) open.push(source);
      }
    }
    return null;
  }

  has(id: string, ...inputs: string[]): boolean {
    const own = this.node(id)?.inputs ?? {};
    return inputs.every(input => Object.hasOwn(own, input));
  }

  takes(id: string, role: Role): boolean {
    const node = this.node(id);
    return node !== null && inputsOfRole(node, role) !== null;
  }

  result(): Proposal {
    const roles: Proposal['roles'] = {};
    for (const [id, own] of this.#roles) roles[id] = ROLES.filter(role => own.has(role));
    return { roles, notes: this.notes };
  }
}

/** The node whose text becomes a conditioning. */
function encoderOf(
  tagger: Tagger,
  from: string | null,
  side: 'positive' | 'negative',
): string | null {
  const through = [side, 'conditioning', 'conditioning_1', 'conditioning_to', 'conditioning_2'];
  return tagger.walk(from, through, id => {
    if (tagger.node(id)?.class_type === 'ConditioningZeroOut') return '';
    return tagger.has(id, 'clip') && tagger.takes(id, 'positive') ? id : null;
  });
}

function tagTexts(tagger: Tagger, positive: string | null, negative: string | null): void {
  const encoders = {
    positive: encoderOf(tagger, positive, 'positive'),
    negative: encoderOf(tagger, negative, 'negative'),
  };
  if (encoders.positive === encoders.negative && encoders.positive !== null) {
    encoders.negative = null;
    tagger.notes.push('Prompt and negative prompt come from one node; only the prompt got a role.');
  }
  for (const side of ['positive', 'negative'] as const) {
    const id = encoders[side] === '' ? null : encoders[side];
    tagger.tag(id, side);
    const written = tagger.source(id, 'text', 'prompt', 'text_g');
    if (written !== null) {
      tagger.notes.push(
        `The text of node ${id ?? ''} comes from node ${written}; a recipe's ${side === 'positive' ? 'prompt' : 'negative prompt'} replaces it. Move the role if only a part should be replaced.`,
      );
    }
  }
}

function tagModels(tagger: Tagger, sampler: string | null): void {
  const loras: string[] = [];
  const checkpoint = tagger.walk(sampler, ['model'], id => {
    if (tagger.has(id, 'lora_name')) loras.push(id);
    return tagger.has(id, 'ckpt_name') || tagger.has(id, 'unet_name') ? id : null;
  });
  tagger.tag(checkpoint, 'checkpoint');
  const isDistilled = (id: string): boolean => {
    const name = tagger.node(id)?.inputs['lora_name'];
    return typeof name === 'string' && DISTILLED.test(name);
  };
  for (const id of loras.filter(isDistilled)) tagger.tag(id, 'distill');
  const [last, ...fixed] = loras.filter(id => !isDistilled(id));
  tagger.tag(last ?? null, 'lora');
  if (fixed.length > 0) {
    tagger.notes.push(
      `The LoRAs of node ${fixed.join(', ')} stay as they are; those of a recipe take the place of node ${last ?? ''}.`,
    );
  }
}

/** What the first sampler starts from: an empty latent, or an image. @returns whether it is an image */
function tagStart(tagger: Tagger, from: string | null): boolean {
  let batched = false;
  let sized = false;
  const image = tagger.walk(from, IMAGE_INPUTS, id => {
    if (tagger.has(id, 'width', 'height') && !sized) {
      tagger.tag(id, 'size');
      sized = true;
    }
    if ((tagger.has(id, 'batch_size') || tagger.has(id, 'amount')) && !batched) {
      tagger.tag(id, 'batch');
      batched = true;
    }
    return loadsImage(tagger, id) ? id : null;
  });
  tagger.tag(image, 'init');
  return image !== null;
}

function loadsImage(tagger: Tagger, id: string): boolean {
  const node = tagger.node(id);
  return node !== null && node.class_type.startsWith('LoadImage') && !isLink(node.inputs['image']);
}

function isSampler(tagger: Tagger, id: string): boolean {
  return (
    tagger.has(id, 'latent_image') &&
    (tagger.has(id, 'model', 'positive') || tagger.has(id, 'guider', 'sigmas'))
  );
}

function tagSampler(tagger: Tagger, id: string): void {
  const guider = tagger.source(id, 'guider');
  const noise = tagger.source(id, 'noise');
  const sigmas = tagger.source(id, 'sigmas');
  const starts = tagStart(tagger, tagger.source(id, 'latent_image'));
  const scheduled = tagger.walk(sigmas, ['sigmas'], each =>
    tagger.has(each, 'steps') ? each : null,
  );
  tagger.tag(id, 'seed', 'steps', 'cfg', 'sampler', 'scheduler');
  tagger.tag(noise, 'seed');
  tagger.tag(guider, 'cfg');
  tagger.tag(tagger.source(id, 'sampler'), 'sampler');
  tagger.tag(scheduled, 'steps', 'scheduler');
  if (starts) {
    tagger.tag(id, 'denoise');
    tagger.tag(scheduled, 'denoise');
  }
  const conditioned = guider ?? id;
  tagTexts(
    tagger,
    tagger.source(conditioned, 'positive', 'conditioning'),
    tagger.source(conditioned, 'negative'),
  );
  tagModels(tagger, tagger.source(conditioned, 'model') ?? tagger.source(id, 'model'));
}

/**
 * Proposes roles by following a graph's links from the nodes that save: to the sampler, its texts, models and what it starts from.
 * Nothing is read from names but which LoRA is a distilled one.
 */
export function proposeRoles(graph: Graph): Proposal {
  const tagger = new Tagger(graph);
  const ids = Object.keys(graph);
  const saves = ids.filter(id => tagger.has(id, 'filename_prefix', 'images'));
  for (const id of saves) tagger.tag(id, 'save');
  if (saves.length === 0) {
    tagger.notes.push('Nothing saves an image; add a SaveImage in place of a preview.');
  }
  if (saves.length > 1) {
    tagger.notes.push(`Nodes ${saves.join(', ')} save images; leave the role to those you want.`);
  }
  const used = upstreamOf(graph, saves.length > 0 ? saves : ids);
  const samplers = [...used].filter(id => isSampler(tagger, id));
  const sampled = downstreamOf(graph, samplers);
  const first = samplers.find(id => !sampled.has(tagger.source(id, 'latent_image') ?? ''));
  if (first !== undefined) tagSampler(tagger, first);
  for (const id of samplers) if (id !== first) tagger.tag(id, 'seed');
  if (samplers.length > 1) {
    tagger.notes.push(
      `Of ${samplers.length} samplers node ${first ?? ''} is the first; steps, CFG, sampler and scheduler are set there only.`,
    );
  }
  for (const id of used) {
    if (tagger.has(id, 'vae_name')) tagger.tag(id, 'vae');
    if (tagger.has(id, 'bg_removal_name')) tagger.tag(id, 'background');
    if (first === undefined && loadsImage(tagger, id)) tagger.tag(id, 'init');
  }
  return tagger.result();
}
