import { cellSide, originOf, type Stage, type View } from '../stage/viewport.ts';
import { evenCuts, moveCut } from './modes.ts';

/** Share of the window that an arrow key moves a handle. */
const NUDGE = 0.02;

/** Where a wipe changes from one picture to the next, as shares of the window's width. */
export class Wipe {
  #cuts: number[] = [];
  /** Whether they share the picture, which is known once the window is measured. */
  #placed = false;

  get cuts(): readonly number[] {
    return this.#cuts;
  }

  /** Begins anew with so many pictures. */
  reset(pictures: number): void {
    this.#cuts = evenCuts(pictures);
    this.#placed = false;
  }

  /** Shares what is seen of the pictures evenly, not the empty window around them; once after each reset. */
  place(view: View, stage: Stage): void {
    const { width } = stage.window;
    if (this.#placed || width === 0) return;
    this.#placed = true;
    const { x } = originOf(view, stage);
    const left = Math.max(0, x);
    const far = x + stage.picture.width * cellSide(view.zoom, stage.ratio);
    const right = Math.max(left, Math.min(width, far));
    const shares = evenCuts(this.#cuts.length + 1);
    this.#cuts = shares.map(share => (left + share * (right - left)) / width);
  }

  move(cut: number, share: number): void {
    this.#cuts = moveCut(this.#cuts, cut, share);
  }

  /** @returns whether the key moves a handle */
  press(cut: number, key: string): boolean {
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1 }[key];
    const end = { Home: 0, End: 1 }[key];
    if (steps === undefined && end === undefined) return false;
    this.move(cut, end ?? (this.#cuts[cut] ?? 0) + (steps ?? 0) * NUDGE);
    return true;
  }

  /** Puts handles where the cuts are. */
  show(handles: Iterable<HTMLElement>): void {
    for (const [at, handle] of [...handles].entries()) {
      const cut = this.#cuts[at] ?? 0;
      handle.style.left = `${cut * 100}%`;
      handle.setAttribute('aria-valuenow', String(Math.round(cut * 100)));
    }
  }
}
