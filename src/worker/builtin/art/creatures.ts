import type { Scene } from './scene.ts';
import { DEEP, LIGHT, MID, SHADE, SHINE, ball, flat, gradient, tube } from './shading.ts';
import {
  type Point,
  type Shape,
  capsule,
  curve,
  ellipse,
  intersect,
  mirrored,
  polygon,
  rect,
  subtract,
  union,
} from './shapes.ts';
import type { Subject } from './subject.ts';

/** Two shiny eyes; on small canvases single dark cells. */
export function eyesAt(scene: Scene, dx: number, y: number, size: number, white = false): void {
  const black = scene.named('black');
  const iris = scene.own('eyes', 'black');
  const pale = scene.named('white');
  if (scene.unit > 1.4) {
    scene.pair(
      dx,
      y,
      1,
      Math.max(1, size * 0.8),
      iris === black ? black : iris,
      iris === black ? DEEP : MID,
    );
    return;
  }
  if (white) {
    scene.pair(dx, y, size * 1.2, size * 1.3, pale, LIGHT + 0.8);
    scene.pair(dx - size * 0.2, y + size * 0.15, size * 0.6, size * 0.8, iris, DEEP);
  } else {
    scene.pair(dx, y, size * 0.8, size * 1.2, iris, iris === black ? DEEP : MID);
    const left = 15 - dx - size * 0.16;
    for (const x of [left, left + dx * 2])
      scene.spot(x, y - size * 0.34, size * 0.34, size * 0.34, pale, SHINE);
  }
}

function mouth(scene: Scene, y: number, w: number, mood: number): void {
  if (scene.unit > 1.9) return;
  const black = scene.named('black');
  const half = scene.half(w);
  const line = scene.unitY * 0.98;
  const at = scene.snapY(y);
  scene.score(rect(15 - half, at, 15 + half, at + line), DEEP, black);
  if (mood > 0) scene.pair(half + scene.unitX / 2, at - line / 2, 0.1, 0.1, black, DEEP);
  if (mood < 0) scene.pair(half + scene.unitX / 2, at + line * 1.5, 0.1, 0.1, black, DEEP);
}

function paintSlime(scene: Scene): void {
  const ink = scene.main(
    'slime',
    'slime',
    'slime',
    'blue',
    'pink',
    'purple',
    'red',
    'teal',
    'orange',
  );
  const wide = scene.vary('wide', 11.6, 13.8);
  const top = scene.vary('top', 8.4, 12.4);
  const kind = scene.choice('slime', 3);
  const dome =
    kind === 1
      ? mirrored(
          15,
          [0, top - 5],
          [1.6, top - 1.6],
          [wide * 0.6, top + 4],
          [wide * 0.96, 20],
          [wide, 25],
          [wide - 2.4, 28.4],
          [0, 28.4],
        )
      : mirrored(
          15,
          [0, top],
          [wide * 0.45, top + 0.8],
          [wide * 0.8, top + 5],
          [wide * 0.97, 20],
          [wide, 25],
          [wide - 1.6, 28.4],
          [0, 28.4],
        );
  const puddle = kind === 2 ? union(dome, ellipse(15, 26.8, wide + 1, 2)) : dome;
  scene.paint(puddle, ink, ball(13.4, 20, wide * 1.24, 28.6 - top), 'none');
  scene.tint(intersect(puddle, rect(0, 26.6, 30, 30)), -0.9, ink);
  const core = ellipse(15, 25.4, wide * 0.66, 2.2);
  if (scene.detail > 0.3) scene.tint(core, 1, ink);
  const y = scene.vary('eyes', 17.6, 19.6);
  eyesAt(scene, scene.vary('eye gap', 3.6, 5), y, 2.8, scene.chance('white eyes', 0.3));
  const angry = scene.says('angry', 'evil');
  mouth(scene, y + 4, scene.vary('mouth', 1.4, 2.8), angry ? -1 : 1);
  if (angry && scene.unit < 1.5) scene.pair(4, y - 2.6, 3, 0.9, scene.named('black'), DEEP);
  scene.glint(15 - wide * 0.5, top + (kind === 1 ? 6 : 4.4), 2.2, 2);
  scene.glint(15 - wide * 0.72, top + 9.4, 1.2, 1.6);
  for (let i = 0; i < 2; i++) {
    const x = scene.grain('bubble' + i, 18, 23);
    scene.tint(ellipse(x, 21.6 + i * 2.4, 1), 1, ink);
  }
}

function paintBat(scene: Scene): void {
  const ink = scene.main('skin', 'shadow', 'purple', 'brown', 'grey', 'navy');
  const wing = scene.accent('wing', 'purple', 'shadow', 'red', 'brown');
  const lift = scene.vary('lift', -3, 3);
  for (const s of [-1, 1]) {
    const sail = polygon(
      [15 + s * 3, 13],
      [15 + s * 8, 7 + lift],
      [15 + s * 14.6, 6 + lift * 1.4],
      [15 + s * 14.2, 15 + lift],
      [15 + s * 12, 19.6],
      [15 + s * 10.6, 17],
      [15 + s * 8, 21.6],
      [15 + s * 6.2, 18.4],
      [15 + s * 3, 21],
    );
    scene.paint(sail, wing, gradient([15, 6], [15 + s * 5, 22], s < 0 ? 3.4 : 2.9, 1), 'none');
    const bone = Math.max(0.55, scene.unit * 0.5);
    if (scene.unit < 1.5)
      for (const end of [
        [12, 19.4],
        [8, 21.2],
      ] as const)
        scene.score(
          intersect(sail, capsule([15 + s * 8, 8 + lift], [15 + s * end[0], end[1]], bone)),
          SHADE,
          ink,
        );
    scene.paint(
      union(
        capsule([15 + s * 3, 13], [15 + s * 8, 7.4 + lift], 0.9),
        capsule([15 + s * 8, 7.4 + lift], [15 + s * 14, 6.4 + lift * 1.4], 0.8),
      ),
      ink,
      flat(s < 0 ? LIGHT : MID),
      'none',
    );
  }
  for (const s of [-1, 1]) {
    scene.paint(
      polygon([15 + s * 1, 9.4], [15 + s * 4.6, 3.4], [15 + s * 5.4, 10.4]),
      ink,
      flat(s < 0 ? LIGHT : SHADE),
      'auto',
    );
  }
  const body = union(ellipse(15, 14, 6, 5.8), ellipse(15, 19, 4.4, 5));
  scene.paint(body, ink, ball(13.6, 14, 7.6, 10), 'auto');
  const eyes = scene.own('eyes', 'yellow', 'red', 'white');
  scene.pair(2.4, 13, scene.unit < 1.5 ? 2 : 1, scene.unit < 1.5 ? 2 : 1, eyes, LIGHT);
  if (scene.unit < 1.5) {
    scene.pair(2, 13.4, 0.9, 1, scene.named('black'), DEEP);
    scene.pair(1.5, 17, 0.9, 1.8, scene.named('white'), SHINE);
    mouth(scene, 15.8, 2.4, 0);
  }
  scene.pair(2, 24, 1, 1.4, ink, SHADE);
}

function paintGhost(scene: Scene): void {
  const ink = scene.main('ghost', 'ghost', 'ghost', 'white', 'ice', 'blossom');
  const waves = scene.pick('waves', [3, 4]);
  const wide = scene.vary('wide', 9.4, 11.4);
  const top = scene.vary('top', 2, 4);
  const foot: Point[] = [];
  for (let i = 0; i <= waves * 2; i++) {
    const x = 15 + wide - (i * wide) / waves;
    foot.push([x, i % 2 === 0 ? 28.8 : 24.4]);
  }
  const body = union(
    ellipse(15, top + wide, wide, wide),
    polygon([15 - wide, top + wide], [15 + wide, top + wide], ...foot),
  );
  scene.paint(body, ink, ball(13, 13, wide * 1.32, 19), 'none');
  for (const s of [-1, 1]) {
    const up = scene.vary('arms', -2, 3);
    scene.paint(
      capsule([15 + s * (wide - 1), 17], [15 + s * (wide + 2), 17 - up], 2.2, 1.5),
      ink,
      flat(s < 0 ? LIGHT + 0.6 : MID),
      'shade',
    );
  }
  const y = top + wide * 0.95;
  eyesAt(scene, 3.6, y, 3.4);
  const black = scene.named('black');
  if (scene.says('scary', 'evil', 'angry') || scene.chance('howl', 0.5)) {
    scene.paint(ellipse(15, y + 5.6, 2, 2.6), black, flat(SHADE), 'none');
  } else mouth(scene, y + 4.4, 1.8, 1);
  if (scene.unit < 1.5) scene.pair(5.8, y + 3, 2, 1, scene.named('pink'), LIGHT);
}

function paintSpider(scene: Scene): void {
  const ink = scene.main('skin', 'black', 'brown', 'shadow', 'purple', 'red');
  const mark = scene.accent('emblem', 'red', 'lime', 'yellow', 'white');
  const leg = Math.max(0.85, scene.unit * 0.45);
  const spread = scene.vary('spread', 0.9, 1.06);
  for (const s of [-1, 1]) {
    const legs: [Point, Point][] = [
      [
        [8, 6.6],
        [12.6, 3],
      ],
      [
        [10.4, 11],
        [14.2, 10.6],
      ],
      [
        [10.4, 17],
        [14.2, 21.4],
      ],
      [
        [7.4, 20.6],
        [11, 27.8],
      ],
    ];
    for (const [knee, foot] of legs) {
      const k: Point = [15 + s * knee[0] * spread, knee[1]];
      const light = flat(s < 0 ? LIGHT : MID);
      scene.paint(
        union(
          capsule([15 + s * 2, 14.6], k, leg),
          capsule(k, [15 + s * foot[0] * spread, foot[1]], leg, leg * 0.8),
        ),
        ink,
        light,
        'none',
      );
    }
  }
  const rear = ellipse(15, 11, 6.4, 7.4);
  scene.paint(rear, ink, ball(13.6, 9.6, 8, 9, 0.2), 'auto');
  const sign = scene.choice('mark', 3);
  const shape: Shape =
    sign === 0
      ? mirrored(15, [2.4, 6.4], [0.5, 10], [2.4, 13.6])
      : sign === 1
        ? union(ellipse(15, 7.6, 1.7), ellipse(15, 11.6, 2.3))
        : union(rect(11, 7.4, 19, 8.6), rect(10.4, 11, 19.6, 12.2));
  scene.recolour(intersect(shape, rear), mark, gradient([12, 6], [18, 14], 3.6, 1.8), ink);
  scene.paint(ellipse(15, 20.4, 5, 4.6), ink, ball(13.8, 19.6, 6, 5.6, 0.2), 'auto');
  const eyes = scene.own('eyes', 'red', 'yellow', 'lime');
  scene.pair(1.9, 20.4, scene.unit < 1.5 ? 1.8 : 1, scene.unit < 1.5 ? 1.8 : 1, eyes, LIGHT);
  if (scene.unit < 1.5) {
    scene.pair(3.9, 18.6, 1, 1, eyes, MID);
    scene.pair(1.4, 24.8, 1, 2, scene.named('bone'), LIGHT);
  }
}

function paintSkull(scene: Scene): void {
  const bone = scene.main('bone', 'bone');
  const black = scene.named('black');
  const r = scene.vary('wide', 10.4, 12);
  const jaw = scene.half(scene.vary('jaw', 6, 7.4));
  const head = union(ellipse(15, 12.4, r, 10.6), rect(15 - jaw, 16, 15 + jaw, 27.6, 2));
  scene.paint(head, bone, ball(13.4, 12, r * 1.25, 15), 'none');
  const eye = scene.vary('eye', 2.9, 3.6);
  for (const s of [-1, 1])
    scene.paint(
      ellipse(15 + s * 4.8, 14, eye, eye * 1.05),
      black,
      gradient([0, 11], [0, 17], 0.5, 1.4),
      'none',
    );
  const eyes =
    scene.brief.paints.some(p => p.part === 'eyes') ||
    scene.brief.effects.has('magic') ||
    scene.brief.effects.has('fire');
  if (eyes) scene.pair(4.8, 14.4, 2, 2, scene.own('eyes', 'cyan', 'red'), LIGHT);
  scene.paint(mirrored(15, [0, 17.4], [1.9, 20.6], [0, 20]), black, flat(SHADE), 'none');
  const y = scene.snapY(23.2);
  scene.score(rect(15 - jaw + 1, y, 15 + jaw - 1, y + scene.unitY * 0.98), SHADE);
  if (scene.unit < 1.8) for (const dx of [1.4, 4.2]) scene.pair(dx, 25.2, 0.8, 4.4, black, SHADE);
  if (scene.chance('crack', 0.5) && scene.unit < 1.5) {
    scene.score(capsule([18, 2.6], [19.4, 5.6], scene.unit * 0.45), SHADE);
    scene.score(capsule([19.4, 5.6], [18.4, 8], scene.unit * 0.45), SHADE);
  }
  scene.glint(8.6, 7.4, 2.4, 1.6);
}

function paintEye(scene: Scene): void {
  const skin = scene.main('skin', 'purple', 'red', 'moss', 'flesh', 'teal');
  const iris = scene.accent('eyes', 'blue', 'lime', 'amber', 'red', 'cyan');
  const white = scene.named('white');
  const r = 8.8;
  for (const [i, [x, y]] of (
    [
      [5, 6],
      [11, 3],
      [19, 3],
      [25, 6],
      [4, 25],
      [26, 25],
    ] as const
  ).entries()) {
    if (i > 3 && scene.chance('tail', 0.5)) continue;
    scene.paint(
      curve(
        [15 + (x - 15) * 0.45, 16 + (y - 16) * 0.5],
        [15 + (x - 15) * 0.5, y],
        [x, y + 1],
        1.3,
        1,
      ),
      skin,
      flat(x < 15 ? LIGHT : SHADE),
      'none',
    );
    if (i < 4)
      scene.paint(
        ellipse(x, y + 0.6, Math.max(1.6, scene.unit * 0.7)),
        iris,
        ball(x, y + 0.6, 1.7, 1.7, 0.6),
        'auto',
      );
  }
  scene.paint(ellipse(15, 16.4, 11, 10.6), skin, ball(13.6, 15.4, 12.4, 12), 'auto');
  scene.paint(ellipse(15, 15.6, r * 0.9, r * 0.82), white, ball(13.8, 14, 9, 9, 0.4), 'auto');
  const look = scene.vary('look', -1.4, 1.4);
  scene.paint(ellipse(15 + look, 15.8, 4.4), iris, ball(15 + look, 15.8, 5, 5, 0.2), 'auto');
  const slit = scene.chance('slit', 0.5) ? 1.1 : 2;
  scene.paint(
    ellipse(15 + look, 15.8, Math.max(slit, scene.unit * 0.5), 2.8),
    scene.named('black'),
    flat(DEEP),
    'none',
  );
  scene.glint(13 + look, 13.8, 1.5, 1.5);
  if (scene.unit < 1.5) {
    const teeth = intersect(mirrored(15, [6, 23.4], [0, 26]), rect(0, 23, 30, 26));
    scene.paint(teeth, scene.named('black'), flat(SHADE), 'none');
    for (const dx of [1.2, 3.6]) scene.pair(dx, 23.8, 1, 1, scene.named('bone'), LIGHT);
  }
}

function paintDragon(scene: Scene): void {
  const ink = scene.main('skin', 'red', 'green', 'blue', 'purple', 'teal');
  const belly = scene.accent('belly', 'sand', 'yellow', 'amber', 'bone');
  const wing = scene.own('wing', 'orange', 'red', 'purple', 'brown');
  const horn = scene.own('horn', 'bone');
  scene.paint(
    curve([20, 25], [28, 29], [27.4, 20.4], 2, 0.8),
    ink,
    gradient([20, 20], [28, 28], 2.9, 1.2),
    'none',
  );
  scene.paint(polygon([25.8, 21], [27.6, 17], [29.4, 21]), horn, flat(MID), 'none');
  for (const s of [-1, 1]) {
    const sail = polygon(
      [15 + s * 4, 17],
      [15 + s * 9, 8],
      [15 + s * 14.4, 6.4],
      [15 + s * 14.2, 13],
      [15 + s * 13, 17],
      [15 + s * 11, 15.6],
      [15 + s * 10.4, 19.4],
      [15 + s * 8, 17.6],
      [15 + s * 6, 21],
    );
    scene.paint(sail, wing, gradient([15, 6], [15 + s * 6, 20], s < 0 ? 3.6 : 2.9, 1.2), 'none');
    scene.paint(
      union(
        capsule([15 + s * 4, 16], [15 + s * 9, 8.4], 0.9),
        capsule([15 + s * 9, 8.4], [15 + s * 14, 6.8], 0.8),
      ),
      ink,
      flat(s < 0 ? LIGHT : MID),
      'none',
    );
  }
  for (const s of [-1, 1]) {
    scene.paint(
      ellipse(15 + s * 4.6, 26.6, 3.2, 2.8),
      ink,
      ball(15 + s * 4.6, 26.4, 3.4, 3),
      'none',
    );
    if (scene.unit < 1.5)
      for (const dx of [3.4, 5.8]) scene.spot(15 + s * dx, 28.6, 1, 1, horn, LIGHT);
  }
  scene.paint(ellipse(15, 21.4, 6.6, 7), ink, ball(13.6, 20, 8, 8.4), 'auto');
  const front = intersect(ellipse(15, 22.4, 4, 6), rect(0, 15, 30, 28));
  scene.paint(front, belly, gradient([12, 17], [18, 28], 3.7, 1.8), 'shade');
  for (const y of [19.4, 22, 24.6])
    scene.tint(
      intersect(front, rect(0, scene.snapY(y), 30, scene.snapY(y) + scene.unitY)),
      -0.9,
      belly,
    );
  for (const s of [-1, 1])
    scene.paint(
      curve([15 + s * 4, 5.4], [15 + s * 7, 4], [15 + s * 7, 0.6], 1.5, 0.5),
      horn,
      flat(s < 0 ? LIGHT : MID),
      'none',
    );
  scene.paint(
    union(ellipse(15, 9, 6.6, 5.8), ellipse(15, 13, 5.4, 3.8)),
    ink,
    ball(13.6, 8.6, 8, 8.4, 0.1),
    'auto',
  );
  if (scene.chance('crest', 0.6))
    scene.paint(mirrored(15, [0, 1.4], [1.6, 5.4], [0, 6.4]), horn, flat(LIGHT), 'shade');
  const eyes = scene.own('eyes', 'yellow', 'amber', 'white', 'cyan');
  scene.pair(3.4, 8.6, scene.unit < 1.5 ? 2 : 1, scene.unit < 1.5 ? 2.2 : 1, eyes, LIGHT);
  if (scene.unit < 1.5) {
    scene.pair(3, 8.8, 0.9, 2, scene.named('black'), DEEP);
    scene.pair(1.7, 12.6, 1, 1, scene.named('black'), SHADE);
    scene.pair(2.9, 16, 1, 1.4, horn, SHINE);
  }
}

function paintSnake(scene: Scene): void {
  const ink = scene.main('skin', 'green', 'lime', 'red', 'teal', 'purple', 'sand');
  const band = scene.accent('emblem', 'yellow', 'black', 'red', 'lime');
  const coils: readonly (readonly [number, number, number])[] = [
    [24.6, 12.6, 3],
    [21, 9.4, 2.6],
    [17, 7, 2.2],
  ];
  for (const [y, rx, ry] of coils) {
    scene.paint(ellipse(15, y, rx, ry + 1), ink, tube([0, y], [30, y], ry + 1.6), 'auto');
    for (const dx of [-0.6, -0.05, 0.5])
      scene.tint(
        intersect(ellipse(15, y, rx, ry + 1), rect(15 + dx * rx, y - 4, 15 + dx * rx + 1.6, y + 4)),
        -0.8,
        ink,
      );
    scene.recolour(
      intersect(
        ellipse(15, y + 0.6, rx * 0.9, ry),
        union(
          ...[-0.66, -0.12, 0.42].map(dx =>
            polygon(
              [15 + dx * rx, y],
              [15 + dx * rx + 1.6, y - 1.6],
              [15 + dx * rx + 3.2, y],
              [15 + dx * rx + 1.6, y + 1.6],
            ),
          ),
        ),
      ),
      band,
      undefined,
      ink,
    );
  }
  const neck = scene.pick('side', [-1, 1]);
  scene.paint(
    curve([15, 15], [15 - neck * 4, 11], [15, 6.6], 2.5),
    ink,
    gradient([11, 8], [19, 14], 3.4, 1.4),
    'auto',
  );
  scene.paint(ellipse(15, 6.4, 5.2, 4.2), ink, ball(13.8, 5.6, 6, 5.4, 0.2), 'auto');
  const tongue = scene.named('red');
  scene.spot(15, 11, scene.width % 2 === 0 ? scene.unitX * 2 : 1, 1.8, tongue, MID);
  scene.pair(1.4, 12.6, 1, 1, tongue, MID);
  const eyes = scene.own('eyes', 'yellow', 'red', 'black');
  scene.pair(2.9, 5.6, scene.unit < 1.5 ? 1.5 : 1, scene.unit < 1.5 ? 2 : 1, eyes, LIGHT);
  if (scene.unit < 1.5) scene.pair(2.7, 5.8, 0.7, 2, scene.named('black'), DEEP);
}

function paintRat(scene: Scene): void {
  const ink = scene.main('skin', 'grey', 'brown', 'darkwood', 'white');
  const pink = scene.own('tail', 'flesh');
  scene.paint(
    curve([22, 25], [30, 27.6], [27.6, 15.6], Math.max(0.95, scene.unit * 0.5), 0.7),
    pink,
    flat(MID),
    'none',
  );
  for (const x of [11, 20.4])
    scene.paint(ellipse(x, 27.4, 2.4, 1.5), pink, flat(x < 15 ? LIGHT : MID), 'none');
  scene.paint(ellipse(16.4, 20.4, 9.4, 7.4), ink, ball(15, 18, 11, 9.4), 'none');
  const ear = scene.vary('ear', 2.7, 3.5);
  for (const [x, y] of [
    [13.4, 9.4],
    [6.4, 10.4],
  ] as const) {
    scene.paint(ellipse(x, y, ear), ink, ball(x, y, ear), 'auto');
    scene.paint(ellipse(x, y + 0.4, ear * 0.56), pink, flat(MID), 'none');
  }
  const headShape = union(
    ellipse(9.6, 15.6, 6, 5.4),
    polygon([4.6, 13], [1.4, 17.8], [4, 20], [9, 20.6]),
  );
  scene.paint(headShape, ink, ball(8.6, 14.4, 7.4, 6.8, 0.2), 'auto');
  scene.spot(2.4, 17.8, 1.6, 1.4, pink, LIGHT);
  scene.spot(7.4, 14.6, 1.4, 1.8, scene.named('black'), DEEP);
  if (scene.unit < 0.9) scene.spot(7.1, 14, 0.5, 0.5, scene.named('white'), SHINE);
  if (scene.unit < 1.5) scene.spot(6, 20, 1.2, 1.2, scene.named('bone'), SHINE);
}

function paintFish(scene: Scene): void {
  const ink = scene.main('skin', 'orange', 'blue', 'teal', 'red', 'silver', 'yellow');
  const fin = scene.accent('wing', 'red', 'yellow', 'purple', 'cyan');
  const high = scene.vary('high', 6.4, 8.6);
  const fork = scene.vary('fork', 1, 4);
  scene.paint(
    polygon([20, 15], [28.4, 8], [28.4 - fork, 15], [28.4, 22]),
    fin,
    gradient([22, 8], [27, 22], 3.6, 1.4),
    'none',
  );
  scene.paint(
    polygon([9, 15 - high + 1.4], [14, 15 - high - 3], [20, 15 - high * 0.5]),
    fin,
    flat(LIGHT),
    'none',
  );
  scene.paint(
    polygon([12, 15 + high - 1.4], [17, 15 + high + 2.6], [18, 15 + high * 0.6]),
    fin,
    flat(SHADE),
    'none',
  );
  const body = intersect(
    ellipse(12.6, 15 + 3, 11.6, high + 3),
    ellipse(12.6, 15 - 3, 11.6, high + 3),
  );
  scene.paint(body, ink, ball(10.6, 12.6, 12.6, high * 1.5), 'auto');
  scene.recolour(
    intersect(body, rect(0, 15 + high * 0.36, 30, 30)),
    scene.named('bone'),
    gradient([0, 16], [0, 24], 3.6, 1.8),
  );
  const kind = scene.choice('stripes', 3);
  if (kind > 0)
    for (const x of kind === 1 ? [12.6, 17] : [13, 16, 19])
      scene.recolour(
        intersect(body, rect(x, 0, x + (kind === 1 ? 2 : 1), 30)),
        fin,
        undefined,
        ink,
      );
  else
    for (let i = 0; i < 6; i++)
      scene.tint(
        intersect(
          body,
          rect(
            11 + (i % 3) * 3.4,
            12.4 + Math.floor(i / 3) * 3.2,
            12.6 + (i % 3) * 3.4,
            13.4 + Math.floor(i / 3) * 3.2,
          ),
        ),
        1,
        ink,
      );
  scene.paint(
    polygon([11.4, 16], [16.4, 17], [13, 20.4]),
    fin,
    gradient([11, 16], [16, 20], 3.8, 1.8),
    'shade',
  );
  scene.paint(
    ellipse(6, 13.4, Math.max(1.9, scene.unit * 0.6)),
    scene.named('white'),
    flat(SHINE),
    scene.unit < 1.2 ? 'auto' : 'none',
  );
  scene.spot(5.8, 13.6, 1.4, 1.6, scene.named('black'), DEEP);
  scene.score(capsule([1.4, 17], [4.4, 17.4], scene.unit * 0.5), DEEP);
}

function paintChicken(scene: Scene): void {
  const ink = scene.main('skin', 'white', 'yellow', 'brown', 'bone');
  const comb = scene.accent('plume', 'red');
  const beak = scene.named('orange');
  const chick = scene.says('chick', 'duck', 'duckling', 'bird') || scene.chance('chick', 0.2);
  for (const x of [12.6, 18])
    scene.paint(
      union(rect(x - 0.6, 24, x + 0.6, 28.4), rect(x - 2.2, 27.6, x + 1, 28.8)),
      beak,
      flat(MID),
      'none',
    );
  if (!chick)
    scene.paint(
      union(ellipse(24.4, 11.6, 3, 4.4), ellipse(26, 15, 2.4, 3)),
      ink,
      gradient([22, 8], [28, 18], 3.6, 1.6),
      'none',
    );
  if (!chick)
    scene.paint(
      union(ellipse(8.4, 4.4, 1.8), ellipse(11.2, 3.4, 1.9), ellipse(13.4, 5, 1.6)),
      comb,
      flat(MID),
      'none',
    );
  const body = union(
    ellipse(16.4, 18.4, 9.4, 7.6),
    ellipse(11, 10, 5.4, 5.4),
    polygon([6.2, 12], [16, 9], [21, 14], [8, 20]),
  );
  scene.paint(body, ink, ball(13, 14.4, 14, 13.4, 0.1), 'auto');
  scene.paint(
    polygon([13.4, 16], [23.4, 15], [22, 20], [17, 22.4]),
    ink,
    gradient([13, 15], [22, 22], 3.4, 1.4),
    'auto',
  );
  scene.paint(
    polygon([6.4, 8.8], [2, 11.2], [6.6, 12.6]),
    beak,
    gradient([4, 9], [5, 13], 3.9, 1.8),
    'auto',
  );
  if (!chick) scene.paint(ellipse(6.6, 14.4, 1.4, 1.8), comb, flat(MID), 'shade');
  scene.spot(9, 9.6, 1.3, 1.8, scene.named('black'), DEEP);
}

function paintCat(scene: Scene): void {
  const ink = scene.main('skin', 'orange', 'grey', 'black', 'white', 'brown');
  const patch = scene.accent('emblem', 'white', 'bone');
  const dog = scene.says('dog', 'wolf', 'fox', 'puppy', 'hound');
  const side = scene.pick('tail', [-1, 1]);
  scene.paint(
    curve([15 + side * 5, 26], [15 + side * 13, 27], [15 + side * 11, 17], 1.7, 1.3),
    ink,
    gradient([6, 17], [24, 27], 3, 1.4),
    'none',
  );
  scene.paint(
    union(ellipse(15, 23, 6.6, 6), rect(9.4, 24, 20.6, 29, 2)),
    ink,
    ball(13.6, 21, 8.4, 8.6),
    'none',
  );
  scene.paint(
    intersect(ellipse(15, 22.6, 3.4, 4.4), rect(0, 17, 30, 27)),
    patch,
    gradient([12, 19], [18, 27], 3.8, 2.2),
    'none',
  );
  for (const s of [-1, 1])
    scene.paint(ellipse(15 + s * 3, 28, 2.3, 1.6), ink, flat(s < 0 ? LIGHT : MID), 'shade');
  for (const s of [-1, 1]) {
    const earShape =
      dog && !scene.says('wolf', 'fox')
        ? ellipse(15 + s * 7.4, 10.4, 2.3, 4.6)
        : polygon([15 + s * 2, 6.4], [15 + s * 7, 1], [15 + s * 8.4, 9.4]);
    scene.paint(earShape, ink, flat(s < 0 ? LIGHT : SHADE), 'auto');
    if (!dog && scene.unit < 1.5)
      scene.paint(
        polygon([15 + s * 4.4, 6], [15 + s * 6.6, 3.4], [15 + s * 7.2, 7.4]),
        scene.named('flesh'),
        flat(MID),
        'none',
      );
  }
  scene.paint(ellipse(15, 11.4, 8.4, 6.8), ink, ball(13.6, 10, 10.4, 8.8, 0.1), 'auto');
  if (scene.chance('stripes', 0.5) && scene.unit < 1.5 && !dog)
    for (const x of [12.4, 15, 17.6])
      scene.tint(rect(x - scene.unitX / 2, 5, x + scene.unitX / 2, 7.6), -1, ink);
  scene.paint(ellipse(15, 14.6, dog ? 4 : 3.4, dog ? 3 : 2.2), patch, flat(LIGHT), 'none');
  eyesAt(scene, 3.9, 11.2, 2.4);
  scene.spot(
    15,
    13.4,
    scene.width % 2 === 0 ? scene.unitX * 2 : 1,
    1.1,
    dog ? scene.named('black') : scene.named('flesh'),
    dog ? DEEP : MID,
  );
  if (scene.unit < 1.2)
    scene.spot(
      15,
      15.4,
      scene.width % 2 === 0 ? scene.unitX * 2 : 1,
      1,
      scene.named('black'),
      SHADE,
    );
}

function paintCrab(scene: Scene): void {
  const ink = scene.main('skin', 'red', 'orange', 'blue', 'teal');
  const leg = Math.max(0.9, scene.unit * 0.5);
  for (const s of [-1, 1]) {
    for (const [i, [x, y]] of (
      [
        [12.6, 21.4],
        [12.4, 25],
        [9.6, 28],
      ] as const
    ).entries()) {
      scene.paint(
        union(
          capsule([15 + s * 7, 19 + i * 1.4], [15 + s * (x - 1), 18.4 + i * 2.4], leg),
          capsule([15 + s * (x - 1), 18.4 + i * 2.4], [15 + s * x, y], leg, 0.5),
        ),
        ink,
        flat(s < 0 ? LIGHT - 0.4 : SHADE),
        'none',
      );
    }
    scene.paint(
      capsule([15 + s * 7.4, 16], [15 + s * 10.6, 11.6], 1.3),
      ink,
      flat(s < 0 ? LIGHT : SHADE),
      'none',
    );
    const claw = subtract(
      ellipse(15 + s * 10.6, 7.6, 4, 4.6),
      polygon([15 + s * 10.4, 8], [15 + s * 8.6, 0], [15 + s * 12.6, 0]),
    );
    scene.paint(claw, ink, ball(15 + s * 10.6, 7.4, 4.6, 5, 0.1), 'auto');
    scene.paint(
      rect(15 + s * 3 - 0.7, 9.4, 15 + s * 3 + 0.7, 14),
      ink,
      flat(s < 0 ? LIGHT : MID),
      'none',
    );
  }
  scene.paint(
    ellipse(15, 19, scene.vary('wide', 9.4, 10.6), 6.4),
    ink,
    ball(13.4, 17, 12, 8.6),
    'auto',
  );
  scene.pair(
    3,
    9,
    scene.unit < 1.5 ? 2.4 : 1,
    scene.unit < 1.5 ? 2.6 : 1,
    scene.named('white'),
    SHINE,
  );
  scene.pair(2.8, 9.3, 1, 1.4, scene.named('black'), DEEP);
  mouth(scene, 20.4, 2.6, 1);
  if (scene.unit < 1.5) scene.pair(5.4, 16, 1.4, 1, ink, LIGHT + 0.5);
}

export const CREATURES: readonly Subject[] = [
  {
    name: 'slime',
    words: 'slime ooze jelly blob schleim gelée スライム 史莱姆',
    kind: 'creature',
    paint: paintSlime,
  },
  {
    name: 'bat',
    words: 'bat vampire fledermaus murciélago 🦇 コウモリ',
    kind: 'creature',
    paint: paintBat,
  },
  {
    name: 'ghost',
    words: 'ghost spirit phantom spectre specter wraith poltergeist geist fantasma fantôme 👻 幽霊',
    kind: 'creature',
    paint: paintGhost,
  },
  {
    name: 'spider',
    words: 'spider tarantula arachnid spinne araña 🕷 蜘蛛',
    kind: 'creature',
    paint: paintSpider,
  },
  {
    name: 'skull',
    words: 'skull cranium totenkopf calavera 💀 ☠',
    weak: 'bones death',
    kind: 'item',
    paint: paintSkull,
  },
  {
    name: 'eye',
    words: 'beholder eyeball watcher 👁 目玉',
    weak: 'eye',
    kind: 'creature',
    paint: paintEye,
  },
  {
    name: 'dragon',
    words: 'dragon wyvern drake dragonling drache dragón 🐉 🐲 龍 ドラゴン',
    kind: 'creature',
    paint: paintDragon,
  },
  {
    name: 'snake',
    words: 'snake serpent viper cobra python schlange serpiente 🐍 蛇',
    kind: 'creature',
    paint: paintSnake,
  },
  {
    name: 'rat',
    words: 'rat mouse mice rodent ratte maus ratón 🐀 🐁 🐭 鼠',
    kind: 'creature',
    paint: paintRat,
  },
  {
    name: 'cat',
    words: 'cat kitten dog puppy wolf fox hound katze hund gato perro 🐱 🐈 🐶 🐕 🐺 🦊 猫 犬',
    kind: 'creature',
    paint: paintCat,
  },
  {
    name: 'chicken',
    words: 'hen rooster chick duck bird huhn ave 🐔 🐤 🐓 🐦 🦆 鳥',
    kind: 'creature',
    paint: paintChicken,
  },
  {
    name: 'fish',
    words: 'fish piranha salmon goldfish fisch pez poisson 🐟 🐠 🐡 魚',
    kind: 'creature',
    paint: paintFish,
  },
  { name: 'crab', words: 'crab lobster krabbe cangrejo 🦀 蟹', kind: 'creature', paint: paintCrab },
];
