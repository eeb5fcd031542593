import type { Scene } from './scene.ts';
import type { Shading } from './shading.ts';
import type { Point, Shape } from './shapes.ts';

const HALF_ROOT = 0.7071067811865476;

/**
 * The axis of a long thing: `u` runs from its foot (0) to its tip (`length`), `v` across it with
 * the shaded side positive. It lies on the exact diagonal; on a tall canvas it stands, on a wide one
 * it lies flat.
 */
export class Frame {
  readonly length: number;
  /** Half the thickness of the thinnest clean line along the axis. */
  readonly thin: number;
  readonly #x: number;
  readonly #y: number;
  /** Step of u and of v in design units. */
  readonly #along: Point;
  readonly #across: Point;

  /** `margin` is the free room between the ends of the axis and the design square. */
  constructor(scene: Scene, margin = 1.5) {
    const reach = 30 - 2 * margin;
    this.length = reach;
    this.thin = scene.unit * 0.55;
    this.#x = margin;
    this.#y = 30 - margin;
    if (scene.height > scene.width * 1.5 || scene.says('upright', 'vertical')) {
      this.#x = 15;
      this.#along = [0, -1];
      this.#across = [1, 0];
    } else if (scene.width > scene.height * 1.5 || scene.says('horizontal')) {
      this.#y = 15;
      this.#along = [1, 0];
      this.#across = [0, 1];
    } else {
      this.length = reach / HALF_ROOT;
      this.thin = scene.unit * 0.36;
      this.#along = [HALF_ROOT, -HALF_ROOT];
      this.#across = [HALF_ROOT, HALF_ROOT];
    }
  }

  /** Design position of a place on the frame. */
  point(u: number, v: number): Point {
    return [
      this.#x + u * this.#along[0] + v * this.#across[0],
      this.#y + u * this.#along[1] + v * this.#across[1],
    ];
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

  /** The place on the frame of a design position. */
  local(x: number, y: number): [number, number] {
    const dx = x - this.#x;
    const dy = y - this.#y;
    return [dx * this.#along[0] + dy * this.#along[1], dx * this.#across[0] + dy * this.#across[1]];
  }
}
