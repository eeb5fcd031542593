import { LitElement, type PropertyDeclarations } from 'lit';
import { onThemeChange, themeColor } from '../ui/theme.ts';
import type { Colors } from './painter.ts';
import {
  cellAt,
  clampView,
  fitView,
  panBy,
  type Point,
  reveal,
  type Size,
  type Stage,
  stepZoom,
  type View,
  WheelSteps,
  zoomAround,
} from './viewport.ts';

/** CSS pixels that an arrow key moves. */
const ARROW = 48;

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/**
 * Cells at a whole zoom, moved by wheel, drag and keys; what is painted and where is for whoever extends it. Fires `view` when
 * it moved and `cell` when another cell is looked at, both with the value as detail.
 */
export abstract class PixelStage extends LitElement {
  static override readonly properties: PropertyDeclarations = {
    words: { attribute: false },
    view: { attribute: false },
    grid: { attribute: false },
    cell: { state: true },
    dragging: { state: true },
  };

  declare view: View | null;
  declare grid: boolean;
  declare protected cell: Point | null;
  declare protected dragging: boolean;

  /** In device pixels. */
  protected window: Size = { width: 0, height: 0 };
  protected observer: ResizeObserver | null = null;
  readonly #wheel = new WheelSteps();
  #frame = 0;
  #last: Point | null = null;
  #colors: Colors | null = null;
  #endTheme: (() => void) | null = null;

  constructor() {
    super();
    this.view = null;
    this.grid = false;
    this.cell = null;
    this.dragging = false;
  }

  /** Cells of the picture. */
  protected abstract pictureSize(): Size;

  /** Called when the window's size is known or changed. */
  protected abstract measure(): void;

  /** Called once a frame at most. */
  protected abstract paint(): void;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#endTheme = onThemeChange(() => {
      this.#colors = null;
      this.paintSoon();
    });
    this.observer = new ResizeObserver(() => this.measure());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endTheme?.();
    this.observer?.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  /** Shows all of the picture. */
  fit(): void {
    this.show(fitView(this.stage()));
  }

  /** Steps the zoom around the middle of the window. */
  zoomBy(steps: number): void {
    this.zoomTo(stepZoom(this.shown().zoom, steps, this.stage().least));
  }

  /** Keeps what is in the middle exactly: taken from what is painted, whole pixels would add up to a drift. */
  zoomTo(zoom: number): void {
    this.show(clampView({ ...this.shown(), zoom }, this.stage()));
  }

  protected stage(): Stage {
    const { width, height } = this.pictureSize();
    return { window: this.window, ratio: devicePixelRatio, picture: { width, height } };
  }

  protected shown(): View {
    return this.view ?? fitView(this.stage());
  }

  protected show(view: View): void {
    this.view = view;
    this.dispatchEvent(new CustomEvent('view', { detail: view }));
  }

  protected look(cell: Point | null, always = false): void {
    if (!always && cell?.x === this.cell?.x && cell?.y === this.cell?.y) return;
    this.cell = cell;
    this.dispatchEvent(new CustomEvent('cell', { detail: cell }));
  }

  /** Another picture: what is under the cursor is told anew, or is gone. */
  protected lookAgain(): void {
    const { cell } = this;
    const { width, height } = this.pictureSize();
    if (cell !== null && (cell.x >= width || cell.y >= height)) this.look(null);
    else if (cell !== null) this.look(cell, true);
  }

  protected measureWindow(element: Element): void {
    const { width, height } = element.getBoundingClientRect();
    this.window = {
      width: Math.round(width * devicePixelRatio),
      height: Math.round(height * devicePixelRatio),
    };
  }

  protected paintSoon(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.paint();
    });
  }

  /** Read once for each theme: asking for styles while painting would lay the page out. */
  protected colors(): Colors {
    this.#colors ??= {
      checker: [
        themeColor(this, '--dgx-checker-one', '#ffffff'),
        themeColor(this, '--dgx-checker-other', '#dcdcdc'),
      ],
      editor: themeColor(this, '--vscode-editor-background', '#1e1e1e'),
      grid: themeColor(this, '--vscode-editorLineNumber-foreground', '#808080'),
      cell: ['#ffffff', '#000000'],
    };
    return this.#colors;
  }

  /** Where in the element that hears it an event happened, in device pixels. */
  protected place(event: MouseEvent): Point {
    const { left, top } = (event.currentTarget as Element).getBoundingClientRect();
    return {
      x: (event.clientX - left) * devicePixelRatio,
      y: (event.clientY - top) * devicePixelRatio,
    };
  }

  protected readonly onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const steps = this.#wheel.add(event.deltaY, event.deltaMode);
    if (steps === 0) return;
    const view = this.shown();
    const stage = this.stage();
    const point = this.place(event);
    this.show(zoomAround(view, stage, point, stepZoom(view.zoom, steps, stage.least)));
    this.look(cellAt(this.shown(), this.stage(), point));
  };

  protected readonly onPointerDown = (event: PointerEvent): void => {
    if (event.button > 1) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.dragging = true;
    this.#last = this.place(event);
  };

  protected readonly onPointerMove = (event: PointerEvent): void => {
    const point = this.place(event);
    if (this.dragging && this.#last !== null) {
      const distance = { x: this.#last.x - point.x, y: this.#last.y - point.y };
      this.#last = point;
      this.show(panBy(this.shown(), this.stage(), distance));
    }
    this.look(cellAt(this.shown(), this.stage(), point));
  };

  protected readonly onPointerUp = (): void => {
    this.dragging = false;
    this.#last = null;
  };

  protected readonly onPointerLeave = (): void => this.look(null);

  protected readonly onKey = (event: KeyboardEvent): void => {
    const way = ARROWS[event.key];
    if (way === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const stage = this.stage();
    const view = this.shown();
    if (!event.shiftKey) {
      const far = ARROW * stage.ratio;
      this.show(panBy(view, stage, { x: way.x * far, y: way.y * far }));
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
    this.show(reveal(view, stage, cell));
    this.look(cell);
  };
}

/** Setting a canvas' size clears it, so only when it changed. */
export function sizeCanvas(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width === width && canvas.height === height) return;
  canvas.width = width;
  canvas.height = height;
}
