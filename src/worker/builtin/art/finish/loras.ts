import type { Scene } from '../canvas/scene.ts';
import { LIGHT, MID } from '../canvas/shading.ts';
import { Tile } from '../canvas/tile.ts';
import { clamp, type Lab } from '../colour/colour.ts';
import { snowCaps } from './effects.ts';

const GLOW = 'builtin/glow.safetensors';

const WINTER = 'builtin/winter.safetensors';

export const BUILTIN_LORAS: readonly string[] = [GLOW, WINTER];

/** Summed strength of the LoRAs of one name, -2 to 2. */
function strengthOf(loras: readonly { name: string; strength: number }[], name: string): number {
  let sum = 0;
  for (const lora of loras) if (lora.name === name && lora.strength > -99) sum += lora.strength;
  return clamp(sum, -2, 2);
}

/** What the LoRAs of a request do. */
export interface Influence {
  readonly glow: number;
  readonly winter: number;
}

export function influenceOf(loras: readonly { name: string; strength: number }[]): Influence {
  return { glow: strengthOf(loras, GLOW), winter: strengthOf(loras, WINTER) };
}

/** Snow on everything that looks up (winter above 0). */
export function weather(scene: Scene, { winter }: Influence, tile: boolean): void {
  if (winter <= 0) return;
  if (!tile) {
    snowCaps(scene, 'snow', clamp(winter * 0.75, 0, 1));
    return;
  }
  const snow = scene.named('snow');
  new Tile(scene).blobs(snow, 0.3 + 0.16 * winter, (_x, _y, depth) => (depth > 0.05 ? LIGHT : MID));
}

/** The colour grade of the LoRAs: glow saturates and lightens (below 0 it dims), winter cools (below 0 it warms). */
export function gradeOf({ glow, winter }: Influence): (lab: Lab) => Lab {
  return ([l, a, b]) => {
    const lights = clamp((l - 0.35) * 1.6, 0, 1);
    const bright = glow >= 0 ? l + glow * 0.07 * lights * (1.05 - l) * 2 : l * (1 + glow * 0.16);
    const chroma = 1 + glow * (glow >= 0 ? 0.2 : 0.28);
    const cold = winter >= 0 ? 1 - winter * 0.16 : 1;
    const lifted = winter >= 0 ? bright + winter * 0.035 * (1 - bright) : bright;
    return [
      clamp(lifted, 0, 1),
      a * Math.max(0.3, chroma) * cold - winter * 0.014,
      b * Math.max(0.3, chroma) * cold - winter * 0.04,
    ];
  };
}
