import { fromHex } from '../colour/colour.ts';
import { type Ramp, rampAround, RAMPS, toned } from '../colour/ramps.ts';
import { hash } from '../random.ts';
import type { Subject } from '../subjects/subject.ts';
import type { Brief, Effect, Paint } from './brief.ts';
import {
  BOUNDARY_WORDS,
  EFFECT_WORDS,
  PAINT_WORDS,
  PART_WORDS,
  SIZE_WORDS,
  STOP_WORDS,
  TONE_WORDS,
  VIEW_WORDS,
} from './words.ts';

/** Prompts are read up to here; more text adds nothing a sprite could show. */
const PROMPT_LIMIT = 4096;

/** Effects that also colour the subject when the prompt names no material. */
const ELEMENTS: readonly (readonly [Effect, string])[] = [
  ['fire', 'fire'],
  ['frost', 'ice'],
  ['poison', 'poison'],
];

/** Characters that neither name nor separate anything, emoji joiners included. */
const FILLERS = new Set([
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '-',
  '"',
  "'",
  '’',
  '_',
  '*',
  '~',
  '\ufe0e',
  '\ufe0f',
  '\u200d',
]);

/** Noun phrases of a text: lower-case words, split at punctuation and joining words. */
function phrases(text: string): string[][] {
  const found: string[][] = [[]];
  const words = text
    .slice(0, PROMPT_LIMIT)
    .toLowerCase()
    .replace(/<[^<>]*>/g, ' ')
    .replace(/top[\s-]down/g, 'topdown')
    .match(/#[0-9a-f]{6}\b|#[0-9a-f]{3}\b|[\p{L}\p{N}\p{M}'’]+|[,.;:!?|/()[\]{}\n]|[^\s]/gu);
  for (const word of words ?? []) {
    if (/^[,.;:!?|/\n]$/.test(word) || BOUNDARY_WORDS.has(word)) found.push([]);
    else if (!FILLERS.has(word)) found.at(-1)?.push(word);
  }
  return found.filter(phrase => phrase.length > 0);
}

/** The word, else its singular, as the map knows it. */
function look<T>(map: ReadonlyMap<string, T>, word: string): T | undefined {
  return (
    map.get(word) ??
    (word.length > 3 && word.endsWith('s') ? map.get(word.slice(0, -1)) : undefined) ??
    (word.length > 4 && word.endsWith('es') ? map.get(word.slice(0, -2)) : undefined) ??
    (word.length > 4 && word.endsWith('ves') ? map.get(word.slice(0, -3) + 'f') : undefined)
  );
}

/** Things that, right before another thing, describe it: "apple tree", "tree stump", "door key". */
const MODIFIERS = new Set(
  'apple cherry mushroom flower bush tree log rock heart star cloud bread cheese meat fish skull eye door house tower grave chest'.split(
    ' ',
  ),
);

/** The thing a phrase is about: its first subject, unless that one only describes a later one. */
function headOf(
  words: readonly string[],
  first: Subject,
  find: (word: string) => Subject | undefined,
): Subject {
  const at = words.findIndex(word => find(word) === first);
  for (const word of words.slice(at + 1)) {
    const next = find(word);
    if (!next || next === first) {
      if (first.kind === 'creature') continue;
      return first;
    }
    if (first.kind === 'creature') {
      if (next.kind !== 'creature') return next;
    } else return MODIFIERS.has(first.name) ? next : first;
  }
  return first;
}

/** Maps words to subjects; built once per registry. */
export class Lexicon {
  readonly #strong = new Map<string, Subject>();
  readonly #weak = new Map<string, Subject>();
  readonly #scripts: [string, Subject][] = [];

  constructor(subjects: readonly Subject[]) {
    for (const subject of subjects) {
      for (const word of subject.words.split(' ')) {
        this.#strong.set(word, subject);
        if (/[^\p{Script=Latin}\p{N}]/u.test(word)) this.#scripts.push([word, subject]);
      }
      for (const word of subject.weak?.split(' ') ?? []) this.#weak.set(word, subject);
    }
  }

  /** Reads a prompt and its negative. */
  read(prompt: string, negative: string): Brief {
    const denied = this.#denied(negative);
    const chunks = phrases(prompt);
    const subject = this.#subject(chunks, denied);
    const paints: Paint[] = [];
    const effects = new Set<Effect>();
    const features = new Set<string>();
    const unknown: string[] = [];
    let size: Brief['size'] = 'normal';
    let view: Brief['view'] = 'front';
    for (const chunk of chunks) {
      for (const [i, word] of chunk.entries()) {
        if (denied.has(word)) continue;
        features.add(word);
        size = SIZE_WORDS.get(word) ?? size;
        view = VIEW_WORDS.get(word) ?? view;
        const effect = look(EFFECT_WORDS, word);
        if (effect && !denied.has(effect)) effects.add(effect);
        const paint = this.#paint(chunk, i, subject, denied);
        if (paint) paints.push(paint);
        if (!effect && !paint && !this.#known(word)) unknown.push(word);
      }
    }
    const bare = !paints.some(paint => paint.part === undefined);
    for (const [effect, name] of ELEMENTS) {
      const ramp = RAMPS[name];
      if (bare && ramp && effects.has(effect) && !denied.has(name)) paints.push({ name, ramp });
    }
    const signature = hash(...unknown.slice(0, 400));
    const name = subject?.name ?? (signature % 3 === 0 ? 'critter' : 'relic');
    return { subject: name, paints, effects, size, view, features, denied, signature };
  }

  #known(word: string): boolean {
    return (
      STOP_WORDS.has(word) ||
      TONE_WORDS.has(word) ||
      SIZE_WORDS.has(word) ||
      VIEW_WORDS.has(word) ||
      look(this.#strong, word) !== undefined ||
      look(this.#weak, word) !== undefined ||
      look(PART_WORDS, word) !== undefined
    );
  }

  #denied(negative: string): Set<string> {
    const denied = new Set<string>();
    for (const word of phrases(negative).flat()) {
      denied.add(word);
      const paint = look(PAINT_WORDS, word);
      if (paint) denied.add(paint);
      const effect = look(EFFECT_WORDS, word);
      if (effect) denied.add(effect);
    }
    return denied;
  }

  /** The head of the first phrase that names a subject. */
  #subject(
    chunks: readonly (readonly string[])[],
    denied: ReadonlySet<string>,
  ): Subject | undefined {
    let fallback: Subject | undefined;
    for (const chunk of chunks) {
      const words = chunk.filter(word => !denied.has(word));
      const strong = words.flatMap(word => look(this.#strong, word) ?? this.#script(word) ?? []);
      const first = strong[0];
      if (first) {
        return headOf(words, first, word => look(this.#strong, word) ?? this.#script(word));
      }
      fallback ??= words.flatMap(word => look(this.#weak, word) ?? [])[0];
    }
    return fallback;
  }

  /** Scripts written without spaces: the subject whose word comes first in the text. */
  #script(word: string): Subject | undefined {
    if (!/[^\p{Script=Latin}\p{N}]/u.test(word)) return undefined;
    let best: Subject | undefined;
    let at = Infinity;
    for (const [text, subject] of this.#scripts) {
      const found = word.indexOf(text);
      if (found >= 0 && found < at) [best, at] = [subject, found];
    }
    return best;
  }

  #paint(
    chunk: readonly string[],
    i: number,
    subject: Subject | undefined,
    denied: ReadonlySet<string>,
  ): Paint | undefined {
    const word = chunk[i]!;
    if (chunk.slice(i + 1, i + 3).includes('background')) return undefined;
    let name: string | undefined;
    let ramp: Ramp | undefined;
    if (word.startsWith('#')) {
      name = word;
      ramp = rampAround(fromHex(word.slice(1)));
    } else {
      name = PAINT_WORDS.get(word);
      if (name === undefined || denied.has(name)) return undefined;
      ramp = RAMPS[name];
    }
    if (!ramp) return undefined;
    const next = chunk[i + 1];
    if (TONE_WORDS.has(word) && next !== undefined && PAINT_WORDS.has(next)) return undefined;
    const tone = TONE_WORDS.get(chunk[i - 1] ?? '');
    if (tone) {
      name = `${tone} ${name}`;
      ramp = toned(ramp, tone);
    }
    for (const later of chunk.slice(i + 1, i + 4)) {
      if (look(this.#strong, later) === subject && subject) break;
      const part = look(PART_WORDS, later);
      if (part) return { name, ramp, part };
    }
    return { name, ramp };
  }
}
