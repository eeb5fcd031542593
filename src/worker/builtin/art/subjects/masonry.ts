import type { Scene } from '../canvas/scene.ts';
import { DEEP, MID, SHADE } from '../canvas/shading.ts';
import { Tile } from '../canvas/tile.ts';

export function paintBricks(scene: Scene): void {
  const tile = new Tile(scene);
  const brick = scene.main('wall', 'stone', 'brick', 'darkstone', 'sand', 'stone');
  const moss = scene.named('moss');
  const size = Math.max(
    2,
    Math.round(Math.min(tile.width, tile.height) / (tile.width >= 28 ? 4 : 3.9)),
  );
  const rows = Math.max(2, 2 * Math.round(tile.height / (2 * Math.min(size, 9))));
  const across = Math.max(
    1,
    Math.round(tile.width / (tile.height / rows) / scene.pick('bond', [1.6, 2, 2])),
  );
  const cut = (n: number, total: number, parts: number): number => Math.round((n * total) / parts);
  for (let row = 0; row < rows; row++) {
    const top = cut(row, tile.height, rows);
    const bottom = cut(row + 1, tile.height, rows);
    for (let k = 0; k < across; k++) {
      const shift = row % 2 === 0 ? 0 : tile.width / across / 2;
      const jitter = scene.brief.features.has('rubble') ? 2 : 0;
      const left =
        Math.round((k * tile.width) / across + shift) + Math.round(scene.noise(row, k, 3) * jitter);
      const right =
        Math.round(((k + 1) * tile.width) / across + shift) +
        Math.round(scene.noise(row, (k + 1) % across, 3) * jitter);
      const tone = scene.noise(row, k, 1);
      const base = MID + (tone > 0.78 ? 0.6 : tone < 0.24 ? -0.8 : 0);
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const mortar = y === bottom - 1 || x === right - 1;
          const lit = y === top || x === left;
          const low = y === bottom - 2 && bottom - top > 3;
          tile.put(
            x,
            y,
            brick,
            mortar ? DEEP : lit ? Math.min(4.4, base + 1) : low ? base - 0.9 : base,
          );
        }
      }
      if (bottom - top > 4 && scene.detail > 0.3) {
        tile.put(left, top, brick, DEEP + 1);
        tile.put(right - 2, top, brick, base);
        if (scene.speck(row * 7, k) > 0.6) {
          const x = left + 2 + Math.floor(scene.speck(row, k * 5) * Math.max(1, right - left - 6));
          tile.dash(
            x,
            top + 2 + Math.floor(scene.speck(row * 3, k) * (bottom - top - 4)),
            2,
            brick,
            base - 1,
          );
        }
      }
    }
  }
  if (scene.brief.effects.has('moss') || scene.chance('moss', 0.25)) {
    tile.blobs(moss, 0.3, (x, y, depth) => {
      const at = tile.light(x, y);
      return at < 1 ? SHADE : depth > 0.1 ? MID + (at > 3 ? 1 : 0) : SHADE;
    });
  }
}

export function paintFloor(scene: Scene): void {
  const tile = new Tile(scene);
  const stone = scene.main('floor', 'stone', 'darkstone', 'sand', 'brick', 'stone');
  const kind = scene.says('cobble', 'cobblestone', 'cobblestones')
    ? 1
    : scene.says('checker', 'checkered', 'chess')
      ? 2
      : scene.choice('floor', 4);
  if (kind === 1) {
    tile.cells(
      Math.max(3, Math.round(tile.width / 8)),
      Math.max(3, Math.round(tile.height / 8)),
      (edge, dx, dy, id) => {
        if (edge < 1.1) return [stone, DEEP];
        const base = MID + (scene.noise(id, 5) > 0.7 ? 0.7 : scene.noise(id, 5) < 0.25 ? -0.6 : 0);
        const slope = -dx - dy;
        if (edge < 2.2) return [stone, slope > 0.6 ? base + 1 : slope < -0.6 ? base - 1 : base];
        return [stone, base];
      },
    );
    return;
  }
  const second = kind === 2 ? scene.accent('guard', 'bone', 'darkstone', 'red', 'white') : stone;
  const columns = Math.max(
    1,
    kind === 2 ? 2 * Math.max(1, Math.round(tile.width / 32)) : Math.round(tile.width / 16),
  );
  const rows = Math.max(
    1,
    kind === 2 ? 2 * Math.max(1, Math.round(tile.height / 32)) : Math.round(tile.height / 16),
  );
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const left = Math.round((c * tile.width) / columns);
      const right = Math.round(((c + 1) * tile.width) / columns);
      const top = Math.round((r * tile.height) / rows);
      const bottom = Math.round(((r + 1) * tile.height) / rows);
      const split = kind === 3 && right - left > 10 && scene.noise(r, c, 9) > 0.35;
      const middle = split ? (scene.noise(r, c, 4) > 0.5 ? Math.round((left + right) / 2) : -1) : 0;
      const half = split && middle < 0 ? Math.round((top + bottom) / 2) : -1;
      const ink = kind === 2 && (r + c) % 2 === 1 ? second : stone;
      const base = MID + (scene.noise(r, c, 2) > 0.66 ? 0.55 : 0);
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const gap = x === right - 1 || y === bottom - 1 || x === middle - 1 || y === half - 1;
          const lit = x === left || y === top || x === middle || y === half;
          const low = x === right - 2 || y === bottom - 2;
          tile.put(x, y, ink, gap ? DEEP : lit ? base + 1 : low ? base - 1 : base);
        }
      }
      if (scene.detail > 0.3 && right - left > 7) {
        const marks = 1 + Math.floor(scene.speck(r, c) * 3);
        for (let i = 0; i < marks; i++) {
          const x = left + 3 + Math.floor(scene.speck(r * 5 + i, c) * (right - left - 8));
          const y = top + 3 + Math.floor(scene.speck(r, c * 5 + i) * (bottom - top - 6));
          tile.dash(x, y, 2, ink, base + (i % 2 === 0 ? -1 : 1));
        }
        if (scene.noise(r, c, 6) > 0.6 || scene.brief.effects.has('broken')) {
          let x = left + 3 + Math.floor(scene.noise(r, c, 7) * (right - left - 7));
          for (let y = top + 1; y < top + (bottom - top) * 0.55; y++) {
            tile.put(x, y, ink, DEEP);
            tile.put(x + 1, y, ink, base + 0.6);
            if ((y - top) % 2 === 1) x += scene.noise(r, c, 10 + ((y - top) >> 2)) > 0.5 ? 1 : -1;
          }
        }
      }
    }
  }
}
