import { fillBackground } from './background.ts';
import { colourise, limitColours, tidySilhouette, toneMap } from './finish.ts';
import { Lexicon } from './lexicon.ts';
import { hash } from './random.ts';
import { Scene } from './scene.ts';
import { styleOf } from './styles.ts';
import { SUBJECTS } from './subjects.ts';
import type { ArtImage, ArtRequest } from './types.ts';

export type { ArtImage, ArtRequest } from './types.ts';
export { BUILTIN_CHECKPOINTS } from './styles.ts';

export const BUILTIN_LORAS: readonly string[] = [
  'builtin/glow.safetensors',
  'builtin/winter.safetensors',
];

const lexicon = new Lexicon(SUBJECTS);

/** Draws a sprite of width x height cells from a prompt; see {@link ArtRequest}. */
export function drawSprite(request: ArtRequest): ArtImage {
  const { width, height } = request;
  const brief = lexicon.read(request.prompt, request.negative);
  const style = styleOf(request.checkpoint);
  const subject = SUBJECTS.find(s => s.name === brief.subject) ?? SUBJECTS[0];
  const own = subject?.name === 'relic' || subject?.name === 'critter' ? brief.signature : 0;
  const seed = hash(request.seed, request.index, own);
  const grain = hash(seed, request.sampler, request.scheduler, request.steps);
  const detail = request.steps >= 12 ? 1 : request.steps / 12;
  const scene = new Scene({
    brief,
    seed,
    grain,
    detail,
    width,
    height,
    tile: subject?.kind === 'tile',
  });
  subject?.paint(scene);
  tidySilhouette(scene);
  const levels = request.steps >= 12 ? 5 : request.steps >= 6 ? 4 : 3;
  const tones = toneMap(scene, style, levels);
  const image = colourise(scene, tones, style, rgb => rgb, Math.min(width, height) >= 12);
  limitColours(image, 24);
  if (request.background === 'flat') fillBackground(image, style.backdrops);
  return image;
}
