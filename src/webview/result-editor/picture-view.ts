import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { Picture, ResultEditorWords } from '../../extension/panels/messages/result-editor.ts';
import { fill } from '../ui/fill.ts';
import { canvasOf } from '../ui/picture-source.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { onThemeChange, themeColor } from '../ui/theme.ts';
import type { Backdrop } from './backdrop.ts';
import { type Colors, paint, paintTrueSize, type Scene } from './painter.ts';
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
} from './viewport.ts';
import { pictureStyles } from './picture-styles.ts';

/** Longest side of the true-size inset, in CSS pixels. */
const INSET = 128;
/** CSS pixels that an arrow key moves. */
const ARROW = 48;

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/**
 * The picture at a whole zoom, moved by wheel, drag and keys. Fires `view` when it moved and `cell` when another cell is
 * looked at, both with the value as detail.
 */
export class PictureView extends LitElement {
  static override readonly properties = {
    picture: { attribute: false },
    words: { attribute: false },
    view: { attribute: false },
    backdrop: { attribute: false },
    grid: { attribute: false },
    cell: { state: true },
    dragging: { state: true },
  };

  static override readonly styles = [sharedStyles, pictureStyles];

  declare picture: Picture;
  declare words: ResultEditorWords;
  declare view: View | null;
  declare backdrop: Backdrop;
  declare grid: boolean;
  declare private cell: Point | null;
  declare private dragging: boolean;

  readonly #wheel = new WheelSteps();
  #source: HTMLCanvasElement | null = null;
  #window = { width: 0, height: 0 };
  #frame = 0;
  #last: Point | null = null;
  #observer: ResizeObserver | null = null;
  #endTheme: (() => void) | null = null;

  constructor() {
    super();
    this.view = null;
    this.backdrop = 'checker';
    this.grid = false;
    this.cell = null;
    this.dragging = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#endTheme = onThemeChange(() => this.#paintSoon());
    this.#observer = new ResizeObserver(() => this.#measure());
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endTheme?.();
    this.#observer?.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  /** Shows all of the picture. */
  fit(): void {
    this.#show(fitView(this.#stage()));
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
    if (!changed.has('picture')) return;
    this.#source = canvasOf(this.picture);
    const { cell } = this;
    const { width, height } = this.picture;
    if (cell !== null && (cell.x >= width || cell.y >= height)) this.#look(null);
    else if (cell !== null) this.#look(cell, true);
  }

  protected override render(): TemplateResult {
    const { words, picture } = this;
    const inset = this.#insetSize();
    return html`
      <canvas
        class="stage ${this.dragging ? 'dragging' : ''}"
        tabindex="0"
        role="application"
        aria-label=${fill(words.picture, picture.width, picture.height)}
        aria-describedby="keys"
        @wheel=${this.#onWheel}
        @pointerdown=${this.#onPointerDown}
        @pointermove=${this.#onPointerMove}
        @pointerup=${this.#onPointerUp}
        @pointercancel=${this.#onPointerUp}
        @pointerleave=${() => this.#look(null)}
        @keydown=${this.#onKey}
      ></canvas>
      <span id="keys" class="hidden">${words.pictureKeys}</span>
      <div class="inset" ?hidden=${inset === null || (this.view?.zoom ?? 1) === 1}>
        <canvas role="img" aria-label=${words.inset}></canvas>
      </div>
    `;
  }

  protected override updated(): void {
    this.#paintSoon();
  }

  #insetSize(): { width: number; height: number } | null {
    const { width, height } = this.picture;
    if (Math.min(width, height) > INSET) return null;
    return { width: Math.min(INSET, width), height: Math.min(INSET, height) };
  }

  #stage(): Stage {
    const { width, height } = this.picture;
    return { window: this.#window, ratio: devicePixelRatio, picture: { width, height } };
  }

  #view(): View {
    return this.view ?? fitView(this.#stage());
  }

  #show(view: View): void {
    this.view = view;
    this.dispatchEvent(new CustomEvent('view', { detail: view }));
  }

  #look(cell: Point | null, always = false): void {
    if (!always && cell?.x === this.cell?.x && cell?.y === this.cell?.y) return;
    this.cell = cell;
    this.dispatchEvent(new CustomEvent('cell', { detail: cell }));
  }

  #measure(): void {
    const { width, height } = this.getBoundingClientRect();
    this.#window = {
      width: Math.round(width * devicePixelRatio),
      height: Math.round(height * devicePixelRatio),
    };
    if (width === 0 || height === 0) return;
    if (this.view === null) this.fit();
    else this.#show(clampView(this.view, this.#stage()));
    this.#paintSoon();
  }

  #pointOf(event: MouseEvent): Point {
    const { left, top } = this.getBoundingClientRect();
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
    const { width, height } = this.picture;
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
    const source = this.#source;
    const { width, height } = this.#window;
    const [canvas, inset] = this.renderRoot.querySelectorAll('canvas');
    if (source === null || canvas === undefined || width === 0 || height === 0) return;
    sizeCanvas(canvas, width, height);
    const scene: Scene = {
      view: this.#view(),
      stage: this.#stage(),
      source,
      backdrop: this.backdrop,
      grid: this.grid,
      cell: this.cell,
      colors: this.#colors(),
    };
    const context = canvas.getContext('2d');
    if (context !== null) paint(context, scene);
    const size = this.#insetSize();
    const small = inset?.getContext('2d');
    if (inset === undefined || small == null || size === null) return;
    sizeCanvas(
      inset,
      Math.round(size.width * devicePixelRatio),
      Math.round(size.height * devicePixelRatio),
    );
    inset.style.width = `${size.width}px`;
    inset.style.height = `${size.height}px`;
    paintTrueSize(small, scene);
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

/** Setting a canvas' size clears it, so only when it changed. */
function sizeCanvas(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width === width && canvas.height === height) return;
  canvas.width = width;
  canvas.height = height;
}
