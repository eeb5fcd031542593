import { oklabOf } from '../palette/oklab.ts';
import type { Rgba8 } from '../palette/files/palette.ts';
import { boxOf, type Cells, hexOf, hexOfIndex } from './cells.ts';
import type { Finding } from './finding.ts';
import type { LintRules } from './rules.ts';

/** Colours that are not in the palette; each is mapped to the nearest that is. */
export function lintPalette(cells: Cells, { palette }: LintRules): Finding[] {
  if (palette === null || palette.length === 0) return [];
  const allowed = new Set(palette.map(colour => hexOf(colour)));
  const colours: Record<string, string> = {};
  const strange = new Set<number>();
  const nearest = nearestIn(palette);
  for (let index = 0; index < cells.counts.length; index++) {
    const hex = hexOfIndex(cells, index);
    // Half-transparent cells of an allowed colour are the alpha rule's matter.
    if (allowed.has(hex) || allowed.has(`${hex.slice(0, 7)}ff`)) continue;
    strange.add(index);
    colours[hex] = nearest(cells, index);
  }
  if (strange.size === 0) return [];
  let count = 0;
  for (const index of strange) count += cells.counts[index]!;
  const some = Object.keys(colours).slice(0, 3).map(shortHex).join(', ');
  const more = strange.size > 3 ? ` and ${strange.size - 3} more` : '';
  return [
    {
      code: 'off-palette',
      severity: 'error',
      message: `${count === 1 ? '1 cell has a colour' : `${count} cells have colours`} outside the palette: ${some}${more}.`,
      place: {
        frame: null,
        area: boxOf(cells.width, cells.height, cell => strange.has(cells.indexes[cell]!)),
      },
      fix: { id: 'replace-colours', colours },
    },
  ];
}

/** Looks up the palette's colour that looks most alike; the cell's own alpha is kept. */
function nearestIn(palette: readonly Rgba8[]): (cells: Cells, index: number) => string {
  const solid = palette.filter(colour => colour[3] > 0);
  const labs = solid.map(([red, green, blue]) => oklabOf(red, green, blue));
  return ({ lab, colours }, index) => {
    let best = 0;
    let least = Infinity;
    for (const [place, [lightness, a, b]] of labs.entries()) {
      const dl = lab[index * 3]! - lightness;
      const da = lab[index * 3 + 1]! - a;
      const db = lab[index * 3 + 2]! - b;
      const distance = dl * dl + da * da + db * db;
      if (distance < least) [best, least] = [place, distance];
    }
    const colour = solid[best];
    if (colour === undefined) return '#00000000';
    const alpha = colours[index * 4 + 3]!;
    return hexOf([colour[0], colour[1], colour[2], alpha === 255 ? colour[3] : alpha]);
  };
}

/** More colours than the limit; without one, so many that they are noise. */
export function lintColourCount(cells: Cells, { maxColours, thresholds }: LintRules): Finding[] {
  const count = cells.counts.length;
  if (maxColours !== null) {
    if (count <= maxColours) return [];
    const message = `The picture has ${count} colours; at most ${maxColours} are allowed.`;
    return [finding('error', message)];
  }
  if (count <= thresholds.freeColours || count <= cells.visible * thresholds.coloursPerCell) {
    return [];
  }
  const message = `${count} colours on ${cells.visible} cells are noise rather than a palette, as JPEG or a resize leaves it.`;
  return [finding('warning', message)];
}

function finding(severity: Finding['severity'], message: string): Finding {
  return {
    code: 'too-many-colours',
    severity,
    message,
    place: { frame: null, area: null },
    fix: null,
  };
}

function shortHex(hex: string): string {
  return hex.endsWith('ff') ? hex.slice(0, 7) : hex;
}
