import { emblem } from './armour.ts';
import { Frame } from './frame.ts';
import type { Scene } from './scene.ts';
import { LIGHT, MID, SHADE, ball, flat, gradient, plate, tube } from './shading.ts';
import { ellipse, mirrored, polygon, rect } from './shapes.ts';
import type { Subject } from './subject.ts';

/** Lines of writing on a sheet: dashes of random length. */
function writing(
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

function paintScroll(scene: Scene): void {
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

function paintBook(scene: Scene): void {
  const cover = scene.main('cover', 'red', 'blue', 'green', 'purple', 'brown', 'navy', 'teal');
  const trim = scene.accent('guard', 'gold', 'silver', 'bronze');
  const paper = scene.named('paper');
  if (scene.says('open')) {
    scene.paint(
      mirrored(15, [0, 9], [13.6, 6.6], [14, 25], [0, 27.4]),
      cover,
      gradient([2, 6], [28, 26], 3.4, 1),
      'none',
    );
    for (const s of [-1, 1]) {
      const page = polygon(
        [15, 8],
        [15 + s * 4, 5.4],
        [15 + s * 12.4, 5],
        [15 + s * 12.4, 22.6],
        [15 + s * 4, 23],
        [15, 25.6],
      );
      scene.paint(
        page,
        paper,
        gradient([15 - 12, 0], [15 + 12, 0], s < 0 ? 3.9 : 3.6, s < 0 ? 3.2 : 2.1),
        'auto',
      );
      writing(
        scene,
        scene.named('brown'),
        15 + (s < 0 ? -10.6 : 2.4),
        15 + (s < 0 ? -2.4 : 10.6),
        9.4,
        20,
      );
    }
    return;
  }
  const left = 4.4;
  const right = scene.vary('wide', 23.4, 25.4);
  scene.paint(rect(left, 2, right, 28.4, 1), cover, flat(SHADE), 'none');
  scene.paint(
    rect(left + 2, 24, right - 1, 27.4),
    paper,
    (_x, y) => (Math.floor(y / scene.unitY) % 2 === 0 ? LIGHT : MID),
    'none',
  );
  const front = rect(left, 1.4, right, 25, 0.8);
  scene.paint(front, cover, gradient([7, 4], [24, 24], 3.6, 1.5), 'auto');
  const spine = rect(left, 1.4, left + 4, 25, 0.8);
  scene.paint(spine, cover, gradient([left, 0], [left + 4, 0], 2.6, 0.9), 'none');
  scene.score(rect(left + 4, 2, left + 4 + scene.unit * 0.98, 25), 0.6);
  const c = scene.whole(2.6);
  if (scene.chance('corners', 0.7)) {
    for (const [x, y] of [
      [right - c, 1.4],
      [right - c, 25 - c],
    ] as const) {
      scene.paint(rect(x, y, x + c, y + c), trim, flat(LIGHT), 'none');
    }
  } else
    for (const y of [5, 20])
      scene.paint(rect(left, y, left + 4, y + scene.whole(1.2)), trim, flat(LIGHT), 'none');
  const cx = (left + 4 + right) / 2;
  scene.paint(
    emblem(scene, 'sign', cx + 0.5, 12.6, 4.8),
    trim,
    gradient([cx - 4, 8], [cx + 4, 17], 4.2, 1.6),
    'shade',
  );
  if (scene.chance('strap', 0.3))
    scene.paint(
      rect(right - 5, 11, right + 1.4, 15, 0.6),
      trim,
      gradient([20, 0], [27, 0], 3.8, 1.6),
      'auto',
    );
}

export const BOOKS: readonly Subject[] = [
  {
    name: 'scroll',
    words: 'scroll map letter parchment note contract schriftrolle pergamino 📜 🗺 巻物',
    kind: 'item',
    paint: paintScroll,
  },
  {
    name: 'book',
    words:
      'book tome grimoire spellbook codex journal diary bible buch libro livre 📖 📕 📗 📘 📚 本',
    kind: 'item',
    paint: paintBook,
  },
];
