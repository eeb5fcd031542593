import { Frame } from '../canvas/frame.ts';
import type { Scene } from '../canvas/scene.ts';
import { ball, LIGHT, MID, SHADE, SHINE } from '../canvas/shading.ts';
import { ellipse, polygon, rect, subtract, union } from '../canvas/shapes.ts';

export function paintKey(scene: Scene): void {
  const frame = new Frame(scene, 1.5);
  const ink = scene.main('key', 'gold', 'bronze', 'iron', 'silver', 'copper');
  const cell = scene.unit * 0.71;
  const r = scene.vary('bow', 5, 6.4);
  const cu = r + 0.5;
  const half = Math.max(1.15, scene.unit * 0.75);
  const end = frame.length - 1.5;
  const light = frame.shading((_u, v) =>
    v < -half + cell ? LIGHT + 0.3 : v > half - cell ? SHADE : MID,
  );
  scene.paint(frame.shape(rect(cu + r - 2, -half, end, half)), ink, light, 'none');
  const deep = scene.vary('teeth', 3.4, 4.8) + half;
  const teeth = scene.pick('bits', [
    [0, 4.6],
    [0, 3.4, 6.8],
    [0, 5.6],
  ] as const);
  for (const [i, back] of teeth.entries()) {
    const reach = deep - (i % 2) * 1.2;
    scene.paint(
      frame.shape(rect(end - back - 2.2, half - 0.3, end - back, reach)),
      ink,
      frame.shading((u, v) => (u > end - back - cell ? LIGHT : v > reach - cell ? SHADE : MID)),
      'none',
    );
  }
  const hole = Math.max(r - 2.6, scene.unit * 0.8);
  const kind = scene.choice('shape', 4);
  const [x, y] = frame.point(cu, 0);
  const outer =
    kind === 1
      ? frame.shape(
          union(ellipse(cu - 2, 0, 3.4), ellipse(cu + 1.6, -3.6, 3.4), ellipse(cu + 1.6, 3.6, 3.4)),
        )
      : kind === 2
        ? frame.shape(polygon([cu - r, 0], [cu, -r], [cu + r, 0], [cu, r]))
        : ellipse(x, y, r);
  const inner =
    kind === 1
      ? frame.shape(
          union(ellipse(cu - 2, 0, 1.3), ellipse(cu + 1.6, -3.6, 1.3), ellipse(cu + 1.6, 3.6, 1.3)),
        )
      : kind === 2
        ? frame.shape(polygon([cu - hole, 0], [cu, -hole], [cu + hole, 0], [cu, hole]))
        : ellipse(x, y, hole);
  const gem = kind === 3 && (scene.chance('gem', 0.7) || scene.says('gem'));
  scene.paint(subtract(outer, inner), ink, ball(x, y, r * 1.25, r * 1.25, 0.25), 'none');
  if (gem)
    scene.paint(
      inner,
      scene.accent('gem', 'ruby', 'sapphire', 'emerald', 'amethyst'),
      ball(x, y, hole),
      'auto',
    );
  const ring = frame.shape(rect(cu + r - 0.6, -half - 1, cu + r + 1.2, half + 1));
  scene.paint(
    ring,
    ink,
    frame.shading((_u, v) => (v < 0 ? SHINE : MID)),
    'auto',
  );
}
