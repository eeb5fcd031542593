import { playbacksOf } from '../../sheet/playback.ts';
import type { Sheet } from '../../sheet/sheet.ts';
import type { GodotRecord } from './record.ts';
import {
  atom,
  call,
  dictionary,
  fieldOf,
  float,
  numberOf,
  referenceOf,
  string,
  stringName,
  textOf,
  type Variant,
} from './variant.ts';

/** One frame of an animation: a texture for `duration / speed` seconds. */
interface Step {
  texture: string;
  duration: number;
}

export interface Animation {
  name: string;
  /** Frames per second. */
  speed: number;
  loop: boolean;
  steps: Step[];
}

/** Godot saves six significant digits. */
function sameNumber(a: number | undefined, b: number | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return Math.abs(a - b) <= 1e-4 * Math.max(Math.abs(a), Math.abs(b));
}

/**
 * A sheet's animations in Godot's terms: the commonest time of a frame is one unit.
 * @param subOf sub-resource of a frame by its id
 */
export function animationsOf(sheet: Sheet, subOf: (id: string) => string): Animation[] {
  return playbacksOf(sheet, 'default').map(({ name, frames, loop }) => {
    const times = frames.map(index => sheet.frames[index]!.durationMs);
    const unit = commonest(times);
    const steps = frames.map((index, i) => ({
      texture: subOf(sheet.frames[index]!.id),
      duration: times[i]! / unit,
    }));
    return { name, speed: 1000 / unit, loop, steps };
  });
}

function commonest(times: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const time of times) counts.set(time, (counts.get(time) ?? 0) + 1);
  return [...counts].reduce((a, b) => (b[1] > a[1] || (b[1] === a[1] && b[0] < a[0]) ? b : a))[0];
}

export function animationVariant({ name, speed, loop, steps }: Animation): Variant {
  return dictionary({
    frames: { kind: 'array', items: steps.map(stepVariant) },
    loop: atom(loop),
    name: stringName(name),
    speed: float(speed),
  });
}

function stepVariant({ texture, duration }: Step): Variant {
  return dictionary({
    duration: float(duration),
    texture: call('SubResource', string(texture)),
  });
}

export function nameOf(animation: Variant): string {
  return textOf(fieldOf(animation, 'name')) ?? '';
}

function stepsOf(animation: Variant): Variant[] {
  const frames = fieldOf(animation, 'frames');
  return frames?.kind === 'array' ? frames.items : [];
}

const textureOf = (step: Variant) => referenceOf(fieldOf(step, 'texture'), 'SubResource');

/**
 * Takes our new state of an animation into the one that a file holds. What differs from the record was edited in Godot and
 * stays: speed, loop, a frame's duration, and the frames themselves where some were moved, added or removed.
 * @param before what we wrote last; undefined keeps speed and loop
 */
export function mergeAnimation(
  present: Variant,
  ours: Animation,
  before: GodotRecord['animations'][string] | undefined,
): { animation: Variant; framesEdited: boolean } {
  const speed = numberOf(fieldOf(present, 'speed'));
  const loop = fieldOf(present, 'loop');
  const steps = stepsOf(present);
  const framesEdited =
    before !== undefined &&
    (steps.length !== before.steps.length ||
      steps.some((step, i) => textureOf(step) !== before.steps[i]?.[0]));
  const merged: Readonly<Record<string, Variant>> = {
    frames: {
      kind: 'array',
      items: framesEdited ? steps : mergeSteps(steps, ours.steps, before?.steps),
    },
    loop: loop !== undefined && !isLoop(loop, before?.loop) ? loop : atom(ours.loop),
    speed: sameNumber(speed, before?.speed) ? float(ours.speed) : float(speed ?? ours.speed),
  };
  if (present.kind !== 'dictionary') return { animation: animationVariant(ours), framesEdited };
  const entries = present.entries.map(([key, value]): [Variant, Variant] => [
    key,
    (key.kind === 'string' ? merged[key.value] : undefined) ?? value,
  ]);
  return { animation: { kind: 'dictionary', entries }, framesEdited };
}

function isLoop(value: Variant, expected: boolean | undefined): boolean {
  return value.kind === 'atom' && value.text === String(expected);
}

/** Our steps, with the durations that were edited: those of the same frame's first, second … showing. */
function mergeSteps(
  present: readonly Variant[],
  ours: readonly Step[],
  before: GodotRecord['animations'][string]['steps'] | undefined,
): Variant[] {
  const edited = new Map<string, number>();
  const showings = counter();
  for (const [index, step] of present.entries()) {
    const texture = textureOf(step) ?? '';
    const key = showings(texture);
    const duration = numberOf(fieldOf(step, 'duration'));
    if (before === undefined || duration === undefined) continue;
    if (!sameNumber(duration, before[index]?.[1])) edited.set(key, duration);
  }
  const showingsOfOurs = counter();
  return ours.map(step =>
    stepVariant({ ...step, duration: edited.get(showingsOfOurs(step.texture)) ?? step.duration }),
  );
}

function counter(): (name: string) => string {
  const counts = new Map<string, number>();
  return name => {
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return `${name} ${count}`;
  };
}

/** Takes the steps out whose texture is gone. */
export function withoutTextures(
  animation: Variant,
  gone: ReadonlySet<string>,
): { animation: Variant; removed: number } {
  const steps = stepsOf(animation);
  const left = steps.filter(step => !gone.has(textureOf(step) ?? ''));
  const removed = steps.length - left.length;
  if (removed === 0 || animation.kind !== 'dictionary') return { animation, removed: 0 };
  const entries = animation.entries.map(([key, value]): [Variant, Variant] => [
    key,
    key.kind === 'string' && key.value === 'frames' ? { kind: 'array', items: left } : value,
  ]);
  return { animation: { kind: 'dictionary', entries }, removed };
}
