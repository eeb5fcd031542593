import type { ModelFamily } from '../../protocol/models.ts';
import type { Size } from '../../protocol/recipe.ts';
import { constantsOf } from './families.ts';
import type { ValuesByWidth, Weights } from './weights.ts';

/** How an engine computes, as far as it decides what takes how much memory. */
export interface EngineTraits {
  device: 'gpu' | 'cpu';
  /** Weights, pictures and the page cache share one memory: unified memory, or no GPU. */
  shared: boolean;
  /** LoRAs are applied while weights are used, so that no second copy of them is kept (ComfyUI's default on NVIDIA). */
  dynamic: boolean;
}

/** What a run draws with and how much of it. */
export interface Load {
  family: ModelFamily;
  weights: Weights;
  /** Bytes of a VAE file of its own; 0 for the checkpoint's own. */
  vaeBytes: number;
  /** Bytes of each LoRA's file. */
  loraBytes: readonly number[];
  renderSize: Size;
  batch: number;
  cfg: number;
}

/** Estimated bytes; never measured ones. */
export interface Forecast {
  /** What stays in memory while the models are loaded. */
  weights: number;
  /** What loading takes beyond the weights for a while. */
  loading: number;
  /** LoRAs and the unchanged weights that are kept beside the changed ones. */
  loras: number;
  sampling: number;
  decoding: number;
  /** The most at any time. */
  peak: number;
}

const MIB = 2 ** 20;
/** Pixels per latent along each edge, in every family here. */
const LATENT = 8;
/** `minimum_inference_memory()` of ComfyUI 0.33.0 without the part reserved for other programs: 0.8 GiB. */
const LEAST_INFERENCE = 0.8 * 1024 * MIB;
/** `VAE.memory_used_decode` of ComfyUI 0.33.0's `comfy/sd.py` for AutoencoderKL: 2178 values per latent pixel and 8×8. */
const DECODE_VALUES = 2178 * 64;
/** Values of a decoded picture: RGB as 32-bit floats (`vae_output_dtype`), while it is decoded, saved and cached. */
const PICTURE_BYTES = 3 * 4;

function total(values: ValuesByWidth, bytesEach: (width: number) => number): number {
  let bytes = 0;
  for (const [width, count] of values) bytes += count * bytesEach(width);
  return bytes;
}

/**
 * Bytes of a checkpoint's weights once loaded. ComfyUI 0.33.0 (`comfy/model_management.py`): `unet_dtype` keeps 8-bit weights
 * and makes all others 16-bit on a GPU and 32-bit on the CPU, `text_encoder_dtype` makes 16-bit ones everywhere, `vae_dtype`
 * bfloat16 on a GPU that has it and 32-bit ones on the CPU.
 */
function loadedBytes({ diffusion, text, vae }: Weights, { device }: EngineTraits): number {
  const computed = device === 'cpu' ? 4 : 2;
  return (
    total(diffusion, width => (device === 'cpu' ? computed : Math.min(width, computed))) +
    total(text, width => Math.min(width, 2)) +
    total(vae, () => computed)
  );
}

/**
 * Memory that sampling takes beside the weights: `BaseModel.memory_required` of ComfyUI 0.33.0's `comfy/model_base.py`. Guidance above 1
 * doubles the batch. With PyTorch's fused attention, the default on a GPU, it is area · bytes · 0.01 · factor MiB, else
 * area · 0.15 · factor MiB.
 */
function samplingBytes(load: Load, factor: number, guided: boolean, traits: EngineTraits): number {
  const [width, height] = load.renderSize;
  const evaluated = load.batch * (guided && load.cfg !== 1 ? 2 : 1);
  const area = evaluated * (width / LATENT) * (height / LATENT);
  const mebibytes = traits.device === 'gpu' ? area * 2 * 0.01 * factor : area * 0.15 * factor;
  return Math.max(LEAST_INFERENCE, mebibytes * MIB);
}

/** ComfyUI decodes as many pictures of a batch at once as it believes to have room for. */
function decodingBytes(
  { renderSize, batch }: Load,
  { device }: EngineTraits,
  room: number,
): number {
  const [width, height] = renderSize;
  const one = DECODE_VALUES * (width / LATENT) * (height / LATENT) * (device === 'cpu' ? 4 : 2);
  const together = Math.max(1, Math.min(batch, Math.floor(room / one)));
  return one * together + batch * width * height * PICTURE_BYTES;
}

/**
 * Forecasts the memory of a run from the files it loads and what it draws, with ComfyUI's own formulas; the source of each is told where it
 * stands. Loading counts the file once more where GPU and page cache share one memory (Comfy-Org/ComfyUI #10896: the load peak of
 * mapped safetensors is about twice the model). Without dynamic loading of weights a LoRA makes ComfyUI keep the unchanged weights
 * beside the changed ones (`ModelPatcher.backup`), which is counted as the whole diffusion model.
 * @param room bytes that the engine believes to be free, which decides how many pictures it decodes at once
 * @returns null where the family is not known
 */
export function forecast(load: Load, traits: EngineTraits, room: number): Forecast | null {
  const constants = constantsOf(load.family);
  if (constants === null) return null;
  const checkpoint = loadedBytes(load.weights, traits);
  const weights = checkpoint + load.vaeBytes * (traits.device === 'cpu' ? 2 : 1);
  const loraFiles = load.loraBytes.reduce((sum, bytes) => sum + bytes, 0);
  const backup =
    loraFiles > 0 && !traits.dynamic
      ? loadedBytes({ ...load.weights, text: new Map(), vae: new Map() }, traits)
      : 0;
  const loras = loraFiles + backup;
  const loading = traits.shared ? load.weights.fileBytes : 0;
  const sampling = samplingBytes(load, constants.factor, constants.guided, traits);
  const decoding = decodingBytes(load, traits, room);
  const parts = { weights, loading, loras, sampling, decoding };
  return { ...parts, peak: weights + loras + Math.max(loading, sampling, decoding) };
}

/** The most that a run takes beside its models when they are loaded already. */
export function beyondWeights({ loras, sampling, decoding }: Forecast): number {
  return loras + Math.max(sampling, decoding);
}
