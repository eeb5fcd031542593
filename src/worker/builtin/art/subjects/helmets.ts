import type { Scene } from '../canvas/scene.ts';
import { ball, DEEP, flat, gradient, SHINE, tube } from '../canvas/shading.ts';
import { capsule, curve, ellipse, intersect, mirrored, rect, union } from '../canvas/shapes.ts';

function paintPlume(scene: Scene, ink: number): void {
  const lean = scene.pick('lean', [-1, 1]);
  const plume = union(
    curve([15, 6], [15 + lean * 1, -1.4], [15 + lean * 8, 3.4], 2.2, 3.2),
    capsule([15 + lean * 8, 3.4], [15 + lean * 10.4, 9.4], 3, 1),
  );
  scene.paint(plume, ink, ball(15 + lean * 5, 4.6, 9, 6), 'auto');
}

export function paintHelmet(scene: Scene): void {
  const metal = scene.main('armor', 'steel', 'steel', 'iron', 'silver', 'bronze');
  const trim = scene.accent('guard', 'gold', 'bronze', 'copper', 'iron');
  const kind = scene.says('viking', 'horned', 'horns') ? 1 : scene.choice('helmet', 4);
  const dark = scene.named('black');
  if (kind === 1) {
    const horn = scene.own('horn', 'bone', 'white');
    const up = scene.vary('horn', 1.4, 5);
    for (const s of [-1, 1]) {
      scene.paint(
        curve([15 + s * 8, 15], [15 + s * 14.6, 14], [15 + s * 13, up], 2.9, 0.7),
        horn,
        tube([15 + s * 12, 15], [15 + s * 13, 2], 3),
        'none',
      );
    }
    const dome = union(
      intersect(ellipse(15, 17, 9.6, 11), rect(0, 0, 30, 18)),
      rect(5.4, 17, 24.6, 20.4),
    );
    scene.paint(dome, metal, ball(15, 18, 10.4, 12), 'auto');
    const ridge = scene.half(1.6);
    scene.paint(
      rect(15 - ridge, 5.4, 15 + ridge, 18),
      trim,
      gradient([13, 0], [18, 0], 4, 1.6),
      'shade',
    );
    scene.paint(
      rect(4.6, 16.4, 25.4, 20.4, 0.6),
      trim,
      gradient([5, 0], [25, 0], 4.2, 1.2),
      'auto',
    );
    scene.paint(
      mirrored(15, [2.2, 20], [1.6, 26.4], [0, 27.4]),
      metal,
      gradient([13, 0], [17, 0], 4, 1.4),
      'auto',
    );
    for (const x of [8, 15, 22]) scene.glint(x, 18.2, 1.2, 1.2, SHINE);
    return;
  }
  if (kind !== 3 || scene.says('plume', 'knight'))
    paintPlume(scene, scene.own('plume', 'red', 'blue', 'purple', 'green', 'white'));
  const wide = scene.vary('wide', 9, 10.4);
  const shell =
    kind === 2
      ? mirrored(
          15,
          [0, 5],
          [5, 5.8],
          [wide - 1, 9.4],
          [wide, 15],
          [wide - 0.6, 24],
          [wide - 3, 28.6],
          [0, 28.6],
        )
      : mirrored(
          15,
          [0, 4.6],
          [4, 5.2],
          [wide - 1.4, 8.4],
          [wide, 13.4],
          [wide, 22.6],
          [wide - 2, 26.6],
          [4, 28],
          [0, 29.2],
        );
  scene.paint(shell, metal, ball(14, 15, 13, 15), 'auto');
  const slit = Math.max(2.2, scene.unit);
  if (kind === 0 || kind === 3) {
    const y = scene.snapY(14);
    scene.paint(
      mirrored(
        15,
        [0, y - slit / 2],
        [wide - 1.8, y - slit / 2],
        [wide - 1.8, y + slit / 2],
        [0, y + slit / 2],
      ),
      dark,
      flat(DEEP),
      'none',
    );
    const bar = scene.half(1.4);
    scene.paint(
      rect(15 - bar, 6.4, 15 + bar, 27.4),
      trim,
      gradient([13, 0], [17, 0], 4.2, 1.8),
      'shade',
    );
    scene.paint(
      rect(15 - wide + 0.6, y - slit / 2 - scene.whole(1.4), 15 + wide - 0.6, y - slit / 2),
      trim,
      gradient([6, 0], [24, 0], 4.4, 1.4),
      'shade',
    );
    if (scene.unit < 1.5) {
      for (const dx of [3.6, 5.8])
        for (const py of [19, 21.6]) scene.pair(dx, py, 1, 1, dark, DEEP);
    }
  } else {
    const visor = mirrored(15, [0, 11.4], [wide + 0.4, 11.4], [wide - 1, 17], [3, 23.4], [0, 24.4]);
    scene.paint(visor, metal, gradient([8, 11], [22, 22], 4.3, 1), 'auto');
    const y = scene.snapY(14.4);
    scene.paint(
      mirrored(
        15,
        [0.9, y - slit / 2],
        [wide - 2.4, y - slit / 2],
        [wide - 3, y + slit / 2],
        [0.9, y + slit / 2],
      ),
      dark,
      flat(DEEP),
      'none',
    );
    if (scene.unit < 1.5) for (const dx of [2.4, 4.4]) scene.pair(dx, 19, 0.9, 2.2, dark, DEEP);
    scene.paint(
      rect(15 - wide, 10.4, 15 + wide, 10.4 + scene.whole(1.4)),
      trim,
      gradient([6, 0], [24, 0], 4.4, 1.4),
      'shade',
    );
  }
  scene.glint(15 - wide * 0.58, 10, 1.2, 2.2);
}
