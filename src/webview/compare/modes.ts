/** Ways to hold pictures against each other. */
export const MODES = ['sideBySide', 'wipe', 'blink', 'difference', 'onion'] as const;
export type Mode = (typeof MODES)[number];

/** Milliseconds that each picture is shown in blink: 2.9 changes in a second, less than the 3 that are safe. */
export const BLINK_MS = 345;

/** A contender's picture as a part of a window. */
export interface Layer {
  place: number;
  /** Opacity, 0-1. */
  alpha: number;
  /** The part of the window that it is seen in, as shares of its width. */
  from: number;
  to: number;
}

/** A canvas of the set view. */
export interface StageWindow {
  /** Contenders that it is about, in the order in which they were chosen to be shown. */
  places: readonly number[];
  /** Painted one over the other; of a difference none: it is a picture of its own. */
  layers: readonly Layer[];
  difference: { before: number; after: number } | null;
}

export interface ModeSettings {
  mode: Mode;
  /** Places, ascending. */
  chosen: readonly number[];
  /** Where wipe changes from one to the next, as shares of the width, ascending; one fewer than are chosen. */
  cuts: readonly number[];
  /** Pictures that blink has shown so far. */
  blink: number;
  /** Opacity of those that lie over the first, in onion. */
  opacity: number;
}

/** The canvases of a mode. */
export function windowsOf(settings: ModeSettings): StageWindow[] {
  const { mode, chosen, cuts, blink, opacity } = settings;
  const whole = (place: number): Layer => ({ place, alpha: 1, from: 0, to: 1 });
  const one = (layers: Layer[]): StageWindow[] => [{ places: chosen, layers, difference: null }];
  switch (mode) {
    case 'sideBySide':
      return chosen.map(place => ({ places: [place], layers: [whole(place)], difference: null }));
    case 'wipe':
      return one(
        chosen.map((place, at) => ({
          place,
          alpha: 1,
          from: at === 0 ? 0 : (cuts[at - 1] ?? 1),
          to: cuts[at] ?? 1,
        })),
      );
    case 'blink':
      return one(
        chosen
          .slice(blink % chosen.length)
          .slice(0, 1)
          .map(whole),
      );
    case 'onion':
      return one(chosen.map((place, at) => ({ ...whole(place), alpha: at === 0 ? 1 : opacity })));
    case 'difference': {
      const [before = 0, ...others] = chosen;
      return others.map(after => ({
        places: [before, after],
        layers: [],
        difference: { before, after },
      }));
    }
  }
}

/** Adds a contender to those that are shown or takes it out; two always stay. */
export function toggleChosen(
  chosen: readonly number[],
  place: number,
  contenders: number,
): readonly number[] {
  if (place >= contenders) return chosen;
  if (!chosen.includes(place)) return [...chosen, place].sort((a, b) => a - b);
  return chosen.length <= 2 ? chosen : chosen.filter(each => each !== place);
}

/** Cuts of a wipe that share the window evenly. */
export function evenCuts(pictures: number): number[] {
  return Array.from({ length: Math.max(0, pictures - 1) }, (_, at) => (at + 1) / pictures);
}

/** Moves a cut, and pushes others along that it meets. @param share of the window's width */
export function moveCut(cuts: readonly number[], at: number, share: number): number[] {
  const moved = Math.min(1, Math.max(0, share));
  return cuts.map((cut, each) => {
    if (each === at) return moved;
    return each < at ? Math.min(cut, moved) : Math.max(cut, moved);
  });
}

/** Columns of a number of equal windows that leave each the largest square. */
export function columnsFor(windows: number, width: number, height: number): number {
  let best = 1;
  let most = 0;
  for (let columns = 1; columns <= windows; columns++) {
    const side = Math.min(width / columns, height / Math.ceil(windows / columns));
    if (side > most + 0.5) [best, most] = [columns, side];
  }
  return best;
}
