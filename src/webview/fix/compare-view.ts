import { html, type PropertyValues, type TemplateResult } from 'lit';
import type { FixPicture, FixWords } from '../../extension/panels/messages/fix.ts';
import { paint } from '../stage/painter.ts';
import { PixelStage, sizeCanvas } from '../stage/pixel-stage.ts';
import { clampView, type Point, type Size, type View } from '../stage/viewport.ts';
import { fill } from '../ui/fill.ts';
import { canvasOf } from '../ui/picture-source.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { compareStyles } from './compare-styles.ts';
import { paintOriginal } from './original-painter.ts';
import { type Overlay, overlayOf, sourceArea } from './overlay.ts';
import type { Fixed } from './worker-messages.ts';

/** The original before it was fixed: each pixel for itself. */
const UNFIXED: Overlay = { start: { x: 0, y: 0 }, step: { x: 1, y: 1 } };

/**
 * Original and result side by side, both at the same place and zoom: whole pixels of the screen for each cell of the result.
 */
export class CompareView extends PixelStage {
  static override readonly properties = {
    original: { attribute: false },
    fixed: { attribute: false },
  };

  static override readonly styles = [sharedStyles, compareStyles];

  declare original: FixPicture;
  /** null until the first result. */
  declare fixed: Fixed | null;
  declare words: FixWords;
  #source: HTMLCanvasElement | null = null;
  #sprite: HTMLCanvasElement | null = null;
  /** The whole result is shown, and goes on being so when it or the window changes. */
  #fitted = false;

  constructor() {
    super();
    this.fixed = null;
  }

  override fit(): void {
    super.fit();
    this.#fitted = true;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('original')) this.#source = canvasOf(this.original);
    if (!changed.has('fixed')) return;
    const { fixed } = this;
    this.#sprite = fixed === null ? null : canvasOf(fixed);
    this.#keepPlace(changed.get('fixed') ?? null);
    this.lookAgain();
  }

  /** A result of other cells is shown at the same place of the original, as large as whole pixels allow. */
  #keepPlace(before: Fixed | null): void {
    const { fixed, view } = this;
    if (fixed === null || before === null || view === null) return;
    if (this.#fitted) {
      this.fit();
      return;
    }
    const old = overlayFor(before);
    const now = overlayFor(fixed);
    const same = old.step.x === now.step.x && old.step.y === now.step.y;
    if (same && old.start.x === now.start.x && old.start.y === now.start.y) return;
    const place = (axis: 'x' | 'y'): number =>
      (old.start[axis] + view.centre[axis] * old.step[axis] - now.start[axis]) / now.step[axis];
    const zoom = Math.max(1, Math.round((view.zoom * now.step.x) / old.step.x));
    this.show(clampView({ zoom, centre: { x: place('x'), y: place('y') } }, this.stage()));
  }

  protected override render(): TemplateResult {
    const { words, original, fixed } = this;
    const name = fill(words.original, original.width, original.height);
    const result = fixed === null ? words.fixing : fill(words.result, fixed.width, fixed.height);
    return html`
      <h2>${name}</h2>
      <h2 class="second">${result}</h2>
      <div class="pane first">${this.#canvas(name)}</div>
      <div class="pane second">${this.#canvas(result)}</div>
      <span id="keys" class="hidden">${words.pictureKeys}</span>
    `;
  }

  #canvas(name: string): TemplateResult {
    return html`<canvas
      class=${this.dragging ? 'dragging' : ''}
      tabindex="0"
      role="application"
      aria-label=${name}
      aria-describedby="keys"
      @wheel=${this.onWheel}
      @pointerdown=${this.onPointerDown}
      @pointermove=${this.onPointerMove}
      @pointerup=${this.onPointerUp}
      @pointercancel=${this.onPointerUp}
      @pointerleave=${this.onPointerLeave}
      @keydown=${this.onKey}
    ></canvas>`;
  }

  protected override firstUpdated(): void {
    const pane = this.renderRoot.querySelector('.pane');
    if (pane !== null) this.observer?.observe(pane);
  }

  protected override updated(): void {
    this.#fitOnce();
    this.paintSoon();
  }

  protected override pictureSize(): Size {
    return this.fixed ?? this.original;
  }

  protected override show(view: View): void {
    this.#fitted = false;
    super.show(view);
  }

  protected override measure(): void {
    const pane = this.renderRoot.querySelector('.pane');
    if (pane === null) return;
    this.measureWindow(pane);
    if (this.#fitted) this.fit();
    else this.#fitOnce();
    this.paintSoon();
  }

  /** Until somebody zooms, all of the result is shown. */
  #fitOnce(): void {
    if (this.view === null && this.fixed !== null && this.window.width > 0) this.fit();
  }

  protected override paint(): void {
    const { width, height } = this.window;
    const source = this.#source;
    const [left, right] = this.renderRoot.querySelectorAll('canvas');
    if (source === null || left === undefined || right === undefined) return;
    if (width === 0 || height === 0) return;
    for (const canvas of [left, right]) sizeCanvas(canvas, width, height);
    const { fixed, cell, grid } = this;
    const view = this.shown();
    const stage = this.stage();
    const colors = this.colors();
    const first = left.getContext('2d');
    if (first !== null) {
      paintOriginal(first, {
        view,
        stage,
        source,
        overlay: fixed === null ? UNFIXED : overlayFor(fixed),
        lines: grid ? fixed : null,
        area: cell === null || fixed === null ? null : areaFor(fixed, cell),
        colors,
      });
    }
    const second = right.getContext('2d');
    if (second === null) return;
    second.clearRect(0, 0, width, height);
    if (this.#sprite === null) return;
    paint(second, { view, stage, source: this.#sprite, backdrop: 'checker', grid, cell, colors });
  }
}

function overlayFor(fixed: Fixed): Overlay {
  return overlayOf(fixed, fixed.report.fit.window, fixed.width, fixed.height);
}

function areaFor(fixed: Fixed, cell: Point): ReturnType<typeof sourceArea> {
  return sourceArea(fixed, fixed.report.fit.window, cell);
}
