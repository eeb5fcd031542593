import type { Scene } from './scene.ts';

/** What a cell of a mosaic is: ink and light from the distance to its edge and its place in it. */
export type MosaicPaint = (
  edge: number,
  dx: number,
  dy: number,
  id: number,
) => readonly [ink: number, light: number];

/** Painting on a canvas whose opposite edges meet: every position wraps. */
export class Tile {
  readonly width: number;
  readonly height: number;
  readonly #scene: Scene;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.width = scene.width;
    this.height = scene.height;
  }

  #index(x: number, y: number): number {
    const column = ((x % this.width) + this.width) % this.width;
    const row = ((y % this.height) + this.height) % this.height;
    return row * this.width + column;
  }

  put(x: number, y: number, ink: number, light: number): void {
    const index = this.#index(x, y);
    this.#scene.ink[index] = ink + 1;
    this.#scene.light[index] = Math.min(4.9, Math.max(0.1, light));
    this.#scene.part[index] = 1;
    this.#scene.fixed[index] = 1;
  }

  light(x: number, y: number): number {
    return this.#scene.light[this.#index(x, y)] ?? 0;
  }

  dash(x: number, y: number, length: number, ink: number, light: number): void {
    for (let i = 0; i < length; i++) this.put(x + i, y, ink, light);
  }

  fill(ink: number, light: number): void {
    for (let y = 0; y < this.height; y++) {
      for (let x = 0; x < this.width; x++) {
        this.put(x, y, ink, light);
        this.#scene.fixed[this.#index(x, y)] = 0;
      }
    }
  }

  /** Calls back at jittered places about `gap` cells apart, a share of them; `pick` is in [0, 1). */
  scatter(
    gap: number,
    share: number,
    visit: (x: number, y: number, pick: number) => void,
    salt = 0,
  ): void {
    const columns = Math.max(1, Math.round(this.width / gap));
    const rows = Math.max(1, Math.round(this.height / gap));
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        if (this.#scene.noise(c, r, 21 + salt) > share) continue;
        const x = ((c + this.#scene.noise(c, r, 22 + salt) * 0.8) * this.width) / columns;
        const y = ((r + this.#scene.noise(c, r, 23 + salt) * 0.8) * this.height) / rows;
        visit(Math.floor(x), Math.floor(y), this.#scene.speck(c + 37 * (salt + 1), r));
      }
    }
  }

  /** Soft wrapped patches over about `share` of the tile; `depth` grows towards their middle. */
  blobs(
    ink: number,
    share: number,
    paint: (x: number, y: number, depth: number) => number,
    flat = 1,
    grain = 9,
  ): void {
    const scene = this.#scene;
    const columns = Math.max(2, Math.round(this.width / grain / flat));
    const rows = Math.max(2, Math.round((this.height / grain) * flat));
    const value = (c: number, r: number): number =>
      scene.noise(((c % columns) + columns) % columns, ((r % rows) + rows) % rows, 31);
    for (let y = 0; y < this.height; y++) {
      const v = ((y + 0.5) * rows) / this.height;
      const r = Math.floor(v);
      const fv = (v - r) * (v - r) * (3 - 2 * (v - r));
      for (let x = 0; x < this.width; x++) {
        const u = ((x + 0.5) * columns) / this.width;
        const c = Math.floor(u);
        const fu = (u - c) * (u - c) * (3 - 2 * (u - c));
        const top = value(c, r) * (1 - fu) + value(c + 1, r) * fu;
        const low = value(c, r + 1) * (1 - fu) + value(c + 1, r + 1) * fu;
        const depth = share - (top * (1 - fv) + low * fv);
        if (depth < 0) continue;
        const light = paint(x, y, depth);
        const index = this.#index(x, y);
        scene.ink[index] = ink + 1;
        scene.light[index] = light;
      }
    }
  }

  /** A wrapped mosaic of rounded cells (Worley noise on a jittered grid). */
  cells(columns: number, rows: number, paint: MosaicPaint): void {
    const scene = this.#scene;
    const wide = this.width / columns;
    const high = this.height / rows;
    for (let y = 0; y < this.height; y++) {
      for (let x = 0; x < this.width; x++) {
        const c = Math.floor(x / wide);
        const r = Math.floor(y / high);
        let [first, second, dx, dy, id] = [Infinity, Infinity, 0, 0, 0];
        for (let j = -2; j <= 2; j++) {
          for (let i = -2; i <= 2; i++) {
            const wc = (((c + i) % columns) + columns) % columns;
            const wr = (((r + j) % rows) + rows) % rows;
            const px = (c + i + 0.2 + 0.6 * scene.noise(wc, wr, 41)) * wide;
            const py = (r + j + 0.2 + 0.6 * scene.noise(wc, wr, 42)) * high;
            const ex = x + 0.5 - px;
            const ey = y + 0.5 - py;
            const d = Math.sqrt(ex * ex + ey * ey);
            if (d < first) {
              second = first;
              first = d;
              dx = ex / wide;
              dy = ey / high;
              id = wr * columns + wc;
            } else if (d < second) second = d;
          }
        }
        const [ink, light] = paint(second - first, dx * 2, dy * 2, id);
        this.put(x, y, ink, light);
      }
    }
  }
}
