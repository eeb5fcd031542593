import { Frame } from '../canvas/frame.ts';
import type { Scene } from '../canvas/scene.ts';
import { ball, LIGHT, MID, SHADE, SHINE } from '../canvas/shading.ts';
import { capsule, curve, ellipse, polygon, rect, union } from '../canvas/shapes.ts';

/** A grip with wound leather: light and dark bands across a round bar. */
export function paintGrip(
  scene: Scene,
  frame: Frame,
  ink: number,
  from: number,
  to: number,
  half: number,
): void {
  const wrap = scene.choice('wrap', 3);
  const shading = frame.shading((u, v) => {
    const side = v < -half * 0.2 ? LIGHT - 0.4 : v > half * 0.45 ? SHADE : MID;
    const band = Math.floor((u + (wrap === 1 ? v : 0)) / Math.max(1.5, scene.unit * 1.42)) % 2;
    return wrap === 2 ? side : side - band;
  });
  scene.paint(frame.shape(rect(from, -half, to, half)), ink, shading, 'none');
}

function paintBlade(scene: Scene, frame: Frame, from: number, end: number, half: number): void {
  const broken = scene.brief.effects.has('broken');
  const to = broken ? from + (end - from) * scene.vary('break', 0.45, 0.6) : end;
  const ink = scene.main('blade', 'steel', 'steel', 'silver', 'iron');
  const kind = scene.says('scimitar', 'sabre', 'saber') ? 2 : scene.choice('blade', 4);
  const tip = kind === 1 ? half * 3.2 : half * 1.8;
  const blade = broken
    ? polygon(
        [from, -half],
        [from, half],
        [to - 2, half],
        [to - 3.4, half * 0.4],
        [to - 0.4, 0],
        [to - 2, -half * 0.4],
        [to + 1, -half],
      )
    : kind === 2
      ? polygon(
          [from, -half * 0.75],
          [from, half * 0.75],
          [to - half * 4, half * 1.35],
          [to, 0],
          [to - half * 4, -half * 1.35],
        )
      : polygon([from, -half], [from, half], [to - tip, half], [to, 0], [to - tip, -half]);
  const cell = scene.unit * 0.72;
  const groove = kind === 3 && half > cell * 2.2 ? cell * 0.6 : 0;
  const shine = [
    from + (to - from) * scene.grain('shine', 0.3, 0.45),
    from + (to - from) * scene.grain('shine end', 0.62, 0.85),
  ] as const;
  scene.paint(
    frame.shape(blade),
    ink,
    frame.shading((u, v) => {
      if (groove > 0 && Math.abs(v) < groove && u < to - tip * 2) return SHADE;
      if (v < -cell * 0.5) return u > shine[0] && u < shine[1] && v > -cell * 2.6 ? SHINE : LIGHT;
      if (v <= cell * 0.5) return groove > 0 ? LIGHT : MID + 0.9;
      return v > half - cell ? SHADE : MID;
    }),
    'none',
  );
}

function paintGuard(scene: Scene, frame: Frame, at: number, reach: number): void {
  const ink = scene.accent('guard', 'gold', 'bronze', 'iron', 'copper', 'silver');
  const kind = scene.choice('guard', 4);
  const thick = Math.max(1.15, scene.unit * 0.72);
  const bend = kind === 1 ? 1.8 : kind === 2 ? -1.4 : 0;
  const bar =
    kind === 3
      ? union(
          ellipse(at, 0, thick * 1.5, reach * 0.72),
          capsule([at, -reach * 0.7], [at, reach * 0.7], thick),
        )
      : curve([at + bend, -reach], [at - bend * 0.6, 0], [at + bend, reach], thick);
  scene.paint(
    frame.shape(bar),
    ink,
    frame.shading((u, v) =>
      v < -reach * 0.45
        ? LIGHT + (u > at ? 1 : 0)
        : v < reach * 0.3
          ? MID + (u > at ? 0.9 : 0)
          : SHADE,
    ),
    'auto',
  );
  if (scene.chance('guard gem', 0.45) || scene.says('gem', 'jewel', 'jewelled', 'jeweled')) {
    const gem = scene.own('gem', 'ruby', 'sapphire', 'emerald', 'amethyst', 'crystal');
    const [x, y] = frame.point(at, 0);
    scene.paint(ellipse(x, y, Math.max(1.1, scene.unit * 0.6)), gem, ball(x, y, 1.6), 'none');
  }
}

export function paintSword(scene: Scene): void {
  const frame = new Frame(scene);
  const big = scene.brief.size === 'big' ? 1.35 : 1;
  const half = scene.vary('width', 1.7, 2.7) * big;
  const grip = scene.vary('grip', 7.4, 9.6);
  const reach = scene.vary('reach', 4, 5.8);
  const wrap = scene.own('grip', 'leather', 'wood', 'navy', 'red', 'darkwood');
  const end = frame.length - scene.vary('short', 0, 1.5);
  paintBlade(scene, frame, grip, end, half);
  paintGrip(scene, frame, wrap, 1.5, grip, Math.max(0.75, frame.thin));
  paintGuard(scene, frame, grip, reach);
  const ink = scene.accent('guard', 'gold', 'bronze', 'iron', 'copper', 'silver');
  const [x, y] = frame.point(1.4, 0);
  const r = Math.max(scene.vary('pommel', 1.4, 2), scene.unit * 0.75);
  scene.paint(ellipse(x, y, r), ink, ball(x, y, r, r, 0.4), 'auto');
}

export function paintDagger(scene: Scene): void {
  const frame = new Frame(scene, 4.5);
  const half = scene.vary('width', 1.6, 2.4);
  const grip = scene.vary('grip', 6.5, 8.5);
  const wrap = scene.own('grip', 'leather', 'darkwood', 'red', 'navy', 'wood');
  paintBlade(scene, frame, grip, frame.length, half);
  paintGrip(scene, frame, wrap, 1.5, grip, Math.max(0.9, frame.thin));
  paintGuard(scene, frame, grip, scene.vary('reach', 3, 4.2));
  const ink = scene.accent('guard', 'gold', 'bronze', 'iron', 'copper', 'silver');
  const [x, y] = frame.point(1.2, 0);
  const r = Math.max(1.7, scene.unit * 0.75);
  scene.paint(ellipse(x, y, r), ink, ball(x, y, r, r, 0.4), 'auto');
}
