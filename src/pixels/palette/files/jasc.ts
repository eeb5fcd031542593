import { colourOf, excerpt, linesOf } from './lines.ts';
import { type Palette, PaletteError, paletteOf } from './palette.ts';

const MAGIC = 'JASC-PAL';

/**
 * Reads a JASC palette: `JASC-PAL`, `0100`, the number of colours, then `R G B` or `R G B A` a line.
 * @throws PaletteError naming the line
 */
export function parseJasc(bytes: Uint8Array): Palette {
  const [first, version, count, ...lines] = linesOf(bytes);
  if (first?.text !== MAGIC) {
    throw new PaletteError(
      'malformed',
      `The file must begin with "${MAGIC}", not with "${excerpt(first?.text ?? '')}".`,
      first?.number ?? 1,
    );
  }
  if (version?.text !== '0100') {
    const found = version === undefined ? 'the file ends' : `not "${excerpt(version.text)}"`;
    throw new PaletteError(
      'malformed',
      `The version 0100 must follow, ${found}.`,
      version?.number ?? 2,
    );
  }
  if (count === undefined || !/^\d+$/.test(count.text)) {
    throw new PaletteError(
      'malformed',
      `The number of colours must follow, not "${excerpt(count?.text ?? '')}".`,
      count?.number ?? 3,
    );
  }
  const colours = lines
    .filter(({ text }) => !/^[#;]/.test(text))
    .map(line => colourOf(line.text.split(/\s+/).slice(0, 4), line));
  if (colours.length !== Number(count.text)) {
    throw new PaletteError(
      'malformed',
      `The file promises ${count.text} colours and holds ${colours.length}.`,
      count.number,
    );
  }
  return paletteOf(null, colours);
}

/** A JASC palette with the line ends it always had; a fourth column only where a colour is not opaque. */
export function formatJasc({ colours }: Palette): string {
  const alpha = colours.some(colour => colour[3] !== 255);
  const lines = colours.map(colour => colour.slice(0, alpha ? 4 : 3).join(' '));
  return [MAGIC, '0100', String(colours.length), ...lines, ''].join('\r\n');
}
