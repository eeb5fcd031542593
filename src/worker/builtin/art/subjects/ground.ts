import type { Scene } from '../canvas/scene.ts';
import { DEEP, LIGHT, MID, SHADE, SHINE } from '../canvas/shading.ts';
import { Tile } from '../canvas/tile.ts';

export function paintGrass(scene: Scene): void {
  const tile = new Tile(scene);
  const grass = scene.main('grass', 'grass', 'grass', 'leaf');
  tile.fill(grass, MID);
  tile.blobs(grass, 0.36, (_x, _y, depth) => (depth > 0.02 ? MID - 0.8 : MID));
  const gap = Math.max(
    4,
    Math.round(Math.min(tile.width, tile.height) / (tile.width < 24 ? 4 : tile.width / 6)),
  );
  tile.scatter(gap, 0.72, (x, y, pick) => {
    const tone = tile.light(x, y) < 2 ? MID : LIGHT;
    if (pick < 0.5) {
      tile.put(x, y, grass, tone);
      tile.put(x, y + 1, grass, tone);
      tile.put(x + 2, y, grass, tone);
      tile.put(x + 2, y + 1, grass, tone);
      tile.put(x + 1, y + 1, grass, tone);
      tile.dash(x, y + 2, 3, grass, tone - 2);
    } else {
      tile.put(x, y, grass, tone);
      tile.put(x, y + 1, grass, tone);
      tile.put(x + 1, y + 1, grass, tone - 2);
    }
  });
  if (scene.says('flower', 'flowers', 'meadow', 'flowery') || scene.chance('flowers', 0.4)) {
    const petal = scene.accent('petal', 'white', 'yellow', 'pink', 'red', 'purple');
    const core = scene.named('yellow');
    tile.scatter(
      Math.max(8, gap * 2),
      0.4,
      (x, y) => {
        for (const [dx, dy] of [
          [1, 0],
          [-1, 0],
          [0, 1],
          [0, -1],
        ] as const)
          tile.put(x + dx, y + dy, petal, dy > 0 ? LIGHT : SHINE);
        tile.put(x, y, core, petal === core ? SHADE : MID);
        tile.put(x, y + 2, grass, SHADE - 0.5);
      },
      11,
    );
  }
}

export function paintDirt(scene: Scene): void {
  const tile = new Tile(scene);
  const sandy = scene.says('sand', 'sandy', 'desert', 'beach', 'dune');
  const snow = scene.says('snow', 'snowy');
  const ink = snow
    ? scene.main('ground', 'snow')
    : sandy
      ? scene.main('ground', 'sand')
      : scene.main('ground', 'dirt', 'dirt', 'sand');
  const base = snow ? LIGHT : MID;
  tile.fill(ink, base);
  tile.blobs(
    ink,
    0.34,
    (_x, _y, depth) => (depth > 0.03 ? base - 0.8 : base),
    sandy || snow ? 1.8 : 1.2,
    sandy || snow ? 9 : 6,
  );
  const gap = tile.width < 24 ? 4 : 6;
  if (sandy) {
    tile.scatter(gap + 1, 0.75, (x, y, pick) => {
      const length = 3 + Math.floor(pick * 4);
      tile.dash(x, y, length, ink, base + 1);
      tile.dash(x + length, y + 1, 2, ink, base + 1);
      tile.dash(x, y + 1, length, ink, base - 1);
    });
    return;
  }
  tile.scatter(gap, 0.62, (x, y, pick) => {
    if (pick < 0.45) tile.dash(x, y, 2, ink, base + (pick < 0.2 ? 1 : -1));
    else if (pick < 0.7 || snow) {
      tile.dash(x, y, 3, ink, base + 0.9);
      tile.dash(x, y + 1, 3, ink, base - 1);
    } else {
      const stone = scene.own('rock', 'stone', 'darkstone');
      tile.dash(x, y, 2, stone, LIGHT);
      tile.dash(x, y + 1, 2, stone, SHADE);
      tile.put(x + 2, y + 1, stone, SHADE);
      tile.dash(x, y + 2, 3, ink, base - 2 < 0 ? DEEP : base - 1.8);
    }
  });
}

export function paintPlanks(scene: Scene): void {
  const tile = new Tile(scene);
  const wood = scene.main('wood', 'wood', 'darkwood');
  const nail = scene.named('iron');
  const rows = Math.max(1, Math.round(tile.height / (tile.height < 24 ? 5 : 8)));
  for (let r = 0; r < rows; r++) {
    const top = Math.round((r * tile.height) / rows);
    const bottom = Math.round(((r + 1) * tile.height) / rows);
    const joint = Math.floor(scene.noise(r, 1) * tile.width);
    const tone = MID + (scene.noise(r, 2) > 0.6 ? 0.6 : scene.noise(r, 2) < 0.3 ? -0.7 : 0);
    for (let y = top; y < bottom; y++) {
      for (let x = 0; x < tile.width; x++) {
        tile.put(
          x,
          y,
          wood,
          y === bottom - 1
            ? DEEP
            : y === top
              ? tone + 1
              : y === bottom - 2 && bottom - top > 4
                ? tone - 0.9
                : tone,
        );
      }
    }
    for (let y = top; y < bottom - 1; y++) {
      tile.put(joint, y, wood, DEEP);
      tile.put(joint + 1, y, wood, tone + 1);
    }
    if (bottom - top > 4) {
      for (const dx of [-2, 3]) tile.put(joint + dx, top + 1, nail, SHADE);
      for (let i = 0; i < Math.max(1, tile.width / 12); i++) {
        const x = joint + 5 + Math.floor(scene.speck(r, i) * Math.max(1, tile.width - 14));
        tile.dash(
          x,
          top + 2 + Math.floor(scene.speck(r + 9, i) * (bottom - top - 4)),
          3 + Math.floor(scene.speck(i, r) * 4),
          wood,
          tone - 1,
        );
      }
    }
  }
}
