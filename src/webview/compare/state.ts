import { isView } from '../result-editor/state.ts';
import type { View } from '../stage/viewport.ts';
import { BACKDROP_NAMES, type BackdropName } from './backdrops.ts';
import { bounded, FPS, type FrameGrid, MOST_FRAMES_ACROSS } from './frames.ts';
import { type Mode, MODES } from './modes.ts';

/** What the page remembers over a reload of the window. */
export interface CompareState {
  /** Id of the job: the host opens it again. Empty until it was told. */
  job: string;
  /** null: the overview. */
  set: number | null;
  /** null: fitted to the window. */
  view: View | null;
  mode: Mode;
  /** The engine's pictures instead of the sprites. */
  raw: boolean;
  backdrop: BackdropName;
  /** `#rrggbb` of the backdrop of one colour. */
  color: string;
  frames: FrameGrid;
  fps: number;
  grid: boolean;
  loupe: boolean;
  /** Of what lies over the first picture in onion, 0-1. */
  opacity: number;
}

export const STATE_VERSION = 1;
export const FIRST_STATE: CompareState = {
  job: '',
  set: null,
  view: null,
  mode: 'sideBySide',
  raw: false,
  backdrop: 'checker',
  color: '#5c8a3a',
  frames: { columns: 1, rows: 1 },
  fps: 8,
  grid: false,
  loupe: true,
  opacity: 0.5,
};

/** Takes what is whole from a stored state, the rest from the first one. */
export function readState(stored: object): CompareState {
  const given = stored as Partial<Record<keyof CompareState, unknown>>;
  const { job, set, view, mode, backdrop, color, opacity } = given;
  return {
    job: typeof job === 'string' ? job : '',
    set: typeof set === 'number' && Number.isInteger(set) && set >= 0 ? set : null,
    view: isView(view) ? view : null,
    mode: MODES.find(each => each === mode) ?? FIRST_STATE.mode,
    raw: given.raw === true,
    backdrop: BACKDROP_NAMES.find(each => each === backdrop) ?? FIRST_STATE.backdrop,
    color: typeof color === 'string' && /^#[0-9a-f]{6}$/.test(color) ? color : FIRST_STATE.color,
    frames: readFrames(given.frames),
    fps: typeof given.fps === 'number' ? bounded(given.fps, FPS.least, FPS.most) : FIRST_STATE.fps,
    grid: given.grid === true,
    loupe: given.loupe !== false,
    opacity:
      typeof opacity === 'number' && opacity >= 0 && opacity <= 1 ? opacity : FIRST_STATE.opacity,
  };
}

function readFrames(stored: unknown): FrameGrid {
  if (typeof stored !== 'object' || stored === null) return FIRST_STATE.frames;
  const { columns, rows } = stored as Partial<Record<keyof FrameGrid, unknown>>;
  return {
    columns: bounded(Number(columns), 1, MOST_FRAMES_ACROSS),
    rows: bounded(Number(rows), 1, MOST_FRAMES_ACROSS),
  };
}
