import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { FixPicture, FixWords } from '../../extension/panels/messages/fix.ts';
import { type Colors, paint } from '../result-editor/painter.ts';
import {
  cellAt,
  clampView,
  fitView,
  panBy,
  type Point,
  reveal,
  type Stage,
  stepZoom,
  type View,
  WheelSteps,
  zoomAround,
} from '../result-editor/viewport.ts';
import { fill } from '../ui/fill.ts';
import { canvasOf } from '../ui/picture-source.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { onThemeChange, themeColor } from '../ui/theme.ts';
import { paintOriginal } from './original-painter.ts';
import { type Overlay, overlayOf, sourceArea } from './overlay.ts';
import type { Fixed } from './worker-messages.ts';

/** CSS pixels that an arrow key moves. */
const ARROW = 48;

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The original before it was fixed: each pixel for itself. */
const UNFIXED: Overlay = { start: { x: 0, y: 0 }, step: { x: 1, y: 1 } };

/**
 * Original and result side by side, both at the same place and zoom: whole pixels of the screen for each cell of the result.
 * Fires `view` when they moved and `cell` when another cell is looked at, both with the value as detail.
 */
export class CompareView extends LitElement {
  static override readonly properties = {
    original: { attribute: false },
    fixed: { attribute: false },
    words: { attribute: false },
    view: { attribute: false },
    grid: { attribute: false },
    cell: { state: true },
    dragging: { state: true },
  };

  static override readonly styles = [
    sharedStyles,
    css`
      :host {
        display: grid;
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr) minmax(0, 1fr);
        min-width: 0;
        min-height: 0;
        overflow: hidden;
        background: var(--vscode-editor-background);
      }

      h2 {
        margin: 0;
        padding: 4px 12px;
        font-size: 1em;
        font-weight: 600;
        border-bottom: 1px solid
          var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .pane {
        position: relative;
        min-width: 0;
        min-height: 0;
      }

      .second {
        border-left: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
      }

      canvas {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        cursor: crosshair;
        touch-action: none;
      }

      canvas.dragging {
        cursor: grabbing;
      }

      @media (max-width: 640px) {
        :host {
          grid-template: auto minmax(0, 1fr) auto minmax(0, 1fr) / minmax(0, 1fr);
        }

        h2:first-of-type {
          order: -2;
        }

        .first {
          order: -1;
        }

        .second {
          border-left: none;
        }
      }
    `,
  ];

  declare original: FixPicture;
  /** null until the first result. */
  declare fixed: Fixed | null;
  declare words: FixWords;
  declare view: View | null;
  declare grid: boolean;
  declare private cell: Point | null;
  declare private dragging: boolean;

  readonly #wheel = new WheelSteps();
  #source: HTMLCanvasElement | null = null;
  #sprite: HTMLCanvasElement | null = null;
  #window = { width: 0, height: 0 };
  /** The whole result is shown, and goes on being so when it or the window changes. */
  #fitted = false;
  #frame = 0;
  #last: Point | null = null;
  #observer: ResizeObserver | null = null;
  #endTheme: (() => void) | null = null;

  constructor() {
    super();
    this.fixed = null;
    this.view = null;
    this.grid = false;
    this.cell = null;
    this.dragging = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#endTheme = onThemeChange(() => this.#paintSoon());
    this.#observer = new ResizeObserver(() => this.#measure());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endTheme?.();
    this.#observer?.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  /** Shows all of the result. */
  fit(): void {
    this.#show(fitView(this.#stage()));
    this.#fitted = true;
  }

  /** Steps the zoom around the middle of the window. */
  zoomBy(steps: number): void {
    this.zoomTo(stepZoom(this.#view().zoom, steps));
  }

  zoomTo(zoom: number): void {
    const { width, height } = this.#window;
    this.#show(zoomAround(this.#view(), this.#stage(), { x: width / 2, y: height / 2 }, zoom));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('original')) this.#source = canvasOf(this.original);
    if (!changed.has('fixed')) return;
    const { fixed } = this;
    this.#sprite = fixed === null ? null : canvasOf(fixed);
    this.#keepPlace(changed.get('fixed') ?? null);
    const { cell } = this;
    const { width, height } = this.#stage().picture;
    if (cell !== null && (cell.x >= width || cell.y >= height)) this.#look(null);
    else if (cell !== null) this.#look(cell, true);
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
    this.#show(clampView({ zoom, centre: { x: place('x'), y: place('y') } }, this.#stage()));
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
      @wheel=${this.#onWheel}
      @pointerdown=${this.#onPointerDown}
      @pointermove=${this.#onPointerMove}
      @pointerup=${this.#onPointerUp}
      @pointercancel=${this.#onPointerUp}
      @pointerleave=${() => this.#look(null)}
      @keydown=${this.#onKey}
    ></canvas>`;
  }

  protected override firstUpdated(): void {
    const pane = this.renderRoot.querySelector('.pane');
    if (pane !== null) this.#observer?.observe(pane);
  }

  protected override updated(): void {
    this.#fitOnce();
    this.#paintSoon();
  }

  #stage(): Stage {
    const { width, height } = this.fixed ?? this.original;
    return { window: this.#window, ratio: devicePixelRatio, picture: { width, height } };
  }

  #view(): View {
    return this.view ?? fitView(this.#stage());
  }

  #show(view: View): void {
    this.#fitted = false;
    this.view = view;
    this.dispatchEvent(new CustomEvent('view', { detail: view }));
  }

  #look(cell: Point | null, always = false): void {
    if (!always && cell?.x === this.cell?.x && cell?.y === this.cell?.y) return;
    this.cell = cell;
    this.dispatchEvent(new CustomEvent('cell', { detail: cell }));
  }

  #measure(): void {
    const pane = this.renderRoot.querySelector('.pane');
    if (pane === null) return;
    const { width, height } = pane.getBoundingClientRect();
    this.#window = {
      width: Math.round(width * devicePixelRatio),
      height: Math.round(height * devicePixelRatio),
    };
    if (this.#fitted) this.fit();
    else this.#fitOnce();
    this.#paintSoon();
  }

  /** Until somebody zooms, all of the result is shown. */
  #fitOnce(): void {
    if (this.view === null && this.fixed !== null && this.#window.width > 0) this.fit();
  }

  #pointOf(event: MouseEvent): Point {
    const { left, top } = (event.currentTarget as Element).getBoundingClientRect();
    return {
      x: (event.clientX - left) * devicePixelRatio,
      y: (event.clientY - top) * devicePixelRatio,
    };
  }

  readonly #onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const steps = this.#wheel.add(event.deltaY, event.deltaMode);
    if (steps === 0) return;
    const view = this.#view();
    const point = this.#pointOf(event);
    this.#show(zoomAround(view, this.#stage(), point, stepZoom(view.zoom, steps)));
    this.#look(cellAt(this.#view(), this.#stage(), point));
  };

  readonly #onPointerDown = (event: PointerEvent): void => {
    if (event.button > 1) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.dragging = true;
    this.#last = this.#pointOf(event);
  };

  readonly #onPointerMove = (event: PointerEvent): void => {
    const point = this.#pointOf(event);
    if (this.dragging && this.#last !== null) {
      const distance = { x: this.#last.x - point.x, y: this.#last.y - point.y };
      this.#last = point;
      this.#show(panBy(this.#view(), this.#stage(), distance));
    }
    this.#look(cellAt(this.#view(), this.#stage(), point));
  };

  readonly #onPointerUp = (): void => {
    this.dragging = false;
    this.#last = null;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const way = ARROWS[event.key];
    if (way === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const stage = this.#stage();
    const view = this.#view();
    if (!event.shiftKey) {
      const far = ARROW * stage.ratio;
      this.#show(panBy(view, stage, { x: way.x * far, y: way.y * far }));
      return;
    }
    const { width, height } = stage.picture;
    const from = this.cell ?? {
      x: Math.floor(view.centre.x) - way.x,
      y: Math.floor(view.centre.y) - way.y,
    };
    const cell = {
      x: Math.min(width - 1, Math.max(0, from.x + way.x)),
      y: Math.min(height - 1, Math.max(0, from.y + way.y)),
    };
    this.#show(reveal(view, stage, cell));
    this.#look(cell);
  };

  #paintSoon(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  #paint(): void {
    const { width, height } = this.#window;
    const source = this.#source;
    const [left, right] = this.renderRoot.querySelectorAll('canvas');
    if (source === null || left === undefined || right === undefined) return;
    if (width === 0 || height === 0) return;
    for (const canvas of [left, right]) {
      // Setting a canvas' size clears it, so only when it changed.
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
      }
    }
    const { fixed, cell, grid } = this;
    const view = this.#view();
    const stage = this.#stage();
    const colors = this.#colors();
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

  #colors(): Colors {
    return {
      checker: [
        themeColor(this, '--dgx-checker-one', '#ffffff'),
        themeColor(this, '--dgx-checker-other', '#dcdcdc'),
      ],
      editor: themeColor(this, '--vscode-editor-background', '#1e1e1e'),
      grid: themeColor(this, '--vscode-editorLineNumber-foreground', '#808080'),
      cell: ['#ffffff', '#000000'],
    };
  }
}

function overlayFor(fixed: Fixed): Overlay {
  return overlayOf(fixed, fixed.report.fit.window, fixed.width, fixed.height);
}

function areaFor(fixed: Fixed, cell: Point): ReturnType<typeof sourceArea> {
  return sourceArea(fixed, fixed.report.fit.window, cell);
}
