import type { Scene } from '../canvas/scene.ts';
import { LINE, SIDES } from '../canvas/scene.ts';
import { clamp, fromLab, packRgb, type Rgb, toLab } from '../colour/colour.ts';
import type { Style } from '../colour/styles.ts';
import type { ArtImage } from '../types.ts';

/** A change of the finished colours (LoRAs, cfg, grain). */
export type Grade = (rgb: Rgb) => Rgb;

const BAYER = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5].map(n => (n + 0.5) / 16 - 0.5);

/** Removes one-cell bumps from the silhouette and fills one-cell notches. */
export function tidySilhouette(scene: Scene): void {
  const { width, height, ink, fixed } = scene;
  if (Math.min(width, height) < 12) return;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const index = row * width + column;
      let filled = 0;
      let from = -1;
      for (const [dx, dy] of SIDES) {
        const next = scene.cell(column + dx, row + dy);
        if (next >= 0 && ink[next] !== 0) {
          filled++;
          if (scene.light[next] !== LINE) from = next;
        }
      }
      if (ink[index] === 0 && filled === 4 && from >= 0) {
        ink[index] = ink[from]!;
        scene.light[index] = scene.light[from]!;
        scene.part[index] = scene.part[from]!;
      } else if (
        ink[index] !== 0 &&
        filled === 0 &&
        fixed[index] === 0 &&
        isLone(scene, column, row)
      ) {
        ink[index] = 0;
      }
    }
  }
}

/** Whether a cell touches no other, not even at a corner (one-cell diagonals stay). */
function isLone(scene: Scene, column: number, row: number): boolean {
  for (const dx of [-1, 1]) {
    for (const dy of [-1, 1]) {
      const next = scene.cell(column + dx, row + dy);
      if (next >= 0 && scene.ink[next] !== 0) return false;
    }
  }
  return true;
}

/** Tone per cell: 0-4, or -1 for a line; with the style's dither and without lone cells. */
export function toneMap(scene: Scene, style: Style, levels: number, share: number): Int8Array {
  const { width, height, ink, light, fixed, part } = scene;
  const tones = new Int8Array(width * height);
  const dither = Math.min(width, height) >= 20 ? style.dither * share : 0;
  for (let i = 0; i < tones.length; i++) {
    if (ink[i] === 0) continue;
    let value = light[i]!;
    if (value === LINE) {
      tones[i] = -1;
      continue;
    }
    if (dither > 0 && fixed[i] === 0) {
      const column = i % width;
      const row = (i - column) / width;
      value += BAYER[(row & 3) * 4 + (column & 3)]! * 2 * dither;
    }
    let tone = clamp(Math.floor(value), 0, 4);
    if (levels < 5 && tone === 0) tone = 1;
    if (levels < 4 && tone === 4 && fixed[i] === 0) tone = 3;
    tones[i] = tone;
  }
  const clean = tones.slice();
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const i = row * width + column;
      if (ink[i] === 0 || fixed[i] === 1 || tones[i] === -1) continue;
      let same = 0;
      let around = 0;
      let other = -1;
      for (const [dx, dy] of SIDES) {
        const next = scene.cell(column + dx, row + dy);
        if (next < 0 || part[next] !== part[i] || fixed[next] === 1) continue;
        around++;
        if (tones[next] === tones[i]) same++;
        else other = tones[next]!;
      }
      if (same === 0 && around >= 2 && other >= 0) clean[i] = other;
    }
  }
  return clean;
}

/** Turns the scene into pixels: tones, lines, the outline around everything; empty cells stay clear. */
export function colourise(
  scene: Scene,
  tones: Int8Array,
  style: Style,
  grade: Grade,
  outline: boolean,
): ArtImage {
  const { width, height, ink } = scene;
  const places = placesOf(scene);
  const palettes = scene.ramps.map((ramp, i) => style.tones(ramp, places[i] ?? 0.5).map(grade));
  const lines = scene.ramps.map(ramp => grade(style.line(ramp)));
  const soft = scene.ramps.map((_, i) => softLine(palettes[i]?.[0], lines[i]));
  const data = new Uint8ClampedArray(width * height * 4);
  const put = (i: number, rgb: Rgb | undefined): void => {
    if (rgb) data.set([rgb[0], rgb[1], rgb[2], 255], i * 4);
  };
  for (let i = 0; i < ink.length; i++) {
    const slot = ink[i]! - 1;
    if (slot >= 0) {
      const tone = tones[i]!;
      put(i, tone < 0 ? lines[slot] : palettes[slot]?.[tone]);
    } else if (outline) {
      const column = i % width;
      const row = (i - column) / width;
      let from = -1;
      let lit = true;
      for (const [dx, dy] of SIDES) {
        const next = scene.cell(column + dx, row + dy);
        if (next < 0 || ink[next] === 0) continue;
        from = next;
        if (dx + dy < 0) lit = false;
      }
      if (from < 0) continue;
      const owner = ink[from]! - 1;
      put(i, style.softOutline && lit ? soft[owner] : lines[owner]);
    }
  }
  return { width, height, data };
}

/** Where each ramp's lightness lies between the darkest and the lightest of the sprite's larger parts. */
export function placesOf(scene: Scene): number[] {
  const counts = new Float64Array(scene.ramps.length);
  for (const slot of scene.ink) if (slot > 0) counts[slot - 1] = counts[slot - 1]! + 1;
  const total = counts.reduce((sum, n) => sum + n, 0);
  const lights = scene.ramps.map(ramp => toLab(ramp[2])[0]);
  const large = lights.filter((_, i) => counts[i]! > total * 0.04);
  const low = Math.min(...large, 1);
  const high = Math.max(...large, 0);
  if (high - low < 0.06) return lights.map(light => clamp((light - 0.3) / 0.6, 0, 0.5));
  return lights.map(light => clamp((light - low) / (high - low), 0, 1));
}

function softLine(shade: Rgb | undefined, line: Rgb | undefined): Rgb | undefined {
  if (!shade || !line) return line;
  const a = toLab(shade);
  const b = toLab(line);
  return fromLab([a[0] * 0.55 + b[0] * 0.45 - 0.03, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2]);
}

/** Merges the rarest colours into their nearest neighbours until at most `limit` are left. */
export function limitColours(image: ArtImage, limit: number): void {
  const { data } = image;
  for (;;) {
    const counts = new Map<number, number>();
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] === 0) continue;
      const key = packRgb([data[i]!, data[i + 1]!, data[i + 2]!]);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    if (counts.size <= limit) return;
    const ranked = [...counts].sort((p, q) => p[1] - q[1] || p[0] - q[0]);
    const excess = Math.max(1, counts.size - limit);
    const kept = ranked.slice(excess).map(([key]) => key);
    const target = new Map<number, number>();
    for (const [key] of ranked.slice(0, excess)) target.set(key, nearestKey(key, kept));
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] === 0) continue;
      const key = packRgb([data[i]!, data[i + 1]!, data[i + 2]!]);
      const to = target.get(key);
      if (to !== undefined) data.set([to >> 16, (to >> 8) & 255, to & 255], i);
    }
  }
}

function nearestKey(key: number, keys: readonly number[]): number {
  let best = keys[0] ?? key;
  let distance = Infinity;
  for (const other of keys) {
    const dr = (key >> 16) - (other >> 16);
    const dg = ((key >> 8) & 255) - ((other >> 8) & 255);
    const db = (key & 255) - (other & 255);
    const d = 2 * dr * dr + 4 * dg * dg + 3 * db * db;
    if (d < distance) {
      distance = d;
      best = other;
    }
  }
  return best;
}
