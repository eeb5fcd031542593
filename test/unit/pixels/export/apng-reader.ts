import { readChunks, writeChunks } from '../../../../src/pixels/png/chunks.ts';
import { decodePng } from '../../../../src/pixels/png/decode.ts';
import { zlib } from './sheets.ts';

/** A strict reader of APNG whose frames all fill the canvas: each becomes a PNG of its own. */
export function readApng(bytes: Uint8Array) {
  const chunks = readChunks(bytes);
  const view = ({ body }: { body: Uint8Array }) =>
    new DataView(body.buffer, body.byteOffset, body.byteLength);
  const control = chunks.find(({ type }) => type === 'acTL')!;
  const head = chunks.filter(({ type }) => ['IHDR', 'PLTE', 'tRNS'].includes(type));
  const end = chunks.at(-1)!;
  const [ihdr] = head;
  const films: { ms: number; data: Uint8Array[] }[] = [];
  let sequence = 0;
  for (const chunk of chunks) {
    if (chunk.type === 'fcTL' || chunk.type === 'fdAT') {
      if (view(chunk).getUint32(0) !== sequence++) throw new Error('a number is out of order');
    }
    if (chunk.type === 'fcTL') {
      const fields = view(chunk);
      const [width, height, x, y] = [4, 8, 12, 16].map(at => fields.getUint32(at));
      const whole = width === view(ihdr!).getUint32(0) && height === view(ihdr!).getUint32(4);
      if (!whole || x !== 0 || y !== 0) throw new Error('a frame does not fill the canvas');
      films.push({ ms: (fields.getUint16(20) * 1000) / fields.getUint16(22), data: [] });
    }
    if (chunk.type === 'IDAT') films.at(-1)!.data.push(chunk.body);
    if (chunk.type === 'fdAT') films.at(-1)!.data.push(chunk.body.subarray(4));
  }
  if (view(control).getUint32(0) !== films.length) throw new Error('frames are missing');
  return {
    images: films.map(({ data }) => {
      const pixels = data.map(body => ({ type: 'IDAT', body }));
      return decodePng(writeChunks([...head, ...pixels, end]), zlib).image;
    }),
    durationsMs: films.map(({ ms }) => ms),
    plays: view(control).getUint32(4),
  };
}
