import { InvalidArgumentError } from 'commander';
import { type SheetTag, TAG_DIRECTIONS, type TagDirection } from '../../pixels/sheet/sheet.ts';

/** Width and height as `32x48`, or `32` for both. */
export function parseFrameSize(text: string): { width: number; height: number } {
  const match = /^(\d{1,5})(?:x(\d{1,5}))?$/i.exec(text.trim());
  const width = Number(match?.[1] ?? 0);
  const height = Number(match?.[2] ?? width);
  if (width < 1 || height < 1) throw new InvalidArgumentError('Write a size such as 32x48.');
  return { width, height };
}

/** A tag as `walk=0-3`, with `:pingpong` or another direction and `:x2` for repetitions behind. */
export function parseTag(text: string): SheetTag {
  const match = /^(.+?)=(\d{1,6})(?:-(\d{1,6}))?((?::[a-z0-9_]+)*)$/u.exec(text);
  if (match === null) throw new InvalidArgumentError('Write a tag such as walk=0-3:pingpong.');
  const [, name = '', from = '', to = from, rest = ''] = match;
  let direction: TagDirection = 'forward';
  let repeat = 0;
  for (const word of rest.split(':').slice(1)) {
    const known = TAG_DIRECTIONS.find(one => one === word);
    const times = /^x(\d{1,5})$/.exec(word);
    if (known !== undefined) direction = known;
    else if (times !== null) repeat = Number(times[1]);
    else {
      throw new InvalidArgumentError(
        `"${word}" is no direction (${TAG_DIRECTIONS.join(', ')}) and no count such as x2.`,
      );
    }
  }
  return { name, from: Number(from), to: Number(to), direction, repeat };
}

/** A pivot in pixels from the top left (`16,31`), or in shares of each frame (`50%,100%`). */
export interface PivotChoice {
  x: number;
  y: number;
  unit: 'pixels' | 'share';
}

export function parsePivot(text: string): PivotChoice {
  const match = /^\s*(-?\d+(?:\.\d+)?)(%?)\s*,\s*(-?\d+(?:\.\d+)?)(%?)\s*$/.exec(text);
  if (match === null || match[2] !== match[4]) {
    throw new InvalidArgumentError('Write pixels such as 16,31, or shares such as 50%,100%.');
  }
  const unit = match[2] === '%' ? 'share' : 'pixels';
  const scale = unit === 'share' ? 0.01 : 1;
  return { x: Number(match[1]) * scale, y: Number(match[3]) * scale, unit };
}
