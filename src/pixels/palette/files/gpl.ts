import { colourOf, excerpt, linesOf, oneLine } from './lines.ts';
import { type Palette, PaletteError, paletteOf, type Rgba8 } from './palette.ts';
import { digitsOf } from './hex.ts';

const MAGIC = 'GIMP Palette';

/**
 * Reads a GIMP palette: `R G B name` a line. Aseprite's `Channels: RGBA` gives a fourth number, the alpha.
 * @throws PaletteError naming the line
 */
export function parseGpl(bytes: Uint8Array): Palette {
  const [first, ...lines] = linesOf(bytes);
  if (first?.text !== MAGIC) {
    throw new PaletteError(
      'malformed',
      `The file must begin with "${MAGIC}", not with "${excerpt(first?.text ?? '')}".`,
      first?.number ?? 1,
    );
  }
  let name: string | null = null;
  let channels = 3;
  const colours: Rgba8[] = [];
  for (const line of lines) {
    if (line.text.startsWith('#')) continue;
    const header = /^(Name|Columns|Channels):\s*(.*)$/i.exec(line.text);
    if (header !== null && colours.length === 0) {
      const [, key = '', value = ''] = header;
      if (key.toLowerCase() === 'name') name = value;
      if (key.toLowerCase() === 'channels')
        channels = value.trim().toUpperCase() === 'RGBA' ? 4 : 3;
      continue;
    }
    colours.push(colourOf(line.text.split(/\s+/).slice(0, channels), line));
  }
  return paletteOf(name, colours);
}

/** A GIMP palette; with alpha as Aseprite has it when a colour is not opaque. */
export function formatGpl({ name, colours }: Palette): string {
  const alpha = colours.some(colour => colour[3] !== 255);
  const lines = colours.map(colour => {
    const numbers = colour.slice(0, alpha ? 4 : 3).map(channel => String(channel).padStart(3));
    return `${numbers.join(' ')}\t${digitsOf(colour)}`;
  });
  const head = [MAGIC, ...(alpha ? ['Channels: RGBA'] : []), `Name: ${oneLine(name ?? 'Palette')}`];
  return [...head, 'Columns: 0', '#', ...lines, ''].join('\n');
}
