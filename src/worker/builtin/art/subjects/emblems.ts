import type { Scene } from '../canvas/scene.ts';
import { ellipse, polygon, rect, type Shape, subtract, union } from '../canvas/shapes.ts';

/** A sign on a shield, banner or cover, around a centre. */
export function emblem(scene: Scene, name: string, cx: number, cy: number, r: number): Shape {
  const thin = Math.max(r * 0.26, scene.unit * 0.5);
  switch (scene.choice(name, 7)) {
    case 0:
      return union(
        rect(cx - thin, cy - r, cx + thin, cy + r),
        rect(cx - r * 0.8, cy - thin - r * 0.15, cx + r * 0.8, cy + thin - r * 0.15),
      );
    case 1:
      return star(cx, cy, r, r * 0.46);
    case 2:
      return polygon([cx, cy - r], [cx + r * 0.8, cy], [cx, cy + r], [cx - r * 0.8, cy]);
    case 3:
      return subtract(ellipse(cx, cy, r * 0.9), ellipse(cx + r * 0.42, cy - r * 0.22, r * 0.72));
    case 4:
      return union(
        polygon(
          [cx - r, cy - r * 0.1],
          [cx, cy - r],
          [cx + r, cy - r * 0.1],
          [cx + r, cy + r * 0.5],
          [cx, cy - r * 0.3],
          [cx - r, cy + r * 0.5],
        ),
        ellipse(cx, cy + r * 0.6, r * 0.28),
      );
    case 5:
      return union(
        ellipse(cx - r * 0.42, cy - r * 0.3, r * 0.5),
        ellipse(cx + r * 0.42, cy - r * 0.3, r * 0.5),
        polygon([cx - r * 0.9, cy - r * 0.1], [cx + r * 0.9, cy - r * 0.1], [cx, cy + r]),
      );
    default:
      return ellipse(cx, cy, r * 0.66);
  }
}

/** A five-pointed star. */
export function star(cx: number, cy: number, outer: number, inner: number): Shape {
  const unit = [
    [0, -1],
    [0.588, -0.809],
    [0.951, -0.309],
    [0.951, 0.309],
    [0.588, 0.809],
    [0, 1],
    [-0.588, 0.809],
    [-0.951, 0.309],
    [-0.951, -0.309],
    [-0.588, -0.809],
  ] as const;
  return polygon(
    ...unit.map(([x, y], i) => {
      const r = i % 2 === 0 ? outer : inner;
      return [cx + x * r, cy + y * r] as const;
    }),
  );
}
