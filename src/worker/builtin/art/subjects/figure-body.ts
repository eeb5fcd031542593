import type { Scene } from '../canvas/scene.ts';
import { ball, flat, gradient, LIGHT, MID, SHADE } from '../canvas/shading.ts';
import {
  capsule,
  ellipse,
  intersect,
  mirrored,
  type Point,
  polygon,
  rect,
  union,
} from '../canvas/shapes.ts';
import type { Figure } from './figure-parts.ts';

export function paintCape(scene: Scene, figure: Figure, head: number): void {
  const ink = scene.own('robe', 'red', 'blue', 'purple', 'green', 'navy');
  const w = figure.girth + 3.4;
  scene.paint(
    mirrored(15, [3, head + 4], [w - 1, head + 8], [w, 26.4], [w - 2, 27.6], [0, 26]),
    ink,
    gradient([7, 14], [23, 28], 3, 0.8),
    'none',
  );
}

export function paintLegs(scene: Scene, figure: Figure): void {
  const g = figure.girth;
  const gap = scene.half(0.6);
  for (const s of [-1, 1]) {
    const inner = 15 + s * gap;
    const outer = 15 + s * (g - 0.2);
    const [l, r] = s < 0 ? [outer, inner] : [inner, outer];
    if (figure.garb === 'bones') {
      const x = (l + r) / 2;
      scene.paint(
        union(rect(x - 0.9, 22, x + 0.9, 27.4), rect(x - 1.9, 27, x + 1.9, 29.4, 0.6)),
        figure.skin,
        flat(s < 0 ? LIGHT : MID),
        'none',
      );
      continue;
    }
    const boots =
      figure.garb === 'plate'
        ? figure.cloth
        : scene.named(figure.garb === 'rags' ? 'brown' : 'leather');
    const trousers =
      figure.garb === 'plate'
        ? figure.cloth
        : figure.garb === 'rags'
          ? figure.skin
          : scene.own('legs', 'brown', 'navy', 'grey', 'darkwood');
    scene.paint(rect(l, 21.4, r, 27), trousers, flat(s < 0 ? MID : SHADE), 'none');
    scene.paint(
      rect(l - (s < 0 ? 0.9 : 0), 26, r + (s > 0 ? 0.9 : 0), 29.4, 0.5),
      boots,
      gradient([0, 25.6], [0, 29.4], s < 0 ? 3.3 : 2.6, 1.2),
      'shade',
    );
  }
}

export function paintTorso(scene: Scene, figure: Figure, head: number): void {
  const g = figure.girth;
  const top = head + 4.6;
  if (figure.garb === 'bones' && scene.unit > 1.4) {
    const half = scene.half(4.2);
    const light = gradient([15 - half, 0], [15 + half, 0], 3.9, 1.8);
    scene.paint(rect(15 - half, top, 15 + half, 23.4), figure.skin, light, 'none');
    for (const y of [top + 2.6 * scene.unitY, top + 4.6 * scene.unitY]) {
      const at = scene.snapY(y);
      scene.score(rect(15 - half, at, 15 + half, at + scene.unitY * 0.98));
    }
    scene.spot(15, 19.4, scene.width % 2 === 0 ? scene.unitX * 2 : 1, 2, figure.skin, MID);
    return;
  }
  if (figure.garb === 'bones') {
    scene.paint(
      rect(15 - scene.half(0.9), top, 15 + scene.half(0.9), 23),
      figure.skin,
      flat(MID),
      'none',
    );
    const step = Math.max(2, scene.unitY * 2);
    for (let y = top + 1.2, i = 0; y < 20 && i < 3; y += step, i++) {
      const w = g - 0.4 - i * 0.5;
      const at = scene.snapY(y);
      scene.paint(
        mirrored(15, [w, at], [w, at + scene.unitY * 1.02]),
        figure.skin,
        gradient([15 - w, 0], [15 + w, 0], 3.9, 2.3),
        'none',
      );
    }
    scene.paint(
      mirrored(15, [g - 1.2, 20.6], [g - 0.8, 23], [0, 24]),
      figure.skin,
      gradient([11, 0], [19, 0], 3.6, 1.6),
      'none',
    );
    return;
  }
  const body = mirrored(15, [g - 1, top - 1], [g, top + 1], [g - 0.4, 19], [g + 0.2, 24], [0, 24]);
  scene.paint(body, figure.cloth, ball(14, 17, g * 1.5, 9.5), 'auto');
  if (figure.garb === 'plate') {
    const tabard = scene.half(2.6);
    scene.paint(
      rect(15 - tabard, top + 1, 15 + tabard, 25.6),
      figure.trim,
      gradient([12, 14], [18, 26], 3.7, 1.6),
      'shade',
    );
  } else if (figure.garb === 'tunic') {
    scene.paint(
      mirrored(
        15,
        [g + 0.3, 19.8],
        [g + 0.3, 19.8 + scene.whole(1.6)],
        [0, 19.8 + scene.whole(1.6)],
        [0, 19.8],
      ),
      scene.own('belt', 'leather', 'darkwood'),
      gradient([10, 0], [20, 0], 3.4, 1.4),
      'none',
    );
    scene.spot(15, 20.6, scene.width % 2 === 0 ? scene.unitX * 2 : 1, 1.6, figure.trim, LIGHT);
  } else {
    scene.paint(
      polygon(
        [15 - g, 19],
        [15 + g, 19],
        [15 + g + 0.4, 23],
        [18, 24.4],
        [16, 22.8],
        [13, 25],
        [11, 23],
      ),
      scene.named('leather'),
      gradient([10, 19], [20, 24], 3, 1.4),
      'shade',
    );
  }
}

export function paintRobe(scene: Scene, figure: Figure, head: number): void {
  const g = figure.girth;
  const top = head + 4.4;
  const flare = figure.garb === 'dress' ? g + 4.2 : g + 2.6;
  const body = mirrored(
    15,
    [g - 1.4, top - 1],
    [g - 0.4, top + 1.4],
    [g - (figure.garb === 'dress' ? 1.4 : 0.2), 18.4],
    [flare, 28],
    [flare - 0.8, 29.4],
    [0, 29.4],
  );
  scene.paint(body, figure.cloth, ball(13.4, 18, g * 1.75, 15.5), 'none');
  const fold = scene.unitX * 0.51;
  for (const dx of [-flare * 0.5, flare * 0.42])
    scene.tint(
      intersect(body, capsule([15 + dx * 0.5, 21], [15 + dx, 29.4], fold)),
      -1,
      figure.cloth,
    );
  scene.paint(
    intersect(body, rect(0, 29.4 - scene.whole(1.4), 30, 30)),
    figure.trim,
    gradient([6, 0], [24, 0], 4, 1.3),
    'none',
  );
  if (figure.garb === 'dress') {
    scene.paint(
      mirrored(15, [2.6, 29.4], [0, 20]),
      figure.trim,
      gradient([12, 0], [18, 0], 3.8, 2.4),
      'none',
    );
  } else {
    const sash = scene.snapY(19.4);
    scene.paint(
      intersect(body, rect(0, sash, 30, sash + scene.whole(1.5))),
      scene.own('belt', 'leather', 'gold', 'brown'),
      gradient([9, 0], [21, 0], 3.8, 1.4),
      'none',
    );
    scene.paint(
      rect(15 - scene.half(0.8), sash, 15 + scene.half(0.8), sash + 5),
      scene.own('belt', 'leather', 'gold', 'brown'),
      flat(MID),
      'none',
    );
  }
}

export function paintArms(scene: Scene, figure: Figure, head: number): void {
  const g = figure.girth;
  const shoulder = head + 6;
  for (const s of [-1, 1]) {
    const from: Point = [15 + s * (g + 0.4), shoulder + 0.6];
    const to: Point = [15 + s * (g + 2.2), 20.6];
    const bony = figure.garb === 'bones';
    const bare = figure.garb === 'rags' || bony;
    const wide = figure.garb === 'robe';
    const r0 = bony ? 0.9 : 1.7;
    const arm = capsule(
      from,
      to,
      Math.max(r0, scene.unit * 0.5),
      wide ? 2.2 : Math.max(bony ? 0.9 : 1.5, scene.unit * 0.5),
    );
    scene.paint(
      arm,
      bare ? figure.skin : figure.cloth,
      flat(s < 0 ? LIGHT - 0.3 : SHADE + 0.3),
      bony ? 'none' : 'auto',
    );
    if (figure.garb === 'plate') {
      scene.paint(
        ellipse(15 + s * (g + 0.8), shoulder + 0.4, 2.7, 2.4),
        figure.cloth,
        ball(15 + s * (g + 0.8), shoulder + 0.4, 2.8, 2.6, 0.3),
        'auto',
      );
    }
    const r = Math.max(1.45, scene.unit * 0.6);
    scene.paint(
      ellipse(to[0], to[1] + 0.8, r),
      figure.garb === 'plate' ? figure.cloth : figure.skin,
      flat(s < 0 ? LIGHT : MID),
      'shade',
    );
  }
}
