import { encodePng } from '../png/encode.ts';
import { indexColors } from '../png/palette.ts';
import { imagesOnCanvas } from '../sheet/canvas.ts';
import { SheetError } from '../sheet/error.ts';
import { packSheet } from '../sheet/pack.ts';
import { composePage } from '../sheet/compose.ts';
import { checkSheet } from '../sheet/validate.ts';
import { pageFile, pagePngs } from './pages.ts';
import { sealPng } from './seal.ts';
import type { ExportRequest, ExportResult } from './target.ts';

const MOST_COLORS = 256;

/** The frames in one row of equal cells, or in rows where a page is not wide enough. */
function packStrip({ sheet, layout }: ExportRequest) {
  checkSheet(sheet);
  const images = imagesOnCanvas(sheet);
  const frames = sheet.frames.map((frame, index) => ({ ...frame, image: images[index]! }));
  const { padding = 0, extrude = 0, maxSize = 4096 } = layout;
  const spacing = padding + 2 * extrude;
  const room = Math.floor((maxSize - 2 * extrude + spacing) / (images[0]!.width + spacing));
  const columns = layout.columns ?? Math.max(1, Math.min(frames.length, room));
  // Slices are not in the picture, and pivots changed their place.
  const strip = { ...sheet, frames, slices: [] };
  return packSheet(strip, { ...layout, layout: 'grid', trim: false, columns });
}

/**
 * Writes nothing but the picture: frames of equal cells side by side. Frames of different sizes lie with their pivots in one place.
 * @throws SheetError as `packSheet` does
 */
export function writeStrip(request: ExportRequest): ExportResult {
  return { files: pagePngs(packStrip(request), request.zlib), warnings: [] };
}

/**
 * Writes the strip as a PNG with a palette.
 * @throws SheetError `too-many-colors` above 256, transparency included
 */
export function writeIndexedStrip(request: ExportRequest): ExportResult {
  const packed = packStrip(request);
  const { pages, sheet } = packed;
  const files = pages.map((page, index) => {
    const image = composePage(packed, page);
    if (indexColors(image) === null) {
      throw new SheetError(
        'too-many-colors',
        `"${sheet.name}" has more than ${MOST_COLORS} colours; reduce it to a palette first, or export to png.`,
      );
    }
    const bytes = sealPng(encodePng(image, request.zlib));
    return { path: pageFile(sheet.name, index, pages.length), bytes };
  });
  return { files, warnings: [] };
}
