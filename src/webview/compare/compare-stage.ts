import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { CompareWords } from '../../extension/panels/messages/compare-words.ts';
import type { Backdrop } from '../stage/backdrop.ts';
import type { Ground } from '../stage/painter.ts';
import { PixelStage, sizeCanvas } from '../stage/pixel-stage.ts';
import { clampView, LEAST_ZOOM, type Point, type Size, type Stage } from '../stage/viewport.ts';
import { fill } from '../ui/fill.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { type FrameClock, frameCount, type FrameGrid } from './frames.ts';
import type { Joint } from './joint.ts';
import type { Sprite } from './pictures.ts';
import { BLINK_MS, columnsFor, type Mode, windowsOf } from './modes.ts';
import { paintInset } from './inset.ts';
import { stageStyles } from './stage-styles.ts';
import { type Box, boxesOf } from './window-boxes.ts';
import { layersOf } from './window-layers.ts';
import { paintWindow, type WindowScene } from './window-painter.ts';
import { Wipe } from './wipe.ts';

/** Pictures with longer sides may be seen smaller than they are. */
const LARGE = 256;

/** What is known of a place beside its picture. */
export interface PlaceInfo {
  /** The contender's name, or its place while that is hidden. */
  title: string;
  /** Named best, or about to be. */
  best: boolean;
  /** In place of a picture that is not there. */
  state: TemplateResult | null;
}

/**
 * All pictures of a set at one place and zoom, in the windows of a mode. Moving paints and renders nothing; one frame callback
 * serves all windows. Fires `view` (null: fitted), `cell`, `frame` and `zoom`.
 */
export class CompareStage extends PixelStage {
  static override readonly properties = {
    infos: { attribute: false },
    joint: { attribute: false },
    mode: { attribute: false },
    chosen: { attribute: false },
    frames: { attribute: false },
    backdrop: { attribute: false },
    opacity: { attribute: false },
    raw: { attribute: false },
    still: { attribute: false },
    blink: { state: true },
  };

  static override readonly styles = [sharedStyles, stageStyles];

  declare words: CompareWords;
  declare infos: readonly PlaceInfo[];
  declare joint: Joint<Sprite>;
  declare mode: Mode;
  declare chosen: readonly number[];
  declare frames: FrameGrid;
  declare backdrop: Backdrop | Ground;
  declare opacity: number;
  declare raw: boolean;
  /** Nothing moves by itself: blink waits for a step. */
  declare still: boolean;
  declare private blink: number;

  clock: FrameClock | null = null;
  readonly #wipe = new Wipe();
  #boxes: Box[] = [];
  #corner: Point = { x: 0, y: 0 };
  #frame = 0;
  #dirty = true;
  /** Nothing but the view changed since the last frame. */
  #moved = false;
  #blinking = 0;
  #ratio = 0;
  #zoom = 0;

  constructor() {
    super();
    this.infos = [];
    this.joint = { placed: [], size: { width: 1, height: 1 } };
    this.mode = 'sideBySide';
    this.chosen = [];
    this.frames = { columns: 1, rows: 1 };
    this.backdrop = 'checker';
    this.opacity = 0.5;
    this.raw = false;
    this.still = false;
    this.blink = 0;
  }

  /** The zoom that is shown, also while it is fitted. */
  get zoom(): number {
    return this.shown().zoom;
  }

  /** The frame that is shown. */
  get frame(): number {
    return this.#frame;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.observer?.observe(this);
    if (this.hasUpdated) this.#startBlinking();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#blinking);
  }

  override fit(): void {
    this.view = null;
    this.dispatchEvent(new CustomEvent('view', { detail: null }));
    this.paintSoon();
  }

  /** Shows the next picture of a blink. */
  stepBlink(): void {
    this.blink += 1;
  }

  /** Paints anew, as after a step of the clock. */
  refresh(): void {
    this.paintSoon();
  }

  /** While it is dragged, the picture moves with the cursor: the cell below it stays. */
  protected override look(cell: Point | null, always = false): void {
    if (!this.dragging) super.look(cell, always);
  }

  /** Neither moving nor pointing changes what is rendered. */
  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    const names: PropertyKey[] = [...changed.keys()];
    if (names.some(name => name !== 'view' && name !== 'cell')) return true;
    this.#moveSoon();
    return false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('mode')) this.blink = 0;
    const again = changed.has('mode') || changed.has('chosen') || changed.has('joint');
    if (again) this.#wipe.reset(this.chosen.length);
  }

  protected override render(): TemplateResult {
    const { words } = this;
    return html`${this.#windows().map((window, at) => {
        const titles = window.places.map(place => this.infos[place]?.title ?? '');
        const [shown] = window.layers;
        const now = this.mode === 'blink' && shown !== undefined ? [shown.place] : window.places;
        const states = now.map(place => this.infos[place]?.state ?? null);
        return html`<section class="window" aria-label=${titles.join(', ')}>
          <header>
            ${now.map(place => this.#title(place))}
            ${window.difference === null ? nothing : html`<span class="faint">${words.difference}</span>`}
          </header>
          <canvas
            class="stage ${this.dragging ? 'dragging' : ''}"
            data-window=${at}
            tabindex="0"
            role="application"
            aria-label=${fill(words.stage, titles.join(', '))}
            aria-describedby="keys"
            @wheel=${this.onWheel}
            @pointerenter=${this.#onEnter}
            @pointerdown=${this.onPointerDown}
            @pointermove=${this.onPointerMove}
            @pointerup=${this.onPointerUp}
            @pointercancel=${this.onPointerUp}
            @pointerleave=${this.onPointerLeave}
            @keydown=${this.onKey}
          ></canvas>
          <canvas class="inset" role="img" aria-label=${words.inset} hidden></canvas>
          ${states.some(state => state !== null) ? html`<div class="state">${states}</div>` : nothing}
          ${this.mode === 'wipe' ? this.#wipe.cuts.map((_, cut) => this.#handle(cut)) : nothing}
        </section>`;
      })}<span id="keys" class="hidden">${words.stageKeys}</span>`;
  }

  #title(place: number): TemplateResult {
    const info = this.infos[place];
    return html`<span class="title ${info?.best === true ? 'best' : ''}"
      ><b>${place + 1}</b> ${info?.title ?? ''}
      ${info?.best === true ? html`<span class="star" aria-label=${this.words.best}>★</span>` : nothing}</span
    >`;
  }

  #handle(cut: number): TemplateResult {
    return html`<div
      class="handle"
      role="slider"
      tabindex="0"
      aria-label=${fill(this.words.wipeHandle, cut + 1, cut + 2)}
      aria-valuemin="0"
      aria-valuemax="100"
      @pointerdown=${(event: PointerEvent) => (event.currentTarget as Element).setPointerCapture(event.pointerId)}
      @pointermove=${(event: PointerEvent) => this.#dragCut(event, cut)}
      @keydown=${(event: KeyboardEvent) => this.#nudgeCut(event, cut)}
    ></div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('mode') || changed.has('still') || changed.has('chosen')) {
      this.#startBlinking();
    }
    if (this.window.width === 0 || this.#boxes.length !== this.#windows().length) this.measure();
    this.#layOut();
    if (changed.has('joint')) this.#keepInside();
    this.paintSoon();
  }

  /** Another set may have smaller pictures. */
  #keepInside(): void {
    if (this.joint.placed.every(placed => placed === null)) return;
    if (this.view !== null) this.view = clampView(this.view, this.stage());
    this.lookAgain();
  }

  #windows(): ReturnType<typeof windowsOf> {
    const { mode, chosen, blink, opacity } = this;
    return windowsOf({ mode, chosen, cuts: this.#wipe.cuts, blink, opacity });
  }

  #startBlinking(): void {
    clearInterval(this.#blinking);
    if (this.mode !== 'blink' || this.still || this.chosen.length < 2) return;
    this.#blinking = setInterval(() => this.stepBlink(), BLINK_MS);
  }

  protected override pictureSize(): Size {
    return this.joint.size;
  }

  protected override stage(): Stage {
    const { width, height } = this.joint.size;
    const small = !this.raw && Math.max(width, height) <= LARGE;
    return { ...super.stage(), least: small ? 1 : LEAST_ZOOM };
  }

  protected override measure(): void {
    const bounds = this.#wholePixels();
    this.#corner = { x: bounds.left, y: bounds.top };
    this.#ratio = devicePixelRatio;
    const count = Math.max(1, this.#windows().length);
    const { boxes, window } = boxesOf(bounds, this.#ratio, count, (width, height) =>
      columnsFor(count, width, height),
    );
    this.#boxes = boxes;
    this.window = window;
    this.#layOut();
    this.paintSoon();
  }

  /**
   * Begins on a whole pixel, below lines of text that do not end on one: the browser rounds a part of the page that is painted by
   * itself once, and what lies in it again, so that pictures would be a pixel off.
   */
  #wholePixels(): DOMRect {
    const before = Number.parseFloat(this.style.marginTop) || 0;
    const bounds = this.getBoundingClientRect();
    const own = bounds.top - before;
    const margin = Math.ceil(own - 0.01) - own;
    if (Math.abs(margin - before) < 0.01) return bounds;
    this.style.marginTop = `${margin}px`;
    return this.getBoundingClientRect();
  }

  /** Puts the windows onto whole device pixels, where a canvas is not resampled. */
  #layOut(): void {
    for (const [at, section] of [...this.renderRoot.querySelectorAll('section')].entries()) {
      const box = this.#boxes[at];
      if (box === undefined) continue;
      const { left, top, width, height, header } = box;
      section.style.cssText = `left:${left}px;top:${top}px;width:${width}px;height:${height}px`;
      const canvas = section.querySelector<HTMLElement>('.stage');
      if (canvas === null) continue;
      canvas.style.cssText = `top:${header}px;width:${width}px;height:${height - header}px`;
    }
    this.#placeHandles();
  }

  #placeHandles(): void {
    if (this.joint.placed.length > 0) this.#wipe.place(this.shown(), this.stage());
    this.#wipe.show(this.renderRoot.querySelectorAll<HTMLElement>('.handle'));
  }

  protected override paintSoon(): void {
    this.#moved = false;
    this.#moveSoon();
  }

  /** Paints what another view changes. */
  #moveSoon(): void {
    this.#dirty = true;
    super.paintSoon();
  }

  protected override paint(): void {
    const { clock } = this;
    const frame = clock?.at(performance.now(), frameCount(this.frames)) ?? 0;
    if (frame !== this.#frame) {
      this.#frame = frame;
      this.#dirty = true;
      this.#moved = false;
      this.dispatchEvent(new CustomEvent('frame', { detail: frame }));
    }
    if (this.#dirty) this.#paintAll();
    this.#dirty = false;
    this.#moved = true;
    if (clock?.playing === true) super.paintSoon();
  }

  #paintAll(): void {
    const { width, height } = this.window;
    if (width === 0 || height === 0) return;
    const view = this.shown();
    const stage = this.stage();
    const colors = this.colors();
    if (view.zoom !== this.#zoom) {
      this.#zoom = view.zoom;
      this.dispatchEvent(new CustomEvent('zoom', { detail: view.zoom }));
    }
    const { backdrop, grid, cell } = this;
    const windows = this.#windows();
    for (const [at, section] of [...this.renderRoot.querySelectorAll('section')].entries()) {
      const window = windows[at];
      const [canvas, inset] = section.querySelectorAll('canvas');
      if (window === undefined || canvas === undefined || inset === undefined) continue;
      const layers = layersOf(window, this.joint, this.frames, this.#frame);
      const scene: WindowScene = { view, stage, layers, backdrop, grid, cell, colors };
      sizeCanvas(canvas, width, height);
      const context = canvas.getContext('2d');
      if (context !== null) paintWindow(context, scene);
      paintInset(inset, scene, this.#moved);
    }
  }

  /** From what was measured: reading the layout while somebody drags would make the browser lay out in between. */
  protected override place(event: MouseEvent): Point {
    const canvas = event.currentTarget as HTMLElement;
    const box = this.#boxes[Number(canvas.dataset['window'])];
    if (box === undefined || this.#ratio !== devicePixelRatio) return super.place(event);
    return {
      x: (event.clientX - this.#corner.x - box.left) * this.#ratio,
      y: (event.clientY - this.#corner.y - box.top - box.header) * this.#ratio,
    };
  }

  readonly #onEnter = (): void => {
    const { left, top } = this.getBoundingClientRect();
    this.#corner = { x: left, y: top };
  };

  #dragCut(event: PointerEvent, cut: number): void {
    const box = this.#boxes[0];
    if (box === undefined || !(event.currentTarget as Element).hasPointerCapture(event.pointerId)) {
      return;
    }
    this.#wipe.move(cut, (event.clientX - this.#corner.x - box.left) / box.width);
    this.#placeHandles();
    this.paintSoon();
  }

  #nudgeCut(event: KeyboardEvent, cut: number): void {
    if (!this.#wipe.press(cut, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#placeHandles();
    this.paintSoon();
  }
}
