import { Frame } from '../canvas/frame.ts';
import type { Scene } from '../canvas/scene.ts';
import { ball, flat, gradient, LIGHT, MID, plate, SHADE, tube } from '../canvas/shading.ts';
import { ellipse, mirrored, polygon, rect } from '../canvas/shapes.ts';

/** Lines of writing on a sheet: dashes of random length. */
export function writing(
  scene: Scene,
  ink: number,
  left: number,
  right: number,
  top: number,
  bottom: number,
): void {
  const line = scene.unitY;
  const step = Math.max(2.2, line * 2);
  let row = 0;
  for (let y = top; y < bottom; y += step) {
    const end = right - scene.grain('line' + row++, 0, (right - left) * 0.45);
    scene.score(rect(left, y, end, y + line * 0.98), SHADE, ink);
  }
}

export function paintScroll(scene: Scene): void {
  const paper = scene.main('paper', 'paper');
  const ribbon = scene.accent('seal', 'red', 'blue', 'green', 'purple');
  if (scene.says('rolled', 'closed', 'sealed') || scene.chance('rolled', 0.35)) {
    const frame = new Frame(scene, 3);
    const half = scene.vary('half', 3.6, 4.8);
    const end = frame.length;
    scene.paint(
      frame.shape(rect(0, -half, end, half, 0.6)),
      paper,
      frame.shading((_u, v) =>
        v < -half * 0.5 ? LIGHT + 0.3 : v < half * 0.3 ? LIGHT - 0.6 : SHADE,
      ),
      'none',
    );
    const [x, y] = frame.point(end - 0.4, 0);
    scene.paint(
      ellipse(x, y, half * 0.9),
      paper,
      plate(ellipse(x, y, half * 0.9), 1.2, MID, 0.9),
      'auto',
    );
    scene.paint(ellipse(x, y, half * 0.4), paper, flat(SHADE), 'none');
    scene.paint(
      frame.shape(rect(end * 0.44, -half - 0.3, end * 0.56, half + 0.3)),
      ribbon,
      frame.shading((_u, v) => (v < -half * 0.3 ? LIGHT : v < half * 0.4 ? MID : SHADE)),
      'auto',
    );
    const [sx, sy] = frame.point(end * 0.5, half * 0.2);
    scene.paint(ellipse(sx, sy, 2.4), ribbon, ball(sx, sy, 2.4, 2.4, 0.4), 'auto');
    return;
  }
  const wide = scene.vary('wide', 8.6, 10.2);
  scene.paint(
    mirrored(15, [wide, 4], [wide - 0.6, 15], [wide, 26]),
    paper,
    gradient([5, 4], [25, 24], 3.9, 2.2),
    'none',
  );
  const writingInk = scene.named('brown');
  if (scene.says('map') || scene.chance('map', 0.2)) {
    scene.score(
      polygon(
        [9, 20],
        [13, 17],
        [12, 14],
        [17, 12],
        [17.6, 13.2],
        [13.6, 15],
        [14.4, 18],
        [9.6, 21],
      ),
      SHADE,
      writingInk,
    );
    const mark = scene.named('red');
    for (const [dx, dy] of [
      [-1, -1],
      [0, 0],
      [1, 1],
      [-1, 1],
      [1, -1],
    ] as const)
      scene.spot(20 + dx * scene.unit, 11 + dy * scene.unit, 1, 1, mark, MID);
  } else writing(scene, writingInk, 15 - wide + 3, 15 + wide - 2.4, 9, 22);
  for (const y of [4, 26]) {
    const roll = rect(15 - wide - 2, y - 2.6, 15 + wide + 2, y + 2.6, 1.8);
    scene.paint(roll, paper, tube([0, y], [30, y], 2.9, 0.5), 'auto');
    scene.pair(wide + 1.6, y, 1.2, 2.4, scene.named('wood'), SHADE);
  }
  if (scene.chance('seal', 0.7))
    scene.paint(
      ellipse(15 + wide * 0.5, 22.6, 2.3),
      ribbon,
      ball(15 + wide * 0.5, 22.6, 2.3, 2.3, 0.5),
      'auto',
    );
}
