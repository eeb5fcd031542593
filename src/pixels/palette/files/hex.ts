import { excerpt, linesOf } from './lines.ts';
import { type Palette, PaletteError, paletteOf, type Rgba8 } from './palette.ts';

/** Where eight digits hold the alpha: last as on the web, or first as Paint.NET writes it. */
type AlphaPlace = 'first' | 'last';

/**
 * Reads one `RRGGBB` or `RRGGBBAA` a line, with or without `#`. Lines that begin with `;` or `//`, and a `#` that no colour
 * follows, are comments.
 * @throws PaletteError naming the line
 */
export function parseHex(bytes: Uint8Array): Palette {
  return parseLines(bytes, 'last');
}

/**
 * Reads Paint.NET's `.txt`: one `AARRGGBB` a line, comments begin with `;`.
 * @throws PaletteError naming the line
 */
export function parsePaintNet(bytes: Uint8Array): Palette {
  return parseLines(bytes, 'first');
}

function parseLines(bytes: Uint8Array, alpha: AlphaPlace): Palette {
  const colours: Rgba8[] = [];
  for (const { number, text } of linesOf(bytes)) {
    const word = text.split(/\s*(?:;|\/\/)/)[0]!.trim();
    if (word === '' || /^#(?:\s|$)/.test(word)) continue;
    const digits = /^(?:#|0x)?((?:[\da-f]{2}){3,4})$/i.exec(word)?.[1];
    if (digits === undefined) {
      throw new PaletteError(
        'malformed',
        `"${excerpt(word)}" is not a colour such as 1d2b53.`,
        number,
      );
    }
    colours.push(ofDigits(digits, alpha));
  }
  return paletteOf(null, colours);
}

function ofDigits(digits: string, alpha: AlphaPlace): Rgba8 {
  const [a = 0, b = 0, c = 0, d] = (digits.match(/../g) ?? []).map(pair =>
    Number.parseInt(pair, 16),
  );
  if (d === undefined) return [a, b, c, 255];
  return alpha === 'last' ? [a, b, c, d] : [b, c, d, a];
}

/** One `rrggbb` a line; `rrggbbaa` where a colour is not opaque. */
export function formatHex({ colours }: Palette): string {
  return colours.map(colour => `${digitsOf(colour)}\n`).join('');
}

/** `rrggbb`, or `rrggbbaa` for a colour that is not opaque. */
export function digitsOf(colour: Rgba8): string {
  return colour
    .slice(0, colour[3] === 255 ? 3 : 4)
    .map(channel => channel.toString(16).padStart(2, '0'))
    .join('');
}
