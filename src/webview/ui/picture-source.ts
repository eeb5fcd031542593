import type { Picture } from '../../extension/panels/messages/result-editor.ts';

/**
 * A canvas that holds a picture one cell to a pixel, to be drawn from. Its pixels are never read back: a canvas keeps them
 * multiplied by their opacity, which loses colours.
 */
export function canvasOf(picture: Pick<Picture, 'width' | 'height' | 'pixels'>): HTMLCanvasElement {
  const { width, height, pixels } = picture;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const data = new ImageData(width, height);
  data.data.set(pixels.subarray(0, data.data.length));
  canvas.getContext('2d')?.putImageData(data, 0, 0);
  return canvas;
}
