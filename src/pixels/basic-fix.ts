import { type Background, clearBackground, hexOf } from './basic/background.ts';
import { countColors, isUniform } from './basic/colors.ts';
import { evenGrid, sampleCells } from './basic/grid.ts';
import type { Rectangle, RgbaImage } from './image.ts';

/** Changes whenever equal renders may give other sprites. */
export const BASIC_FIX_VERSION = 1;

export interface BasicFixOptions {
  /** Cells of the sprite. */
  width: number;
  height: number;
  /** `alpha` makes a flat border-connected background transparent. */
  background: 'alpha' | 'keep';
}

export interface BasicFixReport {
  stage: 'basic';
  version: number;
  /** Render pixels per cell along x and y. */
  pitch: [x: number, y: number];
  /** The part of the render that the cells cover; may lie between pixels. */
  crop: Rectangle;
  background: {
    removed: boolean;
    /** Most common colour of the border as `#rrggbb`; null when there was nothing to look at. */
    color: string | null;
    /** Share of the border cells near that colour, 0 to 1. */
    share: number;
  };
  /** Distinct colours of the opaque cells. */
  colors: number;
  /** For a person, one sentence each. */
  warnings: string[];
}

/**
 * Makes a sprite of a render whose cells lie on an even grid: the median colour around each cell's centre, alpha 0 or 255,
 * transparent cells all zero. A render of another aspect is used as far as square cells go, from its middle.
 * @param options sizes in cells, whole and positive
 */
export function basicFix(
  render: RgbaImage,
  options: BasicFixOptions,
): { image: RgbaImage; report: BasicFixReport } {
  const { width, height } = options;
  const grid = evenGrid(render, width, height);
  const image = sampleCells(render, grid);
  const warnings: string[] = [];
  if (grid.pitch < 1) {
    warnings.push(
      `The sprite has ${width}x${height} cells but the render only ${render.width}x${render.height} pixels: cells repeat.`,
    );
  }
  if (grid.cropped) {
    warnings.push(
      `The render's aspect is not the sprite's: only its middle ${Math.round(grid.crop.width)}x${Math.round(grid.crop.height)} pixels were used.`,
    );
  }
  const { removed, color, share, warning } = settle(image, options.background);
  if (warning !== null) warnings.push(warning);
  return {
    image,
    report: {
      stage: 'basic',
      version: BASIC_FIX_VERSION,
      pitch: [grid.pitch, grid.pitch],
      crop: grid.crop,
      background: { removed, color: color && hexOf(color), share },
      colors: countColors(image),
      warnings,
    },
  };
}

const BLANK = 'The image is one single colour: it looks blank.';

function settle(
  image: RgbaImage,
  background: BasicFixOptions['background'],
): Background & { warning: string | null } {
  if (isUniform(image)) {
    return { removed: false, color: null, share: 0, warning: BLANK };
  }
  if (background === 'keep') return { removed: false, color: null, share: 0, warning: null };
  return clearBackground(image);
}

/**
 * Whether a picture is nothing but black (each of R, G, B at most 2), as models draw that computed NaN.
 * A black shape on transparency is not.
 */
export function isBlack({ data }: RgbaImage): boolean {
  for (let i = 0; i < data.length; i += 4) {
    if (data[i]! > 2 || data[i + 1]! > 2 || data[i + 2]! > 2 || data[i + 3] !== data[3])
      return false;
  }
  return true;
}
