import { LEAST_ZOOM, shownZoom, type Size, type View } from '../stage/viewport.ts';

/**
 * The same place of a picture in another resolution of it, at a zoom that shows it about as large. Zooms are whole, or below 1
 * one over a whole number (every n-th pixel is shown, none is blended), so that the size on the screen changes a little where
 * neither fits: 32 cells at 10 are 320 pixels, its 1024 engine pixels at 1/3 are 341.
 */
export function mapView(view: View, from: Size, to: Size): View {
  const across = to.width / from.width;
  const down = to.height / from.height;
  return {
    zoom: shownZoom(view.zoom / Math.max(across, down), LEAST_ZOOM),
    centre: { x: view.centre.x * across, y: view.centre.y * down },
  };
}

/** Turns there and back end where they began: rounding on the way must not add up. */
export class RoundTrip {
  #left: View | null = null;
  #came: View | null = null;

  /** @returns the view on the other side; null (fitted) stays so */
  cross(view: View | null, from: Size, to: Size): View | null {
    const back = view !== null && sameView(view, this.#came) ? this.#left : null;
    const there = view === null ? null : (back ?? mapView(view, from, to));
    this.#left = view;
    this.#came = there;
    return there;
  }
}

function sameView(one: View, other: View | null): boolean {
  return (
    other !== null &&
    one.zoom === other.zoom &&
    one.centre.x === other.centre.x &&
    one.centre.y === other.centre.y
  );
}
