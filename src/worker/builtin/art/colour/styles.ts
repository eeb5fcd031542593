import { clamp, fromHex, fromLab, type Lab, lerp, type Rgb, toLab } from './colour.ts';
import type { Ramp } from './ramps.ts';

/** How a checkpoint turns light and material into colours. */
export interface Style {
  /** Name of the checkpoint file. */
  readonly name: string;
  /** Strength of the ordered dither between tones, in tones. */
  readonly dither: number;
  /** Outlines on the lit side are drawn in the material's own shade. */
  readonly softOutline: boolean;
  /** Five tones of a material; `place` is where its lightness lies among the sprite's materials, 0-1. */
  readonly tones: (ramp: Ramp, place: number) => readonly [Rgb, Rgb, Rgb, Rgb, Rgb];
  readonly line: (ramp: Ramp) => Rgb;
  /** Candidates for the flat background. */
  readonly backdrops: readonly Rgb[];
}

function mapTones(ramp: Ramp, change: (lab: Lab, i: number) => Lab): [Rgb, Rgb, Rgb, Rgb, Rgb] {
  return ramp.map((tone, i) => fromLab(change(toLab(tone), i))) as [Rgb, Rgb, Rgb, Rgb, Rgb];
}

const arcade: Style = {
  name: 'builtin/arcade.safetensors',
  dither: 0,
  softOutline: false,
  tones: ramp => mapTones(ramp, ([l, a, b]) => [l, a * 1.1, b * 1.1]),
  line: ramp => {
    const [l, a, b] = toLab(ramp[0]);
    return fromLab([clamp(l * 0.36 + 0.05, 0.13, 0.24), a * 0.42 + 0.008, b * 0.42 - 0.022]);
  },
  backdrops: ['5a7fa8', '9c6ab0', '6aa88c', 'c89a78', '4a4a78', 'e0c8d8', '3c7a6a', 'b05878'].map(
    fromHex,
  ),
};

const storybook: Style = {
  name: 'builtin/storybook.safetensors',
  dither: 0.34,
  softOutline: true,
  tones: ramp =>
    mapTones(ramp, ([l, a, b]) => [lerp(l, 0.62, 0.16) + 0.03, a * 0.8 + 0.008, b * 0.8 + 0.022]),
  line: ramp => {
    const [l, a, b] = toLab(ramp[0]);
    return fromLab([clamp(l * 0.72 + 0.06, 0.24, 0.38), a * 0.72 + 0.022, b * 0.72 + 0.012]);
  },
  backdrops: ['d8c8a8', 'a8c0b8', 'c0a0a8', '8898b0', 'e8d8c8', '98a878', 'b8b0d0', '70888c'].map(
    fromHex,
  ),
};

/** Four greens of the handheld's screen, dark to light. */
const GREENS = ['0b2a24', '2f6650', '84b85c', 'd8f0a8'].map(fromHex);

/**
 * The five tones of a material on the four greens. Its own lightness counts for half, its place
 * among the sprite's materials for the other half: parts stay apart where colour cannot help.
 */
function greenSteps(ramp: Ramp, place: number): readonly [number, number, number, number, number] {
  const own = clamp((toLab(ramp[2])[0] - 0.3) / 0.6, 0, 1);
  const level = own * 0.5 + place * 0.5;
  if (level < 0.2) return [0, 0, 1, 1, 2];
  if (level < 0.5) return [0, 1, 1, 2, 3];
  if (level < 0.72) return [1, 1, 2, 3, 3];
  return [1, 2, 3, 3, 3];
}

const gameboy: Style = {
  name: 'builtin/gameboy.safetensors',
  dither: 0,
  softOutline: false,
  tones: (ramp, place) =>
    greenSteps(ramp, place).map(step => GREENS[step]!) as [Rgb, Rgb, Rgb, Rgb, Rgb],
  line: () => GREENS[0]!,
  backdrops: ['a8a878', 'b8c890', '586848'].map(fromHex),
};

export const STYLES: readonly Style[] = [arcade, storybook, gameboy];

export const BUILTIN_CHECKPOINTS: readonly string[] = STYLES.map(style => style.name);

/** The style of a checkpoint; an unknown name draws like the first. */
export function styleOf(checkpoint: string): Style {
  return STYLES.find(style => style.name === checkpoint) ?? arcade;
}
