import { html, type PropertyValues, type TemplateResult } from 'lit';
import type { Picture, ResultEditorWords } from '../../extension/panels/messages/result-editor.ts';
import type { Backdrop } from '../stage/backdrop.ts';
import { paint, paintTrueSize, type Scene } from '../stage/painter.ts';
import { PixelStage, sizeCanvas } from '../stage/pixel-stage.ts';
import { clampView } from '../stage/viewport.ts';
import { fill } from '../ui/fill.ts';
import { canvasOf } from '../ui/picture-source.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { pictureStyles } from './picture-styles.ts';

/** Longest side of the true-size inset, in CSS pixels. */
const INSET = 128;
/** The picture, and at its corner the same at true size. */
export class PictureView extends PixelStage {
  static override readonly properties = {
    picture: { attribute: false },
    backdrop: { attribute: false },
  };

  static override readonly styles = [sharedStyles, pictureStyles];

  declare picture: Picture;
  declare words: ResultEditorWords;
  declare backdrop: Backdrop;
  #source: HTMLCanvasElement | null = null;

  constructor() {
    super();
    this.backdrop = 'checker';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.observer?.observe(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('picture')) return;
    this.#source = canvasOf(this.picture);
    this.lookAgain();
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
        @wheel=${this.onWheel}
        @pointerdown=${this.onPointerDown}
        @pointermove=${this.onPointerMove}
        @pointerup=${this.onPointerUp}
        @pointercancel=${this.onPointerUp}
        @pointerleave=${this.onPointerLeave}
        @keydown=${this.onKey}
      ></canvas>
      <span id="keys" class="hidden">${words.pictureKeys}</span>
      <div class="inset" ?hidden=${inset === null || (this.view?.zoom ?? 1) === 1}>
        <canvas role="img" aria-label=${words.inset}></canvas>
      </div>
    `;
  }

  protected override updated(): void {
    this.paintSoon();
  }

  #insetSize(): { width: number; height: number } | null {
    const { width, height } = this.picture;
    if (Math.min(width, height) > INSET) return null;
    return { width: Math.min(INSET, width), height: Math.min(INSET, height) };
  }

  protected override pictureSize(): Picture {
    return this.picture;
  }

  protected override measure(): void {
    this.measureWindow(this);
    if (this.window.width === 0 || this.window.height === 0) return;
    if (this.view === null) this.fit();
    else this.show(clampView(this.view, this.stage()));
    this.paintSoon();
  }

  protected override paint(): void {
    const source = this.#source;
    const { width, height } = this.window;
    const [canvas, inset] = this.renderRoot.querySelectorAll('canvas');
    if (source === null || canvas === undefined || width === 0 || height === 0) return;
    sizeCanvas(canvas, width, height);
    const scene: Scene = {
      view: this.shown(),
      stage: this.stage(),
      source,
      backdrop: this.backdrop,
      grid: this.grid,
      cell: this.cell,
      colors: this.colors(),
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
}
