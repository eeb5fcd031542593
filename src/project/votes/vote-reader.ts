import {
  type CompareMode,
  compareModeSchema,
  SPRITE_CATEGORIES,
  type SpriteCategory,
} from '../../protocol/compare.ts';
import {
  type Vote,
  type VotedContender,
  type VoteEvent,
  voteEventSchema,
  VOTES_VERSION,
} from './vote-event.ts';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DIGEST = /^[0-9a-f]{64}$/;
/** As a `Date` writes it, on a day that every month has. */
const TIME =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const MOST_CELLS = 512;

/** Where the contenders of a vote begin. Not within a text: a quotation mark has a backslash before it there. */
const CONTENDERS = ',"contenders":[';
const FIRST_FIELD = '{"digest":"';
/** Fields of a vote as the panel writes it: all of them, and nothing else. */
const VOTE_FIELDS = 17;

/** What a contender has in all its votes, and how that is written. */
interface Known {
  text: string;
  contender: VotedContender;
}

/**
 * Reads lines of `votes.jsonl`. The schema says what a vote is; but most lines of a long file are votes on contenders that were
 * read before, written by the panel. Those contenders are found by their text and the rest is checked by hand: a file of 100,000
 * votes is read four times as fast, and what its votes share is kept once. All other lines go through the schema.
 */
export class VoteReader {
  readonly #known = new Map<string, Known>();
  readonly #texts = new Map<string, string>();

  /** @param line without its end @returns the event, or why it is none in a few words */
  read(line: string): VoteEvent | string {
    return this.#quickly(line) ?? this.#bySchema(line);
  }

  #bySchema(line: string): VoteEvent | string {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return 'not a whole line of JSON';
    }
    const version = (value as { v?: unknown } | null)?.v;
    if (typeof version === 'number' && version > VOTES_VERSION) {
      return `written by a later version (${version})`;
    }
    const parsed = voteEventSchema.safeParse(value);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const where = issue?.path.join('.') ?? '';
      return `${where === '' ? '' : `${where}: `}${issue?.message ?? 'not a vote'}`;
    }
    if (parsed.data.kind === 'vote') this.#learn(line, parsed.data.contenders);
    return parsed.data;
  }

  /** Remembers contenders that are in the line as the panel writes them. */
  #learn(line: string, contenders: readonly VotedContender[]): void {
    for (const contender of contenders) {
      const { seconds: _, image: __, ...lasting } = contender;
      const text = JSON.stringify(lasting).slice(0, -1);
      if (line.includes(text)) this.#known.set(contender.digest, { text, contender });
    }
  }

  /** @returns null for what the schema has to look at */
  #quickly(line: string): Vote | null {
    const start = line.indexOf(CONTENDERS);
    if (start === -1) return null;
    const known: VotedContender[] = [];
    // The line with only the time and the image of each contender: the rest of them is known.
    let rest = line.slice(0, start) + CONTENDERS;
    let at = start + CONTENDERS.length;
    do {
      const digest = at + FIRST_FIELD.length;
      const found = this.#known.get(line.slice(digest, digest + 64));
      if (found === undefined) return null;
      // Compared as wholes: `startsWith` goes letter by letter and takes many times as long.
      if (line.slice(at, at + found.text.length) !== found.text) return null;
      const from = at + found.text.length + 1;
      at = line.indexOf('}', from) + 2;
      if (at === 1 || line[from - 1] !== ',') return null;
      known.push(found.contender);
      rest += `{${line.slice(from, at)}`;
    } while (line[at - 1] === ',');
    try {
      return this.#whole(JSON.parse(rest + line.slice(at)), known);
    } catch {
      return null;
    }
  }

  /** @param value a vote whose contenders have nothing but their time and image */
  #whole(value: unknown, known: readonly VotedContender[]): Vote | null {
    if (typeof value !== 'object' || value === null) return null;
    const vote = value as Record<keyof Vote, unknown>;
    const { id, time, voter, job, set, recipe, prompt, seed, category, size } = vote;
    const { mode, durationMs, note } = vote;
    const contenders = drawn(vote.contenders, known);
    const whole =
      Object.keys(value).length === VOTE_FIELDS &&
      vote.v === VOTES_VERSION &&
      vote.kind === 'vote' &&
      matches(id, ID) &&
      isTime(time) &&
      isText(voter, 1, 200) &&
      matches(job, ID) &&
      isCount(set) &&
      contenders !== null &&
      matches(recipe, DIGEST) &&
      typeof prompt === 'string' &&
      isCount(seed) &&
      isCategory(category) &&
      isSize(size) &&
      isMode(mode) &&
      isDuration(durationMs) &&
      isText(note, 0, 2000);
    if (!whole) return null;
    const best = named(vote.best, contenders);
    if (best === null) return null;
    return {
      v: VOTES_VERSION,
      kind: 'vote',
      id,
      time,
      voter: this.#same(voter),
      job: this.#same(job),
      set,
      contenders,
      best,
      recipe,
      prompt: this.#same(prompt),
      seed,
      category,
      size,
      mode,
      durationMs,
      note,
    };
  }

  /** A text as it was read before, so that it is kept once. */
  #same(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }
}

/** Contenders with the time and image of one vote; null unless they are two to four different ones, and those are all. */
function drawn(value: unknown, known: readonly VotedContender[]): VotedContender[] | null {
  if (!Array.isArray(value) || value.length !== known.length) return null;
  if (known.length < 2 || known.length > 4) return null;
  const contenders: VotedContender[] = [];
  for (const [place, contender] of known.entries()) {
    const own = value[place] as Partial<Record<'seconds' | 'image', unknown>>;
    const { seconds, image } = own;
    const whole = seconds === null || (typeof seconds === 'number' && Number.isFinite(seconds));
    if (!whole || !matches(image, DIGEST) || Object.keys(own).length !== 2) return null;
    if (contenders.some(({ digest }) => digest === contender.digest)) return null;
    contenders.push(withImage(contender, seconds, image));
  }
  return contenders;
}

/** Field by field, which takes a third of the time that spreading does. */
function withImage(known: VotedContender, seconds: number | null, image: string): VotedContender {
  return {
    digest: known.digest,
    name: known.name,
    workflow: known.workflow,
    graph: known.graph,
    checkpoint: known.checkpoint,
    checkpointSha256: known.checkpointSha256,
    vae: known.vae,
    vaeSha256: known.vaeSha256,
    loras: known.loras,
    settings: known.settings,
    seconds,
    image,
  };
}

/** Those of the contenders that are named, each once, in the contenders' own strings; null when it is anything else. */
function named(value: unknown, contenders: readonly VotedContender[]): string[] | null {
  if (!Array.isArray(value)) return null;
  const best: string[] = [];
  for (const one of value as unknown[]) {
    const digest = contenders.find(contender => contender.digest === one)?.digest;
    if (digest === undefined || best.includes(digest)) return null;
    best.push(digest);
  }
  return best;
}

function matches(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value);
}

function isText(value: unknown, least: number, most: number): value is string {
  return typeof value === 'string' && value.length >= least && value.length <= most;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isDuration(value: unknown): value is number {
  return Number.isFinite(value) && (value as number) >= 0;
}

/** Only in the form that a `Date` writes. */
function isTime(value: unknown): value is string {
  if (matches(value, TIME)) return true;
  if (typeof value !== 'string' || value.length !== 24) return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString() === value;
}

function isCategory(value: unknown): value is SpriteCategory {
  return (SPRITE_CATEGORIES as readonly unknown[]).includes(value);
}

function isMode(value: unknown): value is CompareMode {
  return (compareModeSchema.options as readonly unknown[]).includes(value);
}

function isSize(value: unknown): value is [number, number] {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    value.every(edge => Number.isInteger(edge) && edge >= 1 && edge <= MOST_CELLS)
  );
}
