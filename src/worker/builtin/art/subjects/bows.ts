import { Frame } from '../canvas/frame.ts';
import type { Scene } from '../canvas/scene.ts';
import { flat, LIGHT, MID, SHADE, SHINE } from '../canvas/shading.ts';
import { capsule, curve, polygon, rect } from '../canvas/shapes.ts';

export function paintBow(scene: Scene): void {
  const frame = new Frame(scene, 2);
  const wood = scene.main('grip', 'wood', 'darkwood', 'leather');
  const string = scene.own('string', 'bone', 'white');
  const length = frame.length;
  const belly = scene.vary('belly', 11, 14);
  const cross = scene.chance('recurve', 0.5);
  const back = 3;
  const thick = Math.max(1.15, scene.unit * 0.72);
  const middle = length / 2;
  const cell = scene.unit * 0.71;
  scene.each(
    frame.shape(rect(2.4, back - cell * 0.75, length - 2.4, back + cell * 0.25)),
    index => {
      scene.ink[index] = string + 1;
      scene.light[index] = MID + 1;
      scene.fixed[index] = 1;
      scene.part[index] = 60000;
    },
  );
  const bend = (u: number): number => {
    const t = (u - 2) / (length - 4);
    return back * ((1 - t) * (1 - t) + t * t) - 2 * t * (1 - t) * belly;
  };
  const shading = frame.shading((u, v) => {
    const depth = v - bend(u);
    return depth < -thick * 0.2
      ? LIGHT + (u > middle ? 0.4 : 0)
      : depth < thick * 0.5
        ? MID
        : SHADE;
  });
  scene.paint(
    frame.shape(curve([2, back], [middle, -belly], [length - 2, back], thick)),
    wood,
    shading,
    'none',
  );
  const tips = scene.accent('guard', 'gold', 'bone', 'iron', 'bronze');
  for (const u of [2, length - 2]) {
    const out = u < middle ? -1 : 1;
    const end: readonly [number, number] = cross
      ? [u + out * 0.4, back - 2.4]
      : [u + out * 1.2, back + 0.6];
    scene.paint(frame.shape(capsule([u, back], end, thick * 0.95)), tips, flat(LIGHT), 'auto');
  }
  const hold = scene.named('leather');
  const centre = bend(middle);
  scene.paint(
    frame.shape(rect(middle - 2.8, centre - thick - 0.3, middle + 2.8, centre + thick + 0.3)),
    hold,
    frame.shading((u, v) =>
      v < centre - 0.2 ? LIGHT : Math.floor(u / 1.6) % 2 === 0 ? MID : SHADE,
    ),
    'auto',
  );
  if (scene.chance('arrow', 0.5) || scene.says('arrow', 'arrows'))
    paintArrow(scene, frame, middle, centre);
}

/** An arrow across the frame, nocked on the string at `middle`. */
function paintArrow(scene: Scene, frame: Frame, middle: number, centre: number): void {
  const wood = scene.named('bone');
  const metal = scene.own('blade', 'steel', 'iron');
  const cell = scene.unit * 0.71;
  const tip = centre - 7;
  scene.paint(
    frame.shape(rect(middle - cell * 0.6, tip + 2, middle + cell * 0.6, 4)),
    wood,
    flat(LIGHT),
    'none',
  );
  scene.paint(
    frame.shape(polygon([middle - 2, tip + 3.4], [middle, tip], [middle + 2, tip + 3.4])),
    metal,
    frame.shading(u => (u > middle ? SHINE : LIGHT)),
    'auto',
  );
}
