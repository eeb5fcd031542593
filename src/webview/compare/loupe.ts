import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { CompareWords } from '../../extension/panels/messages/compare-words.ts';
import { colorAt, hexOf, type Rgba, rgbaOf } from '../stage/color.ts';
import type { Point } from '../stage/viewport.ts';
import { fill } from '../ui/fill.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { type FrameGrid, frameRect } from './frames.ts';
import { cellOf, type Joint, type Placed } from './joint.ts';
import type { Sprite } from './pictures.ts';
import { Slowly } from './slowly.ts';

/** Cells that are seen to each side of the middle one, and CSS pixels of each. */
const AROUND = 4;
const SIDE = 6;
const CELLS = 2 * AROUND + 1;
/** Milliseconds that colours stay while frames run. */
const COLOURS_MS = 200;
/** Milliseconds after which what lies under the cursor is said. */
const SAID_MS = 500;

/** What lies under the cursor in every picture: enlarged, its colour and its cell. */
export class Loupe extends LitElement {
  static override readonly properties = {
    words: { attribute: false },
    joint: { attribute: false },
    frames: { attribute: false },
    shown: { state: true },
    said: { state: true },
    cell: { attribute: false },
  };

  static override readonly styles = [
    sharedStyles,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 16px;
        padding: 4px 8px;
        min-height: 64px;
        overflow: hidden;
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
        border-top: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
      }

      .place {
        display: flex;
        align-items: center;
        gap: 8px;
      }

      .texts {
        display: grid;
        min-width: 11ch;
        font-family: var(--vscode-editor-font-family, monospace);
      }

      canvas {
        width: ${CELLS * SIDE}px;
        height: ${CELLS * SIDE}px;
        outline: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
        image-rendering: pixelated;
      }

      .swatch {
        display: inline-block;
        width: 1em;
        height: 1em;
        margin-right: 6px;
        vertical-align: -0.12em;
        border: 1px solid var(--vscode-foreground);
      }

      .faint {
        color: var(--vscode-descriptionForeground);
      }
    `,
  ];

  declare words: CompareWords;
  declare joint: Joint<Sprite>;
  declare frames: FrameGrid;
  /** The frame that is told of. */
  declare private shown: number;
  /** The last cell that somebody stayed at, for who does not see it. */
  declare private said: string;
  declare cell: Point | null;
  readonly #saying = new Slowly<Point | null>(SAID_MS, cell => {
    this.said = cell === null ? '' : this.#said(cell);
  });
  readonly #slowly = new Slowly<number>(COLOURS_MS, frame => (this.shown = frame));

  constructor() {
    super();
    this.shown = 0;
    this.said = '';
    this.cell = null;
  }

  /** Called up to sixty times a second; nobody reads colours that fast. */
  set frame(frame: number) {
    if (frame !== this.shown) this.#slowly.take(frame);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#slowly.end();
    this.#saying.end();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('cell')) this.#saying.take(this.cell);
  }

  protected override render(): TemplateResult {
    const { words, cell, joint } = this;
    if (cell === null) return html`<span class="faint">${words.pointAtCell}</span>`;
    return html`<span class="hidden" role="status" aria-live="polite">${this.said}</span>
      ${joint.placed.map((placed, place) => (placed === null ? nothing : this.#place(placed, place, cell)))}`;
  }

  #place(placed: Placed<Sprite>, place: number, at: Point): TemplateResult {
    const { words } = this;
    const cell = cellOf(placed, at);
    const color = cell === null ? null : this.#color(placed, cell);
    return html`<div class="place">
      <b>${place + 1}</b>
      <canvas
        data-place=${place}
        width=${CELLS}
        height=${CELLS}
        role="img"
        aria-label=${fill(words.loupeOf, place + 1)}
      ></canvas>
      <span class="texts">
        <span
          >${
            color === null
              ? words.beside
              : html`<span class="swatch" .style=${`background:${rgbaOf(color)}`}></span
                  >${color[3] === 0 ? words.transparent : hexOf(color)}`
          }</span
        >
        <span class="faint">${cell === null ? '' : fill(words.cell, cell.x, cell.y)}</span>
      </span>
    </div>`;
  }

  #said(at: Point): string {
    const { words } = this;
    const texts = this.joint.placed.flatMap((placed, place) => {
      if (placed === null) return [];
      const cell = cellOf(placed, at);
      const color = cell === null ? null : this.#color(placed, cell);
      const text =
        color === null ? words.beside : color[3] === 0 ? words.transparent : hexOf(color);
      return [`${place + 1}: ${text}`];
    });
    return [fill(words.cell, at.x, at.y), ...texts].join(', ');
  }

  #color({ sprite: { image } }: Placed, cell: Point): Rgba {
    const { x, y } = frameRect(image, this.frames, this.shown);
    return colorAt(
      new Uint8Array(image.data.buffer, image.data.byteOffset),
      image.width,
      x + cell.x,
      y + cell.y,
    );
  }

  protected override updated(): void {
    const { cell } = this;
    if (cell === null) return;
    for (const canvas of this.renderRoot.querySelectorAll('canvas')) {
      const placed = this.joint.placed[Number(canvas.dataset['place'])];
      const context = canvas.getContext('2d');
      if (placed && context !== null) this.#paint(context, placed, cell);
    }
  }

  #paint(context: CanvasRenderingContext2D, placed: Placed<Sprite>, at: Point): void {
    const { sprite, size } = placed;
    const middle = cellOf(placed, at);
    context.clearRect(0, 0, CELLS, CELLS);
    if (middle === null) return;
    const frame = frameRect(sprite.image, this.frames, this.shown);
    const left = Math.max(0, middle.x - AROUND);
    const top = Math.max(0, middle.y - AROUND);
    const width = Math.min(size.width, middle.x + AROUND + 1) - left;
    const height = Math.min(size.height, middle.y + AROUND + 1) - top;
    const [x, y] = [left - middle.x + AROUND, top - middle.y + AROUND];
    context.imageSmoothingEnabled = false;
    context.drawImage(
      sprite.canvas,
      frame.x + left,
      frame.y + top,
      width,
      height,
      x,
      y,
      width,
      height,
    );
  }
}
