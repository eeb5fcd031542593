import { css, html, type TemplateResult } from 'lit';
import type { Backdrop } from '../stage/backdrop.ts';
import type { Ground } from '../stage/painter.ts';
import { PixelStage, sizeCanvas } from '../stage/pixel-stage.ts';
import { fitView, LEAST_ZOOM, type Size } from '../stage/viewport.ts';
import type { SmallPicture } from './small-picture.ts';
import { paintWindow } from './window-painter.ts';

/** CSS pixels along a thumbnail's side. */
const SIDE = 104;

/** A picture at the largest whole zoom, or the largest whole fraction, that fits. */
export class Thumb extends PixelStage {
  static override readonly properties = {
    picture: { attribute: false },
    backdrop: { attribute: false },
  };

  static override readonly styles = css`
    :host {
      display: block;
      width: ${SIDE}px;
      height: ${SIDE}px;
    }

    canvas {
      display: block;
      width: 100%;
      height: 100%;
      image-rendering: pixelated;
    }
  `;

  declare picture: SmallPicture;
  declare backdrop: Backdrop | Ground;

  protected override render(): TemplateResult {
    return html`<canvas aria-hidden="true"></canvas>`;
  }

  protected override updated(): void {
    this.measure();
  }

  protected override measure(): void {
    const side = Math.round(SIDE * devicePixelRatio);
    this.window = { width: side, height: side };
    this.paintSoon();
  }

  protected override pictureSize(): Size {
    return this.picture.canvas;
  }

  protected override paint(): void {
    const canvas = this.renderRoot.querySelector('canvas');
    const context = canvas?.getContext('2d');
    if (canvas == null || context == null) return;
    const { width, height } = this.window;
    sizeCanvas(canvas, width, height);
    const stage = { ...this.stage(), least: LEAST_ZOOM };
    // A fitted view leaves 16 CSS pixels free on each side, which a thumbnail needs for its picture.
    const room = Math.round(32 * stage.ratio);
    const view = fitView({ ...stage, window: { width: width + room, height: height + room } });
    const whole = {
      at: { x: 0, y: 0 },
      offset: { x: 0, y: 0 },
      unit: 1,
      opaque: false,
      alpha: 1,
      from: 0,
      to: 1,
    };
    paintWindow(context, {
      view,
      stage,
      layers: [{ ...whole, source: this.picture.canvas, size: stage.picture }],
      backdrop: this.backdrop,
      grid: false,
      cell: null,
      colors: this.colors(),
    });
  }
}
