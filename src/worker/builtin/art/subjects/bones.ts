import type { Scene } from '../canvas/scene.ts';
import { ball, flat, gradient, LIGHT, SHADE } from '../canvas/shading.ts';
import { capsule, ellipse, mirrored, rect, union } from '../canvas/shapes.ts';

export function paintSkull(scene: Scene): void {
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
