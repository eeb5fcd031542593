import type { Scene } from '../canvas/scene.ts';
import { ball, DEEP, flat, gradient, LIGHT, MID, SHADE } from '../canvas/shading.ts';
import { capsule, ellipse, intersect, polygon, rect, union } from '../canvas/shapes.ts';

export function paintMeat(scene: Scene): void {
  const meat = scene.main('meat', 'copper', 'rust', 'wood');
  const bone = scene.accent('bone', 'bone');
  const x = scene.vary('fat', 12.4, 13.4);
  scene.paint(capsule([17, 17], [25.4, 25.4], 1.7), bone, flat(LIGHT - 0.3), 'none');
  for (const [bx, by] of [
    [27, 23.8],
    [23.8, 27],
  ] as const)
    scene.paint(ellipse(bx, by, 2.4), bone, ball(bx, by, 2.6, 2.6, 0.8), 'none');
  const body = union(ellipse(x - 1, 11.6, 10, 9.4), capsule([13, 12], [19, 19], 7, 2.4));
  scene.paint(body, meat, ball(x - 1, 11.4, 11.4, 11), 'auto');
  for (let i = 0; i < 3; i++) {
    const gx = 8 + i * 4.4;
    scene.tint(capsule([gx + 3, 9 + i * 2.6], [gx, 13 + i * 2.6], scene.unit * 0.55), -1, meat);
  }
  scene.glint(7.6, 7.6, 2.4, 1.4);
  scene.glint(6, 9.6, 1.2, 2);
}

export function paintBread(scene: Scene): void {
  const crust = scene.main('crust', 'wood', 'bronze', 'amber');
  const inside = scene.named('paper');
  const high = scene.vary('high', 8, 10.4);
  const loaf = union(
    ellipse(15, 18, 13.4, high),
    intersect(rect(2, 17, 28, 25, 3), ellipse(15, 18, 14, 11)),
  );
  scene.paint(loaf, crust, ball(13, 16.6, 15.4, high * 1.3), 'none');
  const cuts = scene.pick('cuts', [3, 4]);
  for (let i = 0; i < cuts; i++) {
    const x = 7.6 + (i * 15) / (cuts - 1);
    scene.paint(
      intersect(loaf, capsule([x + 1.6, 11.6], [x - 1.2, 17], 1, 0.8)),
      inside,
      flat(MID),
      'shade',
    );
  }
}

export function paintCheese(scene: Scene): void {
  const cheese = scene.main('cheese', 'yellow', 'amber', 'gold');
  const top = polygon([2, 14], [19, 5], [28, 12.4], [28, 13.4], [2, 15.4]);
  scene.paint(
    polygon([2, 14.4], [28, 13], [28, 24.4], [2, 26]),
    cheese,
    gradient([2, 14], [28, 24], 2.9, 1.6),
    'none',
  );
  scene.paint(top, cheese, flat(LIGHT), 'shade');
  const holes: [number, number, number][] = [
    [8, 20.4, 2.5],
    [16.4, 18, 1.8],
    [22.4, 20.6, 2.5],
    [14.4, 23.4, 1.4],
  ];
  for (const [i, [x, y, r]] of holes.entries()) {
    const dx = scene.vary('hole x' + i, -1.2, 1.2);
    scene.recolour(ellipse(x + dx, y, r), cheese, flat(DEEP + 0.5));
    scene.recolour(ellipse(x + dx + 0.6, y + 0.7, r * 0.66), cheese, flat(SHADE));
  }
  scene.glint(8, 13, 2.4, 1);
}
