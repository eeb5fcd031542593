import type { Scene } from '../canvas/scene.ts';
import { ball, flat, LIGHT, MID, SHINE, tube } from '../canvas/shading.ts';
import { ellipse, intersect, mirrored, rect, type Shape, union } from '../canvas/shapes.ts';

interface Bottle {
  readonly body: Shape;
  readonly cx: number;
  readonly cy: number;
  readonly rx: number;
  readonly ry: number;
  readonly neckTop: number;
  readonly neck: number;
}

function bottle(scene: Scene): Bottle {
  const kind = scene.says('round') ? 0 : scene.choice('bottle', 5);
  const neck = scene.half(scene.vary('neck', 2, 3));
  const neckTop = scene.vary('neck top', 6, 8);
  const tube = rect(15 - neck, neckTop, 15 + neck, 18);
  if (kind === 1) {
    const w = scene.vary('flask', 9, 11);
    const body = mirrored(15, [neck, neckTop], [neck, 13], [w, 25], [w - 0.6, 28], [w - 2, 29]);
    return { body, cx: 15, cy: 22, rx: w, ry: 8, neckTop, neck };
  }
  if (kind === 2) {
    const w = scene.half(scene.vary('vial', 5.4, 6.6));
    const body = union(rect(15 - w, 12, 15 + w, 29, 2.4), tube);
    return { body, cx: 15, cy: 21, rx: w, ry: 9, neckTop, neck };
  }
  if (kind === 3) {
    const w = scene.vary('drop', 8, 9.6);
    const body = mirrored(
      15,
      [neck, neckTop],
      [neck, 12.6],
      [w - 2, 17],
      [w, 20],
      [w - 1, 25],
      [w - 4, 29],
    );
    return { body, cx: 15, cy: 21, rx: w, ry: 8.4, neckTop, neck };
  }
  const r = kind === 4 ? 8.4 : 9.6;
  const body = union(ellipse(15, 29.4 - r, kind === 4 ? 10.4 : r, r), tube);
  return { body, cx: 15, cy: 29.4 - r, rx: kind === 4 ? 10.4 : r, ry: r, neckTop, neck };
}

export function paintPotion(scene: Scene): void {
  const { body, cx, cy, rx, ry, neckTop, neck } = bottle(scene);
  const glass = scene.own('glass', 'glass');
  const poison = scene.brief.effects.has('poison') ? ['poison'] : undefined;
  const liquid = scene.main(
    'liquid',
    ...(poison ?? ['red', 'blue', 'green', 'purple', 'orange', 'teal', 'pink']),
  );
  const cork = scene.own('cork', 'wood', 'leather', 'bone');
  const empty = scene.says('empty');
  const level = empty ? 40 : scene.snapY(scene.vary('level', 14.4, 19));
  const lip = scene.half(neck + 1.2);
  scene.paint(body, glass, ball(cx, cy, rx * 1.1, ry * 1.1, 0.2), 'none');
  const inner = intersect(body, rect(0, level, 30, 30));
  const fill: Shape = {
    at: (x, y) => Math.max(inner.at(x, y), body.at(x, y) + scene.unit * 0.95),
    box: body.box,
  };
  scene.paint(intersect(fill, rect(0, level, 30, 30)), liquid, ball(cx, cy, rx, ry), 'none');
  const surface = intersect(fill, rect(0, level, 30, level + scene.whole(1)));
  scene.recolour(surface, liquid, flat(LIGHT));
  if (scene.detail > 0.4 && !empty) {
    for (let i = 0; i < 3; i++) {
      const x = cx + scene.grain('bubble x' + i, -rx * 0.5, rx * 0.55);
      const y = scene.grain('bubble y' + i, level + 3, 27);
      scene.recolour(intersect(fill, ellipse(x, y, 0.7)), liquid, flat(i === 0 ? SHINE : LIGHT));
    }
  }
  const corkTop = neckTop - scene.vary('cork', 3, 4.4);
  const corkHalf = scene.half(neck - 0.3);
  scene.paint(
    rect(15 - corkHalf, corkTop, 15 + corkHalf, neckTop),
    cork,
    tube([15, 0], [15, 9], corkHalf, 0.3),
    'none',
  );
  scene.paint(
    rect(15 - lip, neckTop - 0.4, 15 + lip, neckTop + scene.whole(1.6) - 0.4),
    glass,
    flat(MID),
    'auto',
  );
  scene.glint(15 - lip + 1, neckTop + 0.4, 1.6, 1);
  scene.glint(cx - rx * 0.52, cy - ry * 0.3, 1.2, 3);
  scene.glint(cx - rx * 0.4, cy - ry * 0.6, 1.2, 1);
}
