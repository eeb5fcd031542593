import { SheetError } from './error.ts';
import type { Sheet, SheetTag } from './sheet.ts';

/** An animation as most engines know it: frames one after the other. */
export interface Playback {
  name: string;
  /** Indexes of the sheet's frames in the order in which they show. */
  frames: number[];
  loop: boolean;
}

/** Steps of one animation; a tag that repeats for hours would make a file nobody can load. */
const MAX_STEPS = 100_000;

function passes(tag: SheetTag): number[] {
  const there = Array.from({ length: tag.to - tag.from + 1 }, (_, i) => tag.from + i);
  const back = there.toReversed();
  const pingpong = tag.direction === 'pingpong' || tag.direction === 'pingpong_reverse';
  const reversed = tag.direction === 'reverse' || tag.direction === 'pingpong_reverse';
  const first = reversed ? back : there;
  const second = pingpong ? (reversed ? there : back) : first;
  // An end at which the direction turns shows once.
  if (tag.repeat === 0) return pingpong ? [...first, ...second.slice(1, -1)] : first;
  const steps = [...first];
  for (let pass = 1; pass < tag.repeat; pass++) {
    if (steps.length > MAX_STEPS) break;
    const next = pass % 2 === 1 ? second : first;
    steps.push(...(pingpong ? next.slice(1) : next));
  }
  return steps;
}

/**
 * Writes out a tag's direction and repetitions as Aseprite plays them: a pingpong counts each way as one.
 * @throws SheetError `invalid-tag` beyond 100,000 steps
 */
export function playbackOf(tag: SheetTag): Playback {
  const frames = passes(tag);
  if (frames.length > MAX_STEPS) {
    throw new SheetError(
      'invalid-tag',
      `Tag "${tag.name}" repeats ${tag.repeat} times, which is too long to write out; let it repeat for ever.`,
    );
  }
  return { name: tag.name, frames, loop: tag.repeat === 0 };
}

/** The animations of a sheet: its tags, or else all of its frames as one loop of the given name. */
export function playbacksOf(sheet: Sheet, nameOfAll: string): Playback[] {
  if (sheet.tags.length > 0) return sheet.tags.map(playbackOf);
  return [{ name: nameOfAll, frames: sheet.frames.map((_, index) => index), loop: true }];
}
