import { createImage, type RgbaImage } from '../../../src/pixels/image.ts';

export interface DecodedSixel {
  image: RgbaImage;
  parameters: string;
  registers: Map<number, [number, number, number]>;
}

/** Decodes Sixel as a terminal does; throws on whatever is not in the DEC manual. */
export function decodeSixel(text: string): DecodedSixel {
  const frame = /^␛P([\d;]*)q"1;1;(\d+);(\d+)([^␛]*)␛\\$/.exec(text.replaceAll('\u001b', '␛'));
  if (frame === null) throw new Error('not one sixel picture');
  const [, parameters = '', width, height, body = ''] = frame;
  const image = createImage(Number(width), Number(height));
  const registers = new Map<number, [number, number, number]>();
  let colour: number[] | null = null;
  let column = 0;
  let top = 0;
  const token = /#(\d+);2;(\d+);(\d+);(\d+)|#(\d+)|!(\d+)([?-~])|([?-~])|([-$])/y;
  while (token.lastIndex < body.length) {
    const at = token.lastIndex;
    const match = token.exec(body);
    if (match === null) throw new Error(`unknown at ${at}: ${body.slice(at, at + 10)}`);
    const [, defined, red, green, blue, chosen, count, repeated, single, move] = match;
    if (defined !== undefined) {
      const channels = [red, green, blue].map(Number) as [number, number, number];
      if (channels.some(channel => channel > 100)) throw new Error(`percent ${channels.join()}`);
      registers.set(Number(defined), channels);
    } else if (chosen !== undefined) {
      const channels = registers.get(Number(chosen));
      if (channels === undefined) throw new Error(`register ${chosen} is not defined`);
      colour = channels.map(channel => Math.round((channel * 255) / 100));
    } else if (move !== undefined) {
      column = 0;
      if (move === '-') top += 6;
    } else {
      const bits = (repeated ?? single ?? '?').charCodeAt(0) - 0x3f;
      for (let left = Number(count ?? 1); left > 0; left--) {
        draw(image, column++, top, bits, colour);
      }
    }
  }
  return { image, parameters, registers };
}

function draw(
  image: RgbaImage,
  column: number,
  top: number,
  bits: number,
  colour: number[] | null,
): void {
  if (column >= image.width) throw new Error(`column ${column} of ${image.width}`);
  for (let row = 0; row < 6; row++) {
    if ((bits & (1 << row)) === 0) continue;
    if (colour === null) throw new Error('no colour is chosen');
    if (top + row >= image.height) throw new Error(`row ${top + row} of ${image.height}`);
    image.data.set([...colour, 255], ((top + row) * image.width + column) * 4);
  }
}
