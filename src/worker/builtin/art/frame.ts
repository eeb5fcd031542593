import type { Scene } from './scene.ts';
import type { Shading } from './shading.ts';
import type { Point, Shape } from './shapes.ts';

const HALF_ROOT = 0.7071067811865476;

/**
 * The axis of a long thing: `u` runs from its foot (0) to its tip (`length`), `v` across it with
 * the shaded side positive. It lies on the exact diagonal, or upright on a tall canvas.
 */
export class Frame {
  readonly length: number;
  readonly #upright: boolean;
  readonly #x: number;
  readonly #y: number;

  /** `margin` is the free room between the ends of the axis and the design square. */
  constructor(scene: Scene, margin = 1.5, upright = false) {
    this.#upright = upright || scene.height > scene.width * 1.5 || scene.says('upright', 'vertical');
    this.#x = this.#upright ? 15 : margin;
    this.#y = 30 - margin;
    const reach = 30 - 2 * margin;
    this.length = this.#upright ? reach : reach / HALF_ROOT;
  }

  get isUpright(): boolean {
    return this.#upright;
  }

  /** Design position of a place on the frame. */
  point(u: number, v: number): Point {
    if (this.#upright) return [this.#x + v, this.#y - u];
    return [this.#x + (u + v) * HALF_ROOT, this.#y - (u - v) * HALF_ROOT];
  }

  /** A shape given in (u, v), placed in the design square. */
  shape(local: Shape): Shape {
    const [u0, v0, u1, v1] = local.box;
    const corners = [
      this.point(u0, v0),
      this.point(u0, v1),
      this.point(u1, v0),
      this.point(u1, v1),
    ];
    return {
      at: (x, y) => local.at(...this.local(x, y)),
      box: [
        Math.min(...corners.map(p => p[0])),
        Math.min(...corners.map(p => p[1])),
        Math.max(...corners.map(p => p[0])),
        Math.max(...corners.map(p => p[1])),
      ],
    };
  }

  /** A shading given in (u, v). */
  shading(local: (u: number, v: number) => number): Shading {
    return (x, y) => local(...this.local(x, y));
  }

  local(x: number, y: number): [number, number] {
    const dx = x - this.#x;
    const dy = this.#y - y;
    if (this.#upright) return [dy, dx];
    return [(dx + dy) * HALF_ROOT, (dx - dy) * HALF_ROOT];
  }
}
