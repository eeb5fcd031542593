import { type CompareSpec, UNASKED_CELLS } from '../../protocol/compare.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { LIMITS } from '../../protocol/limits.ts';
import { cellCount, seedsOf } from './cells.ts';
import { contenderLabel, contenderNames, settingsKey } from './contenders.ts';

/** The first two places that hold equal texts; null when all differ. */
export function firstEqual(texts: readonly string[]): [first: number, second: number] | null {
  for (const [second, text] of texts.entries()) {
    const first = texts.indexOf(text);
    if (first < second) return [first, second];
  }
  return null;
}

/** Two contenders that draw the same picture. */
export function identicalContenders(spec: CompareSpec, pair: [number, number]): PixelsError {
  const [first, second] = pair.map(place => contenderLabel(spec.contenders, place));
  const drafted =
    spec.mode === 'draft'
      ? ' A draft sets steps, CFG, sampler and scheduler itself; compare those in full.'
      : '';
  return new PixelsError(
    'invalid-params',
    `Contenders ${first} and ${second} are identical: they would draw the same pictures.${drafted} Change or remove one.`,
    { contenders: pair },
  );
}

/** True when a comparison has more cells than are drawn without asking. */
export function needsConfirmation(spec: CompareSpec): boolean {
  return cellCount(spec) > UNASKED_CELLS;
}

/**
 * What a schema cannot see of a comparison: contenders that are the same, names, seeds and prompts given twice, and its size.
 * @throws PixelsError `invalid-params`, `too-large`
 */
export function checkCompare(spec: CompareSpec): void {
  const { contenders, seeds } = spec;
  const same = firstEqual(contenders.map(contender => settingsKey(spec, contender)));
  if (same !== null) throw identicalContenders({ ...spec, mode: 'full' }, same);
  const names = contenderNames(contenders);
  const named = firstEqual(names.map(name => name.toLowerCase()));
  if (named !== null) {
    throw new PixelsError(
      'invalid-params',
      `Contenders ${named[0] + 1} and ${named[1] + 1} are both named "${names[named[1]] ?? ''}"; give each a name of its own.`,
      { contenders: named },
    );
  }
  const twice = firstEqual(seedsOf(seeds).map(String));
  if (twice !== null) {
    const seed = seedsOf(seeds)[twice[1]];
    throw new PixelsError('invalid-params', `The seed ${seed} is in the list twice.`, { seed });
  }
  const asked = repeatedPrompt(spec);
  if (asked !== null) {
    throw new PixelsError(
      'invalid-params',
      `The prompt "${asked.slice(0, 60)}" is in the list twice: its sets would be the same pictures, and count twice.`,
      { prompt: asked },
    );
  }
  const cells = cellCount(spec);
  if (cells > LIMITS.runsPerJob) {
    throw new PixelsError(
      'too-large',
      `The comparison would draw ${cells} images; at most ${LIMITS.runsPerJob} fit into one. Take fewer prompts or seeds.`,
      { runs: cells, limit: LIMITS.runsPerJob },
    );
  }
}

/** The first prompt that is asked for twice in one size; null when all differ. */
function repeatedPrompt({ prompts, base }: Pick<CompareSpec, 'prompts' | 'base'>): string | null {
  const seen = new Set<string>();
  for (const { prompt, size = base.size } of prompts) {
    const key = `${size?.join('x') ?? ''} ${prompt}`;
    if (seen.has(key)) return prompt;
    seen.add(key);
  }
  return null;
}

/**
 * Refuses a comparison of very many cells that nobody agreed to.
 * @throws PixelsError `invalid-params` with `data.runs`
 */
export function checkConfirmed(spec: CompareSpec): void {
  const cells = cellCount(spec);
  if (!needsConfirmation(spec) || (spec.confirmed ?? 0) >= cells) return;
  throw new PixelsError(
    'invalid-params',
    `The comparison would draw ${cells} images, more than ${UNASKED_CELLS}. Ask jobs.plan for time and disk, and send "confirmed": ${cells} if somebody agrees.`,
    { runs: cells, limit: UNASKED_CELLS },
  );
}
