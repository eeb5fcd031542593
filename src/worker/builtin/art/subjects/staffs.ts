import { Frame } from '../canvas/frame.ts';
import type { Scene } from '../canvas/scene.ts';
import { ball, gradient, LIGHT, MID, SHADE, SHINE } from '../canvas/shading.ts';
import { ellipse, polygon, rect, subtract } from '../canvas/shapes.ts';
import { paintGrip } from './blades.ts';
import { star } from './emblems.ts';
import { paintShaft, shaftHalf } from './hafted.ts';

/** What sits on top of a staff or wand, about the place `u` on the frame. */
function paintStaffHead(scene: Scene, frame: Frame, u: number, size: number, wood: number): void {
  const gem = scene.accent('gem', 'crystal', 'ruby', 'emerald', 'amethyst', 'amber', 'sapphire');
  const metal = scene.own('guard', 'gold', 'silver', 'bronze');
  const [x, y] = frame.point(u, 0);
  const kind = scene.choice('staff head', 4);
  if (kind === 0) {
    const claw = subtract(
      ellipse(u - size * 0.1, 0, size * 1.5),
      ellipse(u + size * 0.5, 0, size * 1.15),
    );
    scene.paint(
      frame.shape(claw),
      wood,
      frame.shading((_, v) => (v < 0 ? LIGHT : SHADE)),
      'auto',
    );
    scene.paint(ellipse(x, y, size), gem, ball(x, y, size * 1.05, size * 1.05, 0.2), 'auto');
  } else if (kind === 1) {
    const moon = subtract(
      ellipse(u + size * 0.2, 0, size * 1.5),
      ellipse(u + size * 0.9, 0, size * 1.1),
    );
    const light = frame.shading((_, v) => (v < -size * 0.3 ? SHINE : v < size * 0.4 ? LIGHT : MID));
    scene.paint(frame.shape(moon), metal, light, 'auto');
    const r = Math.max(size * 0.62, scene.unit * 0.8);
    const [gx, gy] = frame.point(u + size * 0.9, 0);
    scene.paint(ellipse(gx, gy, r), gem, ball(gx, gy, r, r, 0.3), 'auto');
  } else if (kind === 2) {
    const crystal = polygon(
      [u - size, 0],
      [u - size * 0.2, -size * 0.95],
      [u + size * 0.9, -size * 0.6],
      [u + size * 1.9, 0],
      [u + size * 0.9, size * 0.6],
      [u - size * 0.2, size * 0.95],
    );
    const light = frame.shading((_, v) =>
      v < -size * 0.3 ? SHINE : v <= 0.1 ? LIGHT : v < size * 0.4 ? MID : SHADE,
    );
    scene.paint(frame.shape(crystal), gem, light, 'auto');
  } else {
    const top = star(x, y, size * 1.5, size * 0.7);
    scene.paint(top, gem, gradient([x - size, y - size], [x + size, y + size], 4.6, 1.6), 'auto');
  }
  const collar = frame.shape(rect(u - size * 1.5, -1.6, u - size * 0.9, 1.6));
  scene.paint(
    collar,
    metal,
    frame.shading((_, v) => (v < 0 ? SHINE : MID)),
    'auto',
  );
}

export function paintStaff(scene: Scene): void {
  const frame = new Frame(scene, 1.5);
  const wood = scene.main('grip', 'wood', 'darkwood', 'brown', 'bone');
  const size = Math.max(scene.vary('head', 3.2, 4.2), scene.unit * 1.4);
  const head = frame.length - size * 1.9;
  paintShaft(scene, frame, wood, 0, head - size * 0.5, shaftHalf(frame));
  paintStaffHead(scene, frame, head, size, wood);
  const wrap = scene.own('wrap', 'red', 'blue', 'leather', 'purple');
  paintGrip(scene, frame, wrap, head * 0.42, head * 0.58, shaftHalf(frame) + 0.1);
}

export function paintWand(scene: Scene): void {
  const frame = new Frame(scene, 4);
  const wood = scene.main('grip', 'darkwood', 'wood', 'black', 'bone');
  const size = Math.max(scene.vary('head', 2.8, 3.6), scene.unit * 1.3);
  const head = frame.length - size * 1.9;
  paintShaft(scene, frame, wood, 0, head - size * 0.5, shaftHalf(frame));
  paintGrip(scene, frame, scene.own('wrap', 'gold', 'silver', 'red'), 0, 5, shaftHalf(frame) + 0.3);
  paintStaffHead(scene, frame, head, size, wood);
}
