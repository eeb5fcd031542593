import type { Scene } from '../canvas/scene.ts';
import { flat, gradient, LIGHT, MID, plate, SHADE } from '../canvas/shading.ts';
import { ellipse, intersect, rect, union } from '../canvas/shapes.ts';
import { emblem, star } from './emblems.ts';

export function paintCoin(scene: Scene): void {
  const ink = scene.main('coin', 'gold', 'gold', 'silver', 'copper', 'bronze');
  const rx = scene.brief.view === 'side' ? 4.4 : scene.vary('turn', 9.6, 12.4);
  const thick = scene.whole(1.6);
  const back = union(ellipse(15 + thick, 15, rx, 12.6), ellipse(15, 15, rx, 12.6));
  scene.paint(back, ink, gradient([6, 6], [26, 24], 2.4, 0.4), 'none');
  const face = ellipse(15 - thick * 0.3, 15, rx, 12.6);
  scene.paint(face, ink, plate(face, 1.7, LIGHT - 0.2, 1), 'none');
  const dish = ellipse(15 - thick * 0.3, 15, rx - 2.2, 10.4);
  scene.paint(dish, ink, plate(dish, 1.2, MID, -0.9), 'none');
  const cx = 15 - thick * 0.3;
  const sign = scene.says('star') ? star(cx, 15, 7, 3.2) : emblem(scene, 'sign', cx, 15, 6.4);
  const hollow = scene.says('hole', 'square') || scene.chance('hole', 0.15);
  if (hollow)
    scene.paint(rect(cx - 2.6, 12.4, cx + 2.6, 17.6), scene.named('black'), flat(SHADE), 'none');
  else {
    const step = scene.unit;
    const cast = { at: (x: number, y: number) => sign.at(x - step, y - step), box: dish.box };
    scene.paint(intersect(dish, cast), ink, flat(SHADE - 0.2), 'none');
    scene.paint(sign, ink, flat(LIGHT + 0.4), 'none');
  }
  scene.glint(cx - rx * 0.62, 8.4, 1.2, 2.4);
  scene.glint(cx - rx * 0.42, 6.2, 2, 1);
}
