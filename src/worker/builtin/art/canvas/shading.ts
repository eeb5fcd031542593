import { clamp } from '../colour/colour.ts';
import type { Point, Shape } from './shapes.ts';

/** Tones as light values: the integer part is the tone of the ramp, 0 (deep) to 4 (shine). */
export const DEEP = 0.5;

export const SHADE = 1.5;

export const MID = 2.5;

export const LIGHT = 3.5;

export const SHINE = 4.5;

/** Light value of a cell from its position in design units. */
export type Shading = (x: number, y: number) => number;

/** Light comes from the top left and a little from the viewer. */
const LIGHT_X = -0.53;

const LIGHT_Y = -0.64;

const LIGHT_Z = 0.56;

/** From the cosine between surface and light to a light value: broad middle, small shine. */
function tone(cosine: number): number {
  if (cosine < 0.28) return 2 + (cosine - 0.28) * 2.3;
  if (cosine < 0.72) return 2 + (cosine - 0.28) / 0.44;
  return 3 + (cosine - 0.72) / 0.22;
}

/** One tone all over. */
export function flat(light: number): Shading {
  return () => light;
}

/** A ball (or egg) lit from the top left. */
export function ball(cx: number, cy: number, rx: number, ry = rx, lift = 0): Shading {
  return (x, y) => {
    const u = (x - cx) / rx;
    const v = (y - cy) / ry;
    const rest = 1 - u * u - v * v;
    const z = rest > 0 ? Math.sqrt(rest) : 0;
    return clamp(tone(u * LIGHT_X + v * LIGHT_Y + z * LIGHT_Z) + lift, 0, 4.99);
  };
}

/** A round bar along the line from `a` to `b` with the given radius. */
export function tube(a: Point, b: Point, radius: number, lift = 0): Shading {
  const ex = b[0] - a[0];
  const ey = b[1] - a[1];
  const length = Math.sqrt(ex * ex + ey * ey) || 1;
  const nx = -ey / length;
  const ny = ex / length;
  const facing = nx * LIGHT_X + ny * LIGHT_Y;
  return (x, y) => {
    const v = clamp(((x - a[0]) * nx + (y - a[1]) * ny) / radius, -1, 1);
    return clamp(tone(v * facing + Math.sqrt(1 - v * v) * 0.62) + lift, 0, 4.6);
  };
}

/** A plate: middle tone with a lit edge to the top left and a dark one to the bottom right. */
export function plate(shape: Shape, edge: number, base: number, depth = 1): Shading {
  return (x, y) => {
    const d = shape.at(x, y);
    if (d < -edge) return base;
    const step = 0.3;
    const gx = shape.at(x + step, y) - shape.at(x - step, y);
    const gy = shape.at(x, y + step) - shape.at(x, y - step);
    const length = Math.sqrt(gx * gx + gy * gy) || 1;
    const facing = (gx * LIGHT_X + gy * LIGHT_Y) / length;
    if (facing > 0.25) return base + depth;
    if (facing < -0.25) return base - depth;
    return base;
  };
}

/** Light that runs evenly from `l0` at point `a` to `l1` at point `b`. */
export function gradient(a: Point, b: Point, l0: number, l1: number): Shading {
  const ex = b[0] - a[0];
  const ey = b[1] - a[1];
  const length = ex * ex + ey * ey || 1;
  return (x, y) => {
    const t = clamp(((x - a[0]) * ex + (y - a[1]) * ey) / length, 0, 1);
    return l0 + (l1 - l0) * t;
  };
}
