import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { equalImages } from '../../../src/pixels/image.ts';
import { isCompletePng } from '../../../src/pixels/png-text.ts';
import { decodePng } from '../../../src/pixels/png/decode.ts';
import { encodePng } from '../../../src/pixels/png/encode.ts';
import { loadSharp } from '../../../src/worker/images/sharp-codec.ts';
import { nodeZlib } from '../../../src/worker/images/node-zlib.ts';

/** A folder of PNG files that somebody else made. */
const folder = process.env['DGX_PIXELS_SPRITES'];
if (folder === undefined) {
  process.stdout.write('skipped: PNG files of others: DGX_PIXELS_SPRITES names no folder\n');
}

describe.skipIf(folder === undefined)('PNG files of others', () => {
  it('decode as sharp decodes them and come back from our encoder unchanged, not larger on the whole', async () => {
    const sharp = await loadSharp();
    const names = readdirSync(folder!, { recursive: true, encoding: 'utf8' }).filter(name =>
      name.toLowerCase().endsWith('.png'),
    );
    expect(names).not.toEqual([]);
    let before = 0;
    let after = 0;
    for (const name of names) {
      const bytes = readFileSync(join(folder!, name));
      expect(isCompletePng(bytes), name).toBe(true);
      const { image, bitDepth } = decodePng(bytes, nodeZlib);
      // sharp applies colour profiles; pixel art wants the values that are stored.
      if (sharp !== null && bitDepth < 16 && !bytes.includes('iCCP')) {
        expect(equalImages(image, await sharp.decode(bytes)), name).toBe(true);
      }
      const again = encodePng(image, nodeZlib);
      expect(equalImages(decodePng(again, nodeZlib).image, image), name).toBe(true);
      before += bytes.length;
      after += again.length;
    }
    expect(after).toBeLessThanOrEqual(before);
  });
});
