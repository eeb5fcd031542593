import type { Scene } from './scene.ts';
import { DEEP, LIGHT, MID, SHADE, SHINE } from './shading.ts';
import type { Subject } from './subject.ts';
import { Tile } from './tile.ts';

function paintBricks(scene: Scene): void {
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
    tile.blobs(moss, 0.34, (x, y, depth) => {
      const at = tile.light(x, y);
      return at < 1 ? SHADE : depth > 0.1 ? MID + (at > 3 ? 1 : 0) : SHADE;
    });
  }
}

function paintFloor(scene: Scene): void {
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

function paintGrass(scene: Scene): void {
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

function paintWater(scene: Scene): void {
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

function paintLava(scene: Scene): void {
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

function paintDirt(scene: Scene): void {
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

function paintPlanks(scene: Scene): void {
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

function paintIce(scene: Scene): void {
  const tile = new Tile(scene);
  const ice = scene.main('ice', 'ice');
  tile.fill(ice, MID);
  tile.blobs(ice, 0.33, (_x, _y, depth) => (depth > 0.03 ? LIGHT : MID), 1.7);
  const gap = tile.width < 24 ? 7 : 10;
  tile.scatter(gap, 0.75, (x, y, pick) => {
    const length = 2 + Math.floor(pick * 4);
    for (let i = 0; i < length; i++) {
      tile.put(x + i, y - i, ice, SHINE);
      tile.put(x + i + 1, y - i, ice, LIGHT);
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

export const TERRAIN: readonly Subject[] = [
  {
    name: 'floor',
    words: 'floor flooring slab slabs pavement cobblestone cobblestones dungeon boden suelo 床',
    weak: 'tile tiles tileset ground',
    kind: 'tile',
    paint: paintFloor,
  },
  {
    name: 'wall',
    words: 'wall walls brickwall bricks mauer pared mur 🧱 壁',
    weak: 'brick',
    kind: 'tile',
    paint: paintBricks,
  },
  {
    name: 'planks',
    words: 'planks plank floorboards boards deck',
    kind: 'tile',
    paint: paintPlanks,
  },
  {
    name: 'grass',
    words: 'meadow lawn field turf gras pasto 🌾 草',
    weak: 'grass',
    kind: 'tile',
    paint: paintGrass,
  },
  {
    name: 'dirt',
    words: 'dirt soil earth path road mud beach dune desert erde tierra',
    weak: 'sand snow',
    kind: 'tile',
    paint: paintDirt,
  },
  {
    name: 'water',
    words: 'sea ocean lake river pond wasser mer 🌊',
    weak: 'water agua 水',
    kind: 'tile',
    paint: paintWater,
  },
  { name: 'lava', words: 'magma', weak: 'lava', kind: 'tile', paint: paintLava },
  {
    name: 'icefield',
    words: 'icefield iceberg glacier',
    weak: 'ice',
    kind: 'tile',
    paint: paintIce,
  },
];
