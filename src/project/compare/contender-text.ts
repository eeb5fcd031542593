import { type Contender, contenderSchema } from '../../protocol/compare.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { describeIssues } from '../../protocol/validate.ts';
import { parseLora } from '../lora-text.ts';

const NUMBERS: ReadonlySet<string> = new Set(['steps', 'cfg']);
const SETTINGS: ReadonlySet<string> = new Set([
  ...NUMBERS,
  'sampler',
  'scheduler',
  'workflow',
  'vae',
]);

/** A contender as it is typed: one of the project's, by its name, or written out. */
export interface ContenderText {
  typed: string;
  contender: Contender;
  /** Whether it may be the name of one of the project's contenders. */
  isPlain: boolean;
}

/** The name in front of the first `=`, unless that belongs to a setting. */
function splitName(text: string): [name: string | undefined, rest: string] {
  const equals = text.indexOf('=');
  const before = text.slice(0, Math.max(0, equals)).trim();
  if (equals < 0 || before.includes(',') || SETTINGS.has(before)) return [undefined, text];
  return [before, text.slice(equals + 1)];
}

function partOf(part: string, place: number): Contender {
  const equals = part.indexOf('=');
  const key = part.slice(0, Math.max(0, equals)).trim();
  if (equals >= 0) {
    if (!SETTINGS.has(key)) {
      const known = [...SETTINGS].join(', ');
      throw new PixelsError(
        'invalid-params',
        `"${key}" is no setting of a contender; there are: ${known}.`,
      );
    }
    const value = part.slice(equals + 1).trim();
    return { [key]: NUMBERS.has(key) ? Number(value === '' ? NaN : value) : value };
  }
  if (place === 0) return part === '' ? {} : { checkpoint: part };
  return { loras: [parseLora(part)] };
}

/**
 * Reads `NAME=checkpoint[,lora:0.8…][,steps=8…]`. The name may be left out; so may the checkpoint: `styled=,pixel:0.8` is the common
 * checkpoint with a LoRA.
 * @throws PixelsError `invalid-params`
 */
export function parseContenderText(text: string): ContenderText {
  const [name, rest] = splitName(text);
  const parts = rest.split(',').map((part, place) => partOf(part.trim(), place));
  const loras = parts.flatMap(part => part.loras ?? []);
  const parsed = contenderSchema.safeParse({
    ...Object.assign({}, ...parts),
    ...(name !== undefined && { name }),
    ...(loras.length > 0 && { loras }),
  });
  if (!parsed.success) {
    throw new PixelsError(
      'invalid-params',
      `It is no contender: ${describeIssues(parsed.error).sentence}.`,
    );
  }
  return { typed: text.trim(), contender: parsed.data, isPlain: !/[=,]/.test(text) };
}
