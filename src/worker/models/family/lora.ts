import type { TensorInfo } from '../safetensors/header.ts';
import { ARCHITECTURES, type Architecture, TRANSFORMERS, UNETS } from './architecture.ts';
import { type LoraKey, parseLoraKey } from './lora-key.ts';

/** A module that a LoRA changes, with the shapes of the tensors that say how. */
interface Module extends Omit<LoraKey, 'part'> {
  parts: Map<string, readonly number[]>;
}

function modulesOf(tensors: readonly TensorInfo[]): Module[] {
  const modules = new Map<string, Module>();
  for (const { name, shape } of tensors) {
    const key = parseLoraKey(name);
    if (key === null) continue;
    const id = `${key.target} ${key.module}`;
    const { part, ...rest } = key;
    const module = modules.get(id) ?? { ...rest, parts: new Map() };
    module.parts.set(part, shape);
    modules.set(id, module);
  }
  return [...modules.values()];
}

/** Values that go into a module: the inner edge of its matrices. Null for kinds of LoRA that do not say. */
function inputWidth({ parts }: Module): number | null {
  const edge = (part: string): number | null => parts.get(part)?.[1] ?? null;
  const kronecker = [
    edge('lokr_w1') ?? edge('lokr_w1_b'),
    edge('lokr_w2') ?? edge('lokr_w2_b'),
  ] as const;
  if (kronecker[0] !== null && kronecker[1] !== null) return kronecker[0] * kronecker[1];
  return edge('down') ?? edge('hada_w1_b') ?? edge('diff') ?? edge('set_weight');
}

/** Keeps what both allow; nothing at all is a contradiction. */
class Possible {
  #left: readonly Architecture[] = ARCHITECTURES;

  only(these: readonly Architecture[]): void {
    this.#left = this.#left.filter(one => these.includes(one));
  }

  get known(): readonly Architecture[] | null {
    return this.#left.length === 0 || this.#left.length === ARCHITECTURES.length
      ? null
      : this.#left;
  }
}

const UNET_MODULE = /^(?:down_blocks|up_blocks|mid_block|input_blocks|output_blocks|middle_block)_/;
const BY_CONTEXT: Readonly<Record<number, readonly Architecture[]>> = {
  768: ['sd15'],
  1024: ['sd2'],
  1280: ['sdxl-refiner'],
  2048: ['sdxl'],
};

/** SD 1.x, 2.x and the refiner have four levels, SDXL three. */
const FOURTH_LEVEL =
  /^(?:down_blocks_3|up_blocks_3|input_blocks_(?:9|1[01])|output_blocks_(?:9|1[01]))_/;
/** SD 1.x and 2.x have attention at full resolution, the others do not. */
const FULL_RESOLUTION =
  /^(?:down_blocks_0_attentions|up_blocks_3_attentions|input_blocks_[12]_1_|output_blocks_(?:9|1[01])_1_)/;
const DEEP = /_transformer_blocks_[1-9]\d*_/;

function narrowUnet(modules: readonly Module[], possible: Possible): void {
  possible.only(UNETS);
  for (const module of modules) {
    if (FOURTH_LEVEL.test(module.module)) possible.only(['sd15', 'sd2', 'sdxl-refiner']);
    if (FULL_RESOLUTION.test(module.module)) possible.only(['sd15', 'sd2']);
    if (DEEP.test(module.module)) possible.only(['sdxl', 'sdxl-refiner']);
    if (/attn2_to_[kv]$/.test(module.module)) {
      const width = inputWidth(module);
      if (width !== null) possible.only(BY_CONTEXT[width] ?? []);
    } else if (module.module.endsWith('_proj_in') && module.parts.get('down')?.length === 4) {
      // SD 1.x projects by convolution, later ones by matrices.
      possible.only(['sd15']);
    }
  }
}

/** Highest number of a repeated block; -1 without any. */
function lastBlock(modules: readonly Module[], block: RegExp): number {
  return Math.max(-1, ...modules.map(({ module }) => Number(block.exec(module)?.[1] ?? -1)));
}

/** Input widths of attention; the model's own width. */
function widths(modules: readonly Module[], which: RegExp): Set<number> {
  return new Set(
    modules
      .filter(({ module }) => which.test(module))
      .map(inputWidth)
      .filter(width => width !== null),
  );
}

/** FLUX.1 has 19 double and 38 single blocks of width 3072; FLUX.2 has fewer double ones, Hunyuan Video one and two more. */
function narrowFlux(
  modules: readonly Module[],
  double: RegExp,
  single: RegExp,
): readonly Architecture[] {
  const doubles = lastBlock(modules, double);
  const singles = lastBlock(modules, single);
  const inner = widths(
    modules,
    /_(?:img_attn_qkv|txt_attn_qkv|linear1|attn_to_[qkv]|attn_add_[qkv]_proj)$/,
  );
  const foreign = modules.some(({ module }) =>
    /_(?:img|txt)_mlp_fc[12]$|_(?:img|txt)_mod_linear$|individual_token_refiner/.test(module),
  );
  if (foreign) return ['other'];
  if (inner.size > 0 && !inner.has(3072)) return ['flux2', 'other'];
  if (doubles > 18 || singles > 37) return ['flux2', 'other'];
  return doubles >= 8 || singles >= 20 ? ['flux', 'chroma'] : ['flux', 'chroma', 'flux2', 'other'];
}

function narrowTransformer(modules: readonly Module[], possible: Possible): void {
  possible.only(TRANSFORMERS);
  const has = (pattern: RegExp): boolean => modules.some(({ module }) => pattern.test(module));
  if (has(/^joint_blocks_\d/)) possible.only(['sd3']);
  else if (has(/^(?:double|single)_blocks_\d/)) {
    possible.only(narrowFlux(modules, /^double_blocks_(\d+)_/, /^single_blocks_(\d+)_/));
  } else if (has(/^single_transformer_blocks_\d/)) {
    possible.only(
      narrowFlux(modules, /^transformer_blocks_(\d+)_/, /^single_transformer_blocks_(\d+)_/),
    );
  } else if (has(/^transformer_blocks_\d/)) {
    const inner = widths(modules, /_attn_(?:to|add)_[qkv](?:_proj)?$/);
    if (inner.has(1536) || inner.has(2432)) possible.only(['sd3']);
    else possible.only(inner.has(3072) ? ['flux', 'chroma', 'other'] : ['other']);
  } else possible.only(['other']);
}

/** Text encoders narrow down what is left open: CLIP-L is in most, CLIP-G in SDXL and SD 3, OpenCLIP-H in SD 2. */
function narrowText(modules: readonly Module[], possible: Possible): void {
  for (const module of modules) {
    if (!/self_attn_[qkv]_proj$/.test(module.module)) continue;
    const width = inputWidth(module);
    if (width === 1280) possible.only(['sdxl', 'sdxl-refiner', 'sd3']);
    else if (width === 1024) possible.only(['sd2']);
    else if (width === 768 && module.kohya) possible.only(['sd15']);
    else if (width === 768) possible.only(['sd15', 'sdxl', 'sd3', 'flux', 'chroma']);
  }
}

const TRANSFORMER_MODULE =
  /^(?:joint_blocks|double_blocks|single_blocks|single_transformer_blocks|transformer_blocks|blocks|layers|double_layers|single_layers)_\d/;

/**
 * Architectures that a LoRA may be for, from names and shapes of its tensors: the width of cross-attention's context, levels and
 * depth of a U-Net, blocks and width of a transformer, text encoders.
 * @returns null when nothing is known or the file contradicts itself
 */
export function loraArchitectures(tensors: readonly TensorInfo[]): readonly Architecture[] | null {
  const modules = modulesOf(tensors);
  const possible = new Possible();
  const inModel = modules.filter(({ target }) => target === 'model');
  if (inModel.some(({ module }) => UNET_MODULE.test(module))) narrowUnet(inModel, possible);
  else if (inModel.some(({ module }) => TRANSFORMER_MODULE.test(module))) {
    narrowTransformer(inModel, possible);
  }
  narrowText(
    modules.filter(({ target }) => target !== 'model'),
    possible,
  );
  return possible.known;
}
