import type { Scene } from '../canvas/scene.ts';
import { LINE } from '../canvas/scene.ts';
import { DEEP, LIGHT, MID, SHADE, SHINE } from '../canvas/shading.ts';
import type { Subject } from '../subjects/subject.ts';

const METALS = new Set(['steel', 'iron', 'silver', 'gold', 'bronze', 'copper', 'darkstone']);

/** Smooth noise of about `size` cells, in [0, 1), from the composition's seed. */
function softNoise(scene: Scene, column: number, row: number, size: number, salt: number): number {
  const u = column / size;
  const v = row / size;
  const c = Math.floor(u);
  const r = Math.floor(v);
  const fu = u - c;
  const fv = v - r;
  const top = scene.noise(c, r, salt) * (1 - fu) + scene.noise(c + 1, r, salt) * fu;
  const low = scene.noise(c, r + 1, salt) * (1 - fu) + scene.noise(c + 1, r + 1, salt) * fu;
  return top * (1 - fv) + low * fv;
}

function forEachCell(
  scene: Scene,
  visit: (index: number, column: number, row: number) => void,
): void {
  for (let row = 0; row < scene.height; row++) {
    for (let column = 0; column < scene.width; column++)
      visit(row * scene.width + column, column, row);
  }
}

/** Size of patches in cells. */
function patch(scene: Scene): number {
  return Math.max(2.5, Math.min(scene.width, scene.height) / 9);
}

function rust(scene: Scene): void {
  const ink = scene.named('rust');
  const size = patch(scene);
  forEachCell(scene, (index, column, row) => {
    const slot = scene.ink[index]! - 1;
    if (slot < 0 || !METALS.has(scene.nameOf(slot)) || scene.light[index] === LINE) return;
    const n = softNoise(scene, column, row, size, 71);
    if (n < 0.5) return;
    scene.ink[index] = ink + 1;
    const light = scene.light[index]!;
    scene.light[index] = Math.max(0.6, Math.min(3.6, light - (n > 0.62 ? 0.6 : 0)));
  });
}

function moss(scene: Scene): void {
  const ink = scene.named('moss');
  const size = patch(scene);
  forEachCell(scene, (index, column, row) => {
    if (scene.ink[index] === 0 || scene.light[index] === LINE || scene.fixed[index] === 1) return;
    const low = row / scene.height;
    if (softNoise(scene, column, row, size, 72) * 0.7 + low * 0.35 < 0.62) return;
    scene.ink[index] = ink + 1;
  });
}

/** A dark zigzag crack with a lit lip, from somewhere near the top edge inwards. */
function crack(scene: Scene, salt: number): void {
  const { width, height } = scene;
  const size = Math.min(width, height);
  let column = Math.round(width * (0.34 + 0.34 * scene.noise(salt, 1, 73)));
  let row = 0;
  while (row < height && scene.ink[row * width + column] === 0) row++;
  const length = Math.round(size * (0.22 + 0.2 * scene.noise(salt, 2, 73)));
  const drift = scene.noise(salt, 3, 73) > 0.5 ? 1 : -1;
  for (let i = 0; i < length; i++) {
    const index = scene.cell(column, row + i);
    if (index < 0 || scene.ink[index] === 0) return;
    if (scene.light[index] !== LINE) {
      scene.light[index] = DEEP;
      scene.fixed[index] = 1;
    }
    const beside = scene.cell(column + 1, row + i);
    if (beside >= 0 && scene.ink[beside] !== 0 && scene.fixed[beside] === 0) {
      scene.light[beside] = Math.min(4.4, scene.light[beside]! + 1);
    }
    if (scene.noise(salt, i, 74) > 0.45) column += i % 3 === 2 ? -drift : drift;
  }
}

/** Lays snow or frost on every surface that looks up; `amount` 0-1 is how much of it. */
export function snowCaps(scene: Scene, name: 'snow' | 'ice', amount: number): void {
  if (amount <= 0) return;
  const ink = scene.named(name);
  const size = Math.max(2, Math.min(scene.width, scene.height) / 10);
  const deep = Math.max(1, Math.round(Math.min(scene.width, scene.height) / 20));
  const before = scene.ink.slice();
  for (let column = 0; column < scene.width; column++) {
    const wave = softNoise(scene, column, 0, size, 75);
    for (let row = 0; row < scene.height; row++) {
      const index = row * scene.width + column;
      if (before[index] === 0) continue;
      const above = row === 0 ? 0 : before[index - scene.width]!;
      if (above !== 0 || row === 0) continue;
      if (wave > amount * 1.15) continue;
      const depth = Math.max(1, Math.round(deep * (0.4 + amount) * (1.4 - wave)));
      for (let i = 0; i < depth; i++) {
        const at = index + i * scene.width;
        if (at >= before.length || before[at] === 0) break;
        if (scene.light[at] === LINE && i > 0) break;
        scene.ink[at] = ink + 1;
        scene.light[at] = i === depth - 1 && depth > 1 ? MID : i === 0 ? SHINE : LIGHT;
        scene.part[at] = 65000;
        scene.fixed[at] = 1;
      }
    }
  }
}

/** Tongues of flame that rise from the upper edges of the sprite. */
function flames(scene: Scene): void {
  const fire = scene.own('aura', 'fire');
  const before = scene.ink.slice();
  const { width, height } = scene;
  const tall = Math.max(2, Math.min(width, height) / 7);
  for (let column = 0; column < width; column++) {
    for (let row = 1; row < height; row++) {
      const index = row * width + column;
      if (before[index] === 0 || before[index - width] !== 0) continue;
      const n = softNoise(scene, column, row >> 3, Math.max(1.6, width / 17), 76);
      const rise = Math.round((n - 0.3) * tall * 1.9);
      for (let i = 1; i <= rise; i++) {
        const at = index - i * width;
        if (at < 0 || before[at] !== 0) break;
        scene.ink[at] = fire + 1;
        scene.light[at] = i >= rise ? SHADE : i > rise * 0.5 ? MID : LIGHT;
        scene.part[at] = 64000;
        scene.fixed[at] = 1;
      }
    }
  }
}

/** Drops of poison that hang from the lower edges. */
function drips(scene: Scene): void {
  const ink = scene.named('poison');
  const { width, height } = scene;
  const size = Math.min(width, height);
  const columns: number[] = [];
  for (let i = 0; i < 3; i++)
    columns.push(Math.round(width * (0.2 + 0.25 * i + 0.12 * scene.noise(i, 1, 77))));
  for (const [i, column] of columns.entries()) {
    let row = height - 1;
    while (row >= 0 && scene.ink[row * width + column] === 0) row--;
    if (row < 0) continue;
    const long = Math.max(1, Math.round((size / 12) * (0.7 + scene.noise(i, 2, 77))));
    for (let j = -1; j <= long; j++)
      scene.set(column, row + j, ink, j === long ? LIGHT : j < 0 ? SHADE : MID);
    if (size >= 40)
      for (let j = 0; j <= long; j++) scene.set(column + 1, row + j, ink, j === long ? MID : SHADE);
  }
}

const HOT = new Set(['torch', 'candle', 'lantern', 'bomb', 'potion', 'scroll', 'book']);

/** Applies the effects that change cells of the sprite itself. */
export function applyEffects(scene: Scene, subject: Subject): void {
  const { effects } = scene.brief;
  const tile = subject.kind === 'tile';
  if (effects.has('rust')) rust(scene);
  if (effects.has('moss') && !tile) moss(scene);
  if (effects.has('ancient') && subject.kind !== 'creature') {
    if (!tile) moss(scene);
    crack(scene, 1);
  }
  if (effects.has('broken') && subject.kind !== 'creature') {
    crack(scene, 2);
    crack(scene, 3);
  }
  if (tile) return;
  if (effects.has('frost')) snowCaps(scene, 'ice', 0.6);
  if (effects.has('poison') && subject.name !== 'potion') drips(scene);
  if (effects.has('fire') && !HOT.has(subject.name)) flames(scene);
}

/** Lets patches of light wander a little, by sampler and scheduler: same forms, other brushwork. */
export function brushwork(scene: Scene, amount: number): void {
  const size = Math.max(2, Math.min(scene.width, scene.height) / 8);
  forEachCell(scene, (index, column, row) => {
    if (scene.ink[index] === 0 || scene.fixed[index] === 1 || scene.light[index] === LINE) return;
    const u = column / size;
    const v = row / size;
    const c = Math.floor(u);
    const r = Math.floor(v);
    const top = scene.speck(c, r) * (1 - u + c) + scene.speck(c + 1, r) * (u - c);
    const low = scene.speck(c, r + 1) * (1 - u + c) + scene.speck(c + 1, r + 1) * (u - c);
    const n = top * (1 - v + r) + low * (v - r) - 0.5;
    const light = scene.light[index]! + n * amount;
    scene.light[index] = light < 0 ? 0 : light > 4.99 ? 4.99 : light;
  });
}
