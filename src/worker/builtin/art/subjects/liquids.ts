import type { Scene } from '../canvas/scene.ts';
import { DEEP, LIGHT, MID, SHADE, SHINE } from '../canvas/shading.ts';
import { Tile } from '../canvas/tile.ts';

export function paintWater(scene: Scene): void {
  const tile = new Tile(scene);
  const water = scene.main('water', 'water', 'water', 'blue', 'teal');
  tile.fill(water, MID);
  tile.blobs(water, 0.42, (_x, _y, depth) => (depth > 0.04 ? MID - 0.8 : MID), 1.6);
  const rows = Math.max(2, Math.round(tile.height / 6));
  for (let r = 0; r < rows; r++) {
    const y = Math.round((r * tile.height) / rows);
    const waves = Math.max(1, Math.round(tile.width / 16));
    for (let k = 0; k < waves; k++) {
      if (scene.noise(r, k, 2) < 0.18) continue;
      const x = Math.round(((k + scene.noise(r, k, 1)) * tile.width) / waves + (r % 2) * 5);
      const length = 3 + Math.floor(scene.noise(r, k, 3) * Math.min(6, tile.width / 5));
      const bright = scene.noise(r, k, 4) > 0.55;
      tile.dash(x, y, length, water, bright ? SHINE : LIGHT);
      tile.dash(x - 2, y + 1, 2, water, LIGHT);
      tile.dash(x + length, y + 1, 2, water, LIGHT);
      if (bright) tile.dash(x, y + 1, length, water, SHADE);
    }
  }
}

export function paintLava(scene: Scene): void {
  const tile = new Tile(scene);
  const lava = scene.main('lava', 'lava');
  const crust = scene.accent('rock', 'darkstone', 'black');
  const n = Math.max(2, Math.round(tile.width / 10));
  tile.cells(n, Math.max(2, Math.round(tile.height / 10)), (edge, dx, dy, id) => {
    const melt = scene.noise(id, 3) > 0.62;
    if (edge < 0.9) return [lava, SHINE];
    if (edge < 1.7) return [lava, LIGHT];
    if (edge < 2.5 || melt) return [lava, edge > 3.6 ? SHADE : MID];
    if (edge < 3.3) return [lava, DEEP];
    return [crust, -dx - dy > 0.4 ? MID : SHADE];
  });
}

export function paintIce(scene: Scene): void {
  const tile = new Tile(scene);
  const ice = scene.main('ice', 'ice');
  tile.fill(ice, MID);
  tile.blobs(ice, 0.33, (_x, _y, depth) => (depth > 0.03 ? LIGHT : MID), 1.7);
  const gap = tile.width < 24 ? 7 : 10;
  tile.scatter(gap, tile.width < 24 ? 1 : 0.75, (x, y, pick) => {
    const length = 2 + Math.floor(pick * 4);
    for (let i = 0; i < length; i++) {
      tile.put(x + i, y - i, ice, SHINE);
      tile.put(x + i + 1, y - i, ice, LIGHT);
      if (i > 0) tile.put(x + i, y - i + 2, ice, SHADE);
    }
  });
  tile.scatter(
    gap * 2,
    0.6,
    (x, y, pick) => {
      let cx = x;
      for (let i = 0; i < 5 + pick * 6; i++) {
        tile.put(cx, y + i, ice, SHADE);
        cx += Math.floor(scene.noise(x + i, y, 5) * 3) - 1;
        tile.put(cx, y + i, ice, SHADE);
      }
    },
    5,
  );
}
