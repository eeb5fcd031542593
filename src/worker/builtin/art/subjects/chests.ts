import type { Scene } from '../canvas/scene.ts';
import { ball, DEEP, flat, gradient, SHADE, SHINE } from '../canvas/shading.ts';
import { ellipse, intersect, mirrored, rect, union } from '../canvas/shapes.ts';

export function paintChest(scene: Scene): void {
  const wood = scene.main('wood', 'wood', 'wood', 'darkwood', 'leather');
  const metal = scene.accent('guard', 'gold', 'iron', 'bronze', 'steel');
  const open = scene.says('open', 'opened') || (!scene.says('closed') && scene.chance('open', 0.2));
  const band = scene.whole(2);
  const half = scene.half(12.4);
  const [l, r] = [15 - half, 15 + half];
  const split = scene.snapY(open ? 15 : 14);
  const body = rect(l, split, r, 28);
  const lidTop = open ? 2.4 : scene.vary('lid', 4, 6);
  const lid = open
    ? mirrored(15, [half - 1.6, lidTop], [half, lidTop + 2], [half, split - 2.4])
    : mirrored(
        15,
        [half - 3.4, lidTop],
        [half - 0.8, lidTop + 2.4],
        [half, lidTop + 5],
        [half, split],
      );
  const metalTone = gradient([l, 4], [r, 26], 4.2, 1.2);
  if (open) {
    scene.paint(
      rect(l + 0.5, lidTop + 2, r - 0.5, split + 2),
      scene.named('black'),
      flat(SHADE),
      'none',
    );
    scene.paint(lid, wood, gradient([0, lidTop], [0, split], 1.9, 0.9), 'none');
    for (const x of [l, 15 - band / 2, r - band])
      scene.recolour(intersect(lid, rect(x, 0, x + band, split)), metal, flat(SHADE), wood);
    const gold = scene.own('coins', 'gold');
    for (const [x, y, s] of [
      [8, 15.4, 3.4],
      [21.6, 15.2, 3.6],
      [15, 13.6, 4.4],
      [11.6, 13.4, 2.6],
      [18.6, 13.6, 2.6],
    ] as const) {
      scene.paint(
        intersect(ellipse(x, y, s), rect(0, 0, 30, split + 3)),
        gold,
        ball(x, y, s, s, 0.6),
        'shade',
      );
    }
    scene.spot(10, 12.4, 1, 1, gold, SHINE);
    scene.paint(
      ellipse(19.6, 11.6, Math.max(1.4, scene.unit * 0.6)),
      scene.own('gem', 'ruby', 'sapphire', 'emerald'),
      ball(19.6, 11.6, 1.5, 1.5, 0.5),
      'auto',
    );
  } else {
    scene.paint(lid, wood, gradient([10, lidTop], [14, split], 4, 1.9), 'none');
    scene.tint(intersect(lid, rect(0, lidTop + 4.4, 30, lidTop + 4.4 + scene.unitY)), -1, wood);
  }
  scene.paint(body, wood, gradient([6, split], [26, 28], 3, 1.2), 'line');
  for (const y of [split + 5, split + 9.4])
    scene.tint(rect(l, scene.snapY(y), r, scene.snapY(y) + scene.unitY), -1, wood);
  for (const x of [l, r - band]) {
    scene.paint(
      union(
        rect(x, split, x + band, 28),
        open ? rect(x, split, x + band, split + 1) : intersect(rect(x, 0, x + band, split), lid),
      ),
      metal,
      metalTone,
      'shade',
    );
  }
  if (scene.chance('middle bands', 0.4)) {
    for (const x of [l + half * 0.55, r - half * 0.55 - band])
      scene.paint(
        union(
          rect(x, split, x + band, 28),
          open ? rect(x, split, x + band, split + 1) : intersect(rect(x, 0, x + band, split), lid),
        ),
        metal,
        metalTone,
        'shade',
      );
  }
  scene.paint(rect(l, split, r, split + scene.whole(1.6)), metal, metalTone, 'none');
  scene.paint(
    rect(l, 28 - scene.whole(1.4), r, 28),
    metal,
    gradient([l, 0], [r, 0], 3, 0.9),
    'none',
  );
  if (!open) scene.score(intersect(rect(l, split - scene.unitY, r, split), lid));
  const lock = scene.half(2.4);
  scene.paint(
    rect(15 - lock, split - (open ? 0 : 1.4), 15 + lock, split + 5, 0.6),
    metal,
    gradient([12, split], [18, split + 5], 4.8, 2),
    'auto',
  );
  scene.spot(
    15,
    split + 2.4,
    Math.max(1, scene.unitX * (scene.width % 2 === 0 ? 2 : 1)),
    1.8,
    scene.named('black'),
    DEEP,
  );
  scene.glint(l + 3.4, lidTop + (open ? 30 : 2), 3, 1);
}
