import type { WorkerClient } from '../../src/client/worker-client.ts';
import type { Cast } from './scenes.ts';

const CHECKPOINT = 'sdxl-tiny.safetensors';
const LORAS = ['tiny-sdxl-a.safetensors', 'tiny-sdxl-b.safetensors'];

/**
 * The tiny SDXL checkpoint and its LoRAs, which `scripts/write-tiny-checkpoints.ts` writes.
 * @throws when the server does not have them
 */
export async function comfyCast(client: WorkerClient): Promise<Cast> {
  const { checkpoints, loras } = await client.request('models.list', {});
  const names = new Set([...checkpoints, ...loras].map(({ name }) => name));
  const missing = [CHECKPOINT, ...LORAS].filter(name => !names.has(name));
  if (missing.length > 0) {
    throw new Error(
      `The ComfyUI lacks ${missing.join(', ')}; see scripts/write-tiny-checkpoints.ts.`,
    );
  }
  const [first = '', second = ''] = LORAS;
  // The text encoders are of full size beside a tiny model, so texts are encoded once for all: the LoRAs leave them alone.
  const styles = [
    { checkpoint: CHECKPOINT },
    { checkpoint: CHECKPOINT, loras: [{ name: first, strength: 1, clipStrength: 0 }] },
    { checkpoint: CHECKPOINT, loras: [{ name: second, strength: 1, clipStrength: 0 }] },
    { checkpoint: CHECKPOINT, loras: [{ name: first, strength: 0.5, clipStrength: 0 }] },
  ];
  // Random weights draw noise: there is nothing for the pixel stage to find.
  const base = { size: 32, renderSize: '64x64', pixels: { fix: 'none' as const } };
  return { base, styles, models: styles };
}
