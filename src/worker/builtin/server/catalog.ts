import { readdirSync } from 'node:fs';
import { BUILTIN_CHECKPOINTS, BUILTIN_LORAS } from '../art/art.ts';
import { fileAt, folderOf, splitAnnotation } from './files/paths.ts';
import type { Catalog } from './nodes/types.ts';
import type { EngineSettings } from './options.ts';

const VAES = ['builtin/pixel-vae.safetensors'];
/** Removes the background's colour in holes of the subject too. */
export const COLOUR_KEY = 'builtin/colour-key.safetensors';

const BACKGROUND_MODELS = ['builtin/border-key.safetensors', COLOUR_KEY];
const PICTURE = /\.(?:png|jpe?g|webp|gif|bmp)$/i;

/** Folder names of `GET /models`, in the studied server's order. */
export const MODEL_FOLDERS: readonly string[] = (
  'checkpoints configs loras vae text_encoders diffusion_models clip_vision style_models ' +
  'embeddings diffusers vae_approx controlnet gligen upscale_models latent_upscale_models ' +
  'custom_nodes datasets hypernetworks photomaker classifiers model_patches audio_encoders ' +
  'background_removal frame_interpolation geometry_estimation optical_flow detection'
).split(' ');

/** The names that nodes offer; pictures are looked up anew each time. */
export function makeCatalog(settings: EngineSettings): Catalog {
  return {
    checkpoints: BUILTIN_CHECKPOINTS,
    loras: BUILTIN_LORAS,
    vaes: VAES,
    backgroundModels: BACKGROUND_MODELS,
    inputImages: () => {
      try {
        const entries = readdirSync(settings.inputDirectory, { withFileTypes: true });
        const files = entries.filter(entry => entry.isFile() && PICTURE.test(entry.name));
        return files.map(entry => entry.name).sort();
      } catch {
        return [];
      }
    },
    annotatedFile: annotated => {
      const { name, type } = splitAnnotation(annotated);
      const root = folderOf(settings, type ?? 'input');
      return root === undefined || name === '' ? undefined : fileAt(root, name);
    },
  };
}

/** Names in a model folder, or undefined for a folder that does not exist. */
export function modelsIn(catalog: Catalog, folder: string): readonly string[] | undefined {
  if (!MODEL_FOLDERS.includes(folder)) return undefined;
  const known: Record<string, readonly string[]> = {
    checkpoints: catalog.checkpoints,
    loras: catalog.loras,
    vae: catalog.vaes,
    background_removal: catalog.backgroundModels,
  };
  return known[folder] ?? [];
}
