import { describe, expect, test } from 'vitest';
import {
  BUILTIN_CHECKPOINTS,
  BUILTIN_LORAS,
  drawSprite,
} from '../../../src/worker/builtin/art/art.ts';
import type { ArtImage } from '../../../src/worker/builtin/art/art.ts';
import { SUBJECTS } from '../../../src/worker/builtin/art/subjects.ts';
import { colours, digest, mean, request, silhouette } from './helpers.ts';

/** A prompt that reaches a subject: its first word, with "tile" for the ambiguous grounds. */
function promptFor(name: string): string {
  const subject = SUBJECTS.find(s => s.name === name);
  return subject?.words.split(' ')[0] ?? name;
}

describe('every subject', () => {
  test('there are far more than a dozen, each with its own name', () => {
    const names = SUBJECTS.map(subject => subject.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(60);
  });

  test.each(SUBJECTS.map(subject => subject.name))('%s is a clean sprite at every size', name => {
    for (const size of [16, 24, 32, 48, 64]) {
      for (const checkpoint of BUILTIN_CHECKPOINTS) {
        const image = drawSprite(
          request({ prompt: promptFor(name), width: size, height: size, checkpoint }),
        );
        const alphas = new Set(image.data.filter((_, i) => i % 4 === 3));
        expect([...alphas].every(alpha => alpha === 0 || alpha === 255)).toBe(true);
        expect(silhouette(image).length).toBeGreaterThan((size * size) / 16);
        expect(colours(image).size).toBeGreaterThanOrEqual(3);
        expect(colours(image).size).toBeLessThanOrEqual(checkpoint.includes('gameboy') ? 4 : 24);
      }
    }
  });

  test('no sprite but a tile has a lone cell without any neighbour', () => {
    for (const subject of SUBJECTS) {
      if (subject.kind === 'tile') continue;
      for (const seed of [1, 2, 3]) {
        const image = drawSprite(request({ prompt: promptFor(subject.name), seed }));
        for (const cell of silhouette(image)) {
          const [x, y] = [cell % 32, Math.floor(cell / 32)];
          let neighbours = 0;
          for (let dy = -1; dy <= 1; dy++) {
            for (let dx = -1; dx <= 1; dx++) {
              const inside = x + dx >= 0 && y + dy >= 0 && x + dx < 32 && y + dy < 32;
              if ((dx !== 0 || dy !== 0) && inside && opaque(image, x + dx, y + dy)) neighbours++;
            }
          }
          expect(neighbours, `${subject.name} seed ${seed} at ${x},${y}`).toBeGreaterThan(0);
        }
      }
    }
  });

  test('different subjects are different drawings', () => {
    const seen = new Set(
      SUBJECTS.map(s => digest(drawSprite(request({ prompt: promptFor(s.name) })))),
    );
    expect(seen.size).toBe(SUBJECTS.length);
  });
});

function opaque(image: ArtImage, x: number, y: number): boolean {
  return image.data[(y * image.width + x) * 4 + 3] === 255;
}

describe('tiles', () => {
  const tiles = [
    'floor',
    'stone wall',
    'planks',
    'grass tile',
    'water tile',
    'lava tile',
    'dirt',
    'ice tile',
    'cobblestone floor',
  ];

  test.each(tiles)('%s fills the canvas', prompt => {
    for (const [width, height] of [
      [16, 16],
      [32, 32],
      [48, 24],
      [17, 31],
    ] as const) {
      expect(silhouette(drawSprite(request({ prompt, width, height }))).length).toBe(
        width * height,
      );
    }
  });

  test.each(tiles)('%s has seams like the joints inside it', prompt => {
    for (const seed of [1, 2, 3, 4]) {
      const image = drawSprite(request({ prompt, seed }));
      const inner: number[] = [];
      for (let x = 0; x < 31; x++) inner.push(columnChange(image, x, x + 1));
      const worst = Math.max(...inner);
      expect(columnChange(image, 31, 0)).toBeLessThanOrEqual(worst * 1.6);
      const rows: number[] = [];
      for (let y = 0; y < 31; y++) rows.push(rowChange(image, y, y + 1));
      expect(rowChange(image, 31, 0)).toBeLessThanOrEqual(Math.max(...rows) * 1.6);
    }
  });
});

function difference(image: ArtImage, a: number, b: number): number {
  let sum = 0;
  for (let c = 0; c < 3; c++)
    sum += Math.abs((image.data[a * 4 + c] ?? 0) - (image.data[b * 4 + c] ?? 0));
  return sum;
}

function columnChange(image: ArtImage, a: number, b: number): number {
  let sum = 0;
  for (let y = 0; y < image.height; y++)
    sum += difference(image, y * image.width + a, y * image.width + b);
  return sum / image.height;
}

function rowChange(image: ArtImage, a: number, b: number): number {
  let sum = 0;
  for (let x = 0; x < image.width; x++)
    sum += difference(image, a * image.width + x, b * image.width + x);
  return sum / image.width;
}

describe('what decides a sprite', () => {
  test('the same request gives the same bytes', () => {
    for (const prompt of ['sword', 'knight', 'water tile', 'qwerty']) {
      expect(digest(drawSprite(request({ prompt })))).toBe(digest(drawSprite(request({ prompt }))));
    }
  });

  test.each(['sword', 'potion', 'knight', 'tree', 'stone wall', 'slime', 'qwerty'])(
    'every field of the request changes "%s", on every checkpoint',
    prompt => {
      for (const checkpoint of BUILTIN_CHECKPOINTS) {
        const base = request({ prompt, checkpoint });
        const plain = digest(drawSprite(base));
        const changes = [
          ...(checkpoint.includes('gameboy') ? [] : [{ prompt: `brown ${prompt}` }]),
          { prompt: `${prompt} wibble` },
          { negative: 'blurry' },
          { seed: 8 },
          { seed: 2 ** 53 - 1 },
          { index: 1 },
          { steps: 4 },
          { steps: 21 },
          { cfg: 7.5 },
          { cfg: 2 },
          { sampler: 'dpmpp_2m' },
          { scheduler: 'karras' },
          { loras: [{ name: BUILTIN_LORAS[0] ?? '', strength: 0.5 }] },
          { loras: [{ name: BUILTIN_LORAS[1] ?? '', strength: 0.5 }] },
          { loras: [{ name: BUILTIN_LORAS[1] ?? '', strength: -0.5 }] },
        ];
        for (const change of changes) {
          expect(digest(drawSprite({ ...base, ...change })), JSON.stringify(change)).not.toBe(
            plain,
          );
        }
        const others = BUILTIN_CHECKPOINTS.filter(name => name !== checkpoint);
        for (const other of others) {
          expect(digest(drawSprite({ ...base, checkpoint: other }))).not.toBe(plain);
        }
      }
    },
  );

  test('a LoRA of strength 0 or an unknown name changes nothing', () => {
    const plain = digest(drawSprite(request()));
    for (const lora of [
      { name: BUILTIN_LORAS[0] ?? '', strength: 0 },
      { name: 'other', strength: 1 },
    ]) {
      expect(digest(drawSprite(request({ loras: [lora] })))).toBe(plain);
    }
  });

  test('seeds change the outline of a subject, not only its colours', () => {
    for (const prompt of [
      'sword',
      'potion',
      'shield',
      'tree',
      'helmet',
      'monster',
      'key',
      'slime',
      'mage',
      'gem',
    ]) {
      const shapes = new Set<string>();
      for (let seed = 0; seed < 12; seed++) {
        shapes.add(silhouette(drawSprite(request({ prompt, seed }))).join());
      }
      expect(shapes.size, prompt).toBeGreaterThanOrEqual(4);
    }
  });

  test('a checkpoint changes the colours and keeps the composition', () => {
    for (const prompt of ['sword', 'potion', 'tree', 'slime']) {
      const shapes = BUILTIN_CHECKPOINTS.map(checkpoint =>
        silhouette(drawSprite(request({ prompt, checkpoint }))).join(),
      );
      expect(new Set(shapes).size, prompt).toBe(1);
    }
  });

  test('winter brings snow and glow an aura that grow with their strength', () => {
    const winter = [0, 0.7, 1.4, 2].map(strength =>
      mean(
        drawSprite(
          request({ prompt: 'red house', loras: [{ name: BUILTIN_LORAS[1] ?? '', strength }] }),
        ),
        2,
      ),
    );
    expect(winter).toEqual([...winter].sort((a, b) => a - b));
    const glow = [0, 1, 2].map(
      strength =>
        silhouette(
          drawSprite(
            request({ prompt: 'potion', loras: [{ name: BUILTIN_LORAS[0] ?? '', strength }] }),
          ),
        ).length,
    );
    expect(glow[1]).toBeGreaterThan(glow[0] ?? 0);
    expect(glow[2]).toBeGreaterThan(glow[1] ?? 0);
  });

  test('drawings stay what they were: digests of a few', () => {
    const table = Object.fromEntries(
      BUILTIN_CHECKPOINTS.flatMap(checkpoint =>
        ['rusty sword', 'knight', 'tree', 'water tile', 'frabjous'].map(prompt => [
          `${prompt} / ${checkpoint}`,
          digest(drawSprite(request({ prompt, checkpoint }))),
        ]),
      ),
    );
    expect(table).toMatchInlineSnapshot(`
      {
        "frabjous / builtin/arcade.safetensors": "2754e9524f31635e",
        "frabjous / builtin/gameboy.safetensors": "2c96474e5e96bb82",
        "frabjous / builtin/storybook.safetensors": "f29271e7177e3d26",
        "knight / builtin/arcade.safetensors": "0ed05f67457a1056",
        "knight / builtin/gameboy.safetensors": "e50495a1ca2a4bbe",
        "knight / builtin/storybook.safetensors": "7ce0095d3b65d4c3",
        "rusty sword / builtin/arcade.safetensors": "95fd4b89edfcc067",
        "rusty sword / builtin/gameboy.safetensors": "8b3adf42485d3978",
        "rusty sword / builtin/storybook.safetensors": "a4da7518486d8128",
        "tree / builtin/arcade.safetensors": "d5fe18d97b82ab3a",
        "tree / builtin/gameboy.safetensors": "64a29c97591fb6b2",
        "tree / builtin/storybook.safetensors": "9a8b7ff65042dd59",
        "water tile / builtin/arcade.safetensors": "b82fd2e0c3b0a4bc",
        "water tile / builtin/gameboy.safetensors": "955f96af54c0cfe3",
        "water tile / builtin/storybook.safetensors": "0d27ff0a18cf2909",
      }
    `);
  });
});

describe('background', () => {
  test('a flat one is a single colour that the sprite does not hold', () => {
    for (const prompt of ['sword', 'knight', 'rainbow slime', 'ice slime']) {
      for (const checkpoint of BUILTIN_CHECKPOINTS) {
        const clear = drawSprite(request({ prompt, checkpoint }));
        const flat = drawSprite(request({ prompt, checkpoint, background: 'flat' }));
        expect(silhouette(flat).length).toBe(32 * 32);
        const extra = [...colours(flat)].filter(colour => !colours(clear).has(colour));
        expect(extra.length).toBe(1);
        for (const cell of silhouette(clear)) {
          expect(flat.data.slice(cell * 4, cell * 4 + 4)).toEqual(
            clear.data.slice(cell * 4, cell * 4 + 4),
          );
        }
      }
    }
  });
});

describe('odd canvases', () => {
  test.each([
    [1, 1],
    [2, 1],
    [1, 512],
    [512, 1],
    [7, 13],
    [3, 3],
    [16, 48],
    [48, 16],
    [512, 512],
  ])(
    '%i x %i gives an image of that size with something on it',
    (width, height) => {
      for (const prompt of ['sword', 'knight', 'grass tile', 'potion', 'qwerty']) {
        for (const background of ['flat', 'transparent'] as const) {
          const image = drawSprite(request({ prompt, width, height, background }));
          expect([image.width, image.height, image.data.length]).toEqual([
            width,
            height,
            width * height * 4,
          ]);
          expect(silhouette(image).length).toBeGreaterThan(0);
        }
      }
    },
    120_000,
  );

  test('a sword stands on a tall canvas and lies on a wide one', () => {
    const extent = (width: number, height: number): [number, number] => {
      const cells = silhouette(drawSprite(request({ width, height })));
      const xs = cells.map(cell => cell % width);
      const ys = cells.map(cell => Math.floor(cell / width));
      return [Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)];
    };
    const [tallX, tallY] = extent(16, 48);
    expect(tallY).toBeGreaterThan(tallX * 2);
    const [wideX, wideY] = extent(48, 16);
    expect(wideX).toBeGreaterThan(wideY * 2);
  });
});

describe('image to image', () => {
  const init = drawSprite(request({ prompt: 'potion', seed: 3 }));

  test('denoise 0 returns the image and denoise 1 ignores it', () => {
    const none = drawSprite(request({ init: { image: init, denoise: 0 } }));
    expect(digest(none)).toBe(digest(init));
    const all = drawSprite(request({ init: { image: init, denoise: 1 } }));
    expect(digest(all)).toBe(digest(drawSprite(request())));
  });

  test('more denoise leaves less of the image', () => {
    const kept = [0.2, 0.5, 0.8].map(denoise => {
      const image = drawSprite(request({ init: { image: init, denoise } }));
      const was = new Set(silhouette(init));
      return silhouette(image).filter(cell => was.has(cell)).length;
    });
    expect(kept[0]).toBeGreaterThan(kept[1] ?? Infinity);
    expect(kept[1]).toBeGreaterThan(kept[2] ?? Infinity);
  });

  test('an image of another size and one on a flat background work', () => {
    const large = drawSprite(
      request({ prompt: 'potion', width: 64, height: 64, background: 'flat' }),
    );
    const image = drawSprite(request({ init: { image: large, denoise: 0.5 }, background: 'flat' }));
    expect([image.width, image.height]).toEqual([32, 32]);
    expect(colours(image).size).toBeLessThanOrEqual(25);
  });
});
