/** A region by signed distance (negative inside), in design units, with its bounding box. */
export interface Shape {
  readonly at: (x: number, y: number) => number;
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
}

export type Point = readonly [x: number, y: number];

function boxAround(points: readonly Point[], margin: number): Shape['box'] {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return [left - margin, top - margin, right + margin, bottom + margin];
}

/** An axis-parallel ellipse; the distance is exact for circles and near the edge otherwise. */
export function ellipse(cx: number, cy: number, rx: number, ry = rx): Shape {
  const small = Math.min(rx, ry);
  return {
    at: (x, y) => {
      const u = (x - cx) / rx;
      const v = (y - cy) / ry;
      return (Math.sqrt(u * u + v * v) - 1) * small;
    },
    box: [cx - rx, cy - ry, cx + rx, cy + ry],
  };
}

/** A rectangle by its edges, with rounded corners of the given radius. */
export function rect(left: number, top: number, right: number, bottom: number, round = 0): Shape {
  const cx = (left + right) / 2;
  const cy = (top + bottom) / 2;
  const hx = (right - left) / 2 - round;
  const hy = (bottom - top) / 2 - round;
  return {
    at: (x, y) => {
      const dx = Math.abs(x - cx) - hx;
      const dy = Math.abs(y - cy) - hy;
      const ox = Math.max(dx, 0);
      const oy = Math.max(dy, 0);
      return Math.sqrt(ox * ox + oy * oy) + Math.min(Math.max(dx, dy), 0) - round;
    },
    box: [left, top, right, bottom],
  };
}

/** A closed polygon (even-odd), with the exact distance to its outline. */
export function polygon(...points: readonly Point[]): Shape {
  return {
    at: (x, y) => {
      let nearest = Infinity;
      let inside = false;
      let [px, py] = points[points.length - 1] ?? [0, 0];
      for (const [qx, qy] of points) {
        const ex = px - qx;
        const ey = py - qy;
        const wx = x - qx;
        const wy = y - qy;
        const length = ex * ex + ey * ey;
        const t = length > 0 ? Math.min(1, Math.max(0, (wx * ex + wy * ey) / length)) : 0;
        const bx = wx - ex * t;
        const by = wy - ey * t;
        nearest = Math.min(nearest, bx * bx + by * by);
        if (qy > y !== py > y && x < ((px - qx) * (y - qy)) / (py - qy) + qx) inside = !inside;
        px = qx;
        py = qy;
      }
      return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
    },
    box: boxAround(points, 0),
  };
}

/** A closed outline mirrored about the vertical line `cx`: give its right half from top to bottom. */
export function mirrored(cx: number, ...half: readonly Point[]): Shape {
  const right = half.map(([x, y]): Point => [cx + x, y]);
  const left = half.map(([x, y]): Point => [cx - x, y]).reverse();
  return polygon(...right, ...left);
}

/** A thick segment whose radius runs from `r0` to `r1`. */
export function capsule(a: Point, b: Point, r0: number, r1 = r0): Shape {
  const ex = b[0] - a[0];
  const ey = b[1] - a[1];
  const length = ex * ex + ey * ey;
  return {
    at: (x, y) => {
      const wx = x - a[0];
      const wy = y - a[1];
      const t = length > 0 ? Math.min(1, Math.max(0, (wx * ex + wy * ey) / length)) : 0;
      const dx = wx - ex * t;
      const dy = wy - ey * t;
      return Math.sqrt(dx * dx + dy * dy) - (r0 + (r1 - r0) * t);
    },
    box: boxAround([a, b], Math.max(r0, r1)),
  };
}

/** A thick quadratic curve from `a` over control point `c` to `b`. */
export function curve(a: Point, c: Point, b: Point, r0: number, r1 = r0): Shape {
  const parts: Shape[] = [];
  const pieces = 8;
  const point = (t: number): Point => [
    (1 - t) * (1 - t) * a[0] + 2 * t * (1 - t) * c[0] + t * t * b[0],
    (1 - t) * (1 - t) * a[1] + 2 * t * (1 - t) * c[1] + t * t * b[1],
  ];
  for (let i = 0; i < pieces; i++) {
    const t0 = i / pieces;
    const t1 = (i + 1) / pieces;
    parts.push(capsule(point(t0), point(t1), r0 + (r1 - r0) * t0, r0 + (r1 - r0) * t1));
  }
  return union(...parts);
}

export function union(...shapes: readonly Shape[]): Shape {
  return {
    at: (x, y) => {
      let d = Infinity;
      for (const shape of shapes) d = Math.min(d, shape.at(x, y));
      return d;
    },
    box: [
      Math.min(...shapes.map(s => s.box[0])),
      Math.min(...shapes.map(s => s.box[1])),
      Math.max(...shapes.map(s => s.box[2])),
      Math.max(...shapes.map(s => s.box[3])),
    ],
  };
}

export function intersect(shape: Shape, ...others: readonly Shape[]): Shape {
  return {
    at: (x, y) => {
      let d = shape.at(x, y);
      for (const other of others) d = Math.max(d, other.at(x, y));
      return d;
    },
    box: shape.box,
  };
}

export function subtract(shape: Shape, ...others: readonly Shape[]): Shape {
  return {
    at: (x, y) => {
      let d = shape.at(x, y);
      for (const other of others) d = Math.max(d, -other.at(x, y));
      return d;
    },
    box: shape.box,
  };
}

/** The shape grown (positive) or shrunk (negative) by a distance. */
export function grow(shape: Shape, by: number): Shape {
  const [left, top, right, bottom] = shape.box;
  return {
    at: (x, y) => shape.at(x, y) - by,
    box: [left - by, top - by, right + by, bottom + by],
  };
}
