/** Bytes of a cell, 0 to 255 each. */
export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

/** `#rrggbb`, or `#rrggbbaa` where the cell is not opaque. */
export function hexOf(color: Rgba): string {
  const digits = color.map(byte => byte.toString(16).padStart(2, '0'));
  return `#${(color[3] === 255 ? digits.slice(0, 3) : digits).join('')}`;
}

/** As CSS writes it, opacity rounded to what tells 256 values apart. */
export function rgbaOf([red, green, blue, alpha]: Rgba): string {
  return `rgba(${red}, ${green}, ${blue}, ${Number((alpha / 255).toFixed(3))})`;
}

/** The colour of a cell of straight-alpha RGBA; transparent black outside. */
export function colorAt(pixels: Uint8Array, width: number, x: number, y: number): Rgba {
  const at = (y * width + x) * 4;
  return [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0, pixels[at + 3] ?? 0];
}
