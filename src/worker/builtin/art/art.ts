import { Scene } from './canvas/scene.ts';
import { clamp, fromLab, type Rgb, toLab } from './colour/colour.ts';
import { styleOf } from './colour/styles.ts';
import { paintAura, paintSparkles } from './finish/aura.ts';
import { fillBackground } from './finish/background.ts';
import { applyEffects, brushwork } from './finish/effects.ts';
import { colourise, limitColours, tidySilhouette, toneMap } from './finish/finish.ts';
import { blendInitial } from './finish/initial.ts';
import { gradeOf, influenceOf, weather } from './finish/loras.ts';
import { Lexicon } from './prompt/lexicon.ts';
import { hash, unitHash } from './random.ts';
import { SUBJECTS } from './subjects.ts';
import type { Subject } from './subjects/subject.ts';
import type { ArtImage, ArtRequest } from './types.ts';

export type { ArtImage, ArtRequest } from './types.ts';

export { BUILTIN_CHECKPOINTS } from './colour/styles.ts';

export { BUILTIN_LORAS } from './finish/loras.ts';

/** Colours of a sprite without its dither; real packs stay below this too. */
const COLOUR_LIMIT = 24;

const lexicon = new Lexicon(SUBJECTS);

function subjectOf(name: string): Subject {
  return SUBJECTS.find(subject => subject.name === name) ?? SUBJECTS[0]!;
}

/** Colour change of the settings: cfg is contrast and saturation, the rest a barely visible nudge. */
function gradeFor(request: ArtRequest, key: number): (rgb: Rgb) => Rgb {
  const cfg = clamp(Number.isFinite(request.cfg) ? request.cfg : 7, 0, 30);
  const contrast = clamp(1 + (cfg - 7) * 0.014, 0.88, 1.2);
  const saturation = clamp(1 + (cfg - 7) * 0.024, 0.8, 1.4);
  const loras = gradeOf(influenceOf(request.loras));
  const lift = (unitHash(key, 'lift') - 0.5) * 0.016;
  const red = (unitHash(key, 'red') - 0.5) * 0.012;
  const yellow = (unitHash(key, 'yellow') - 0.5) * 0.012;
  return rgb => {
    const [l, a, b] = loras(toLab(rgb));
    const light = 0.55 + (l - 0.55) * contrast + lift * (l > 0.97 ? 0 : 1);
    return fromLab([clamp(light, 0, 1), a * saturation + red, b * saturation + yellow]);
  };
}

/**
 * Draws a sprite of `width` x `height` cells from a prompt, without a model. The same request gives
 * the same bytes on every platform; colours are fully opaque or fully clear.
 */
export function drawSprite(request: ArtRequest): ArtImage {
  const { width, height, steps } = request;
  const brief = lexicon.read(request.prompt, request.negative);
  const subject = subjectOf(brief.subject);
  const style = styleOf(request.checkpoint);
  const tile = subject.kind === 'tile';
  const fallback = subject.name === 'relic' || subject.name === 'critter';
  const seed = hash(request.seed, request.index, fallback ? brief.signature : 0);
  const settings = hash(
    request.sampler,
    request.scheduler,
    steps,
    brief.signature,
    request.negative,
  );
  const detail = clamp(steps / 12, 0, 1);
  const scene = new Scene({
    brief,
    seed,
    grain: hash(seed, settings),
    detail,
    width,
    height,
    tile,
    stretch: subject.stretch ?? 1.35,
  });
  const influence = influenceOf(request.loras);

  subject.paint(scene);
  if (!scene.ink.some(slot => slot > 0))
    scene.set(width >> 1, height >> 1, scene.main('body', 'grey'), 2.5);
  applyEffects(scene, subject);
  weather(scene, influence, tile);
  brushwork(scene, 0.25 + unitHash(settings, 'brush') * 0.35);
  tidySilhouette(scene);

  const levels = steps >= 10 ? 5 : steps >= 5 ? 4 : 3;
  const dither =
    brief.denied.has('dither') || brief.denied.has('dithering') ? 0 : clamp(steps / 16, 0, 1);
  const tones = toneMap(scene, style, levels, dither);
  const grade = gradeFor(request, settings);
  const outline = !tile && Math.min(width, height) >= 12 && !brief.denied.has('outline');
  let image = colourise(scene, tones, style, grade, outline);

  const size = Math.min(width, height);
  const halo = scene.ramps[haloOf(scene)];
  if (halo && !tile) {
    const colours = style.tones(halo, 0.8).map(grade);
    const rings = Math.max(0, influence.glow) * Math.max(1.1, size / 20);
    const radius = Math.max(rings, brief.effects.has('glow') ? Math.max(1, size / 20) : 0);
    if (brief.effects.has('magic')) paintSparkles(image, seed, colours[4]!, colours[3]!);
    paintAura(image, radius, colours[3]!, colours[2]!);
  }
  limitColours(image, COLOUR_LIMIT);

  let backdrops = style.backdrops.map(grade);
  if (request.init) {
    const denoise = clamp(request.init.denoise, 0, 1);
    const blended = blendInitial(image, request.init.image, denoise, seed);
    image = blended.image;
    if (denoise <= 0) return image;
    if (denoise < 1) limitColours(image, COLOUR_LIMIT);
    if (blended.background) backdrops = [blended.background];
  }
  if (request.background === 'flat') fillBackground(image, backdrops);
  return image;
}

/** The aura shines in the colour of the sprite's most colourful material. */
function haloOf(scene: Scene): number {
  const bound = scene.brief.paints.find(paint => paint.part === 'aura');
  if (bound) return scene.own('aura', bound.name);
  let best = -1;
  let most = 0.01;
  for (const [i, ramp] of scene.ramps.entries()) {
    const [, a, b] = toLab(ramp[2]);
    if (a * a + b * b <= most) continue;
    most = a * a + b * b;
    best = i;
  }
  return best < 0 ? scene.named('yellow') : best;
}
