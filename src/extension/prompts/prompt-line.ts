import { type CellSize, parseSize } from './size.ts';

/** A prompt as one writes it in a list or a comment: `rusty sword 32x32 x4 seed 7`. */
export interface PromptLine {
  prompt: string;
  size?: CellSize;
  count?: number;
  seed?: number;
}

const ENDINGS: readonly [RegExp, (value: string, into: PromptLine) => boolean][] = [
  [
    /[\s,;]+[([]?(\d{1,4}\s*[x×*]\s*\d{1,4}|\d{1,4}(?=\s*px))(?:\s*px)?[)\]]?\.?$/i,
    (value, into) => {
      const size = parseSize(value);
      if (size === null || into.size !== undefined) return false;
      into.size = size;
      return true;
    },
  ],
  [
    /[\s,;]+[x×](\d{1,4})$/i,
    (value, into) => {
      if (into.count !== undefined || Number(value) < 1) return false;
      into.count = Number(value);
      return true;
    },
  ],
  [
    /[\s,;]+seed[\s:=]+(\d{1,15})$/i,
    (value, into) => {
      if (into.seed !== undefined) return false;
      into.seed = Number(value);
      return true;
    },
  ],
];

/** Takes size, number and seed off the end of a line; what is left is the prompt. A line of these alone is all prompt. */
export function parsePromptLine(text: string): PromptLine {
  const line: PromptLine = { prompt: text.trim() };
  for (let again = true; again;) {
    again = ENDINGS.some(([pattern, take]) => {
      const match = pattern.exec(line.prompt);
      if (match === null || match.index === 0 || !take(match[1] ?? '', line)) return false;
      line.prompt = line.prompt.slice(0, match.index).trimEnd();
      return true;
    });
  }
  return line;
}

/** The prompts of a list: one per line; empty lines and those that begin with `#` do not count. */
export function parsePromptList(text: string): PromptLine[] {
  return text
    .split(/\r?\n/)
    .map(line => line.replace(/^\s*[-*•]\s+/, '').trim())
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(parsePromptLine);
}
