const MAX_WORDS = 8;
const MAX_LENGTH = 100;
const MAX_LICENSE = 200;
/** Share of a data set's captions that a trigger word is in. */
const TRIGGER_SHARE = 0.9;
/** More tags than this in every caption describe the data set rather than trigger it. */
const MAX_COMMON = 5;

type Metadata = Readonly<Record<string, string>>;

/** One line without control characters; files come from strangers. */
function clean(text: string, length: number): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is taken out
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** Each word once, however it is capitalised, at its first place. */
function unique(words: readonly string[]): string[] {
  const seen = new Set<string>();
  return words.filter(word => {
    const lower = word.toLowerCase();
    return !seen.has(lower) && seen.add(lower);
  });
}

function json(text: string | undefined): Record<string, unknown> {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Tags that stand in (nearly) all captions of a data set, most frequent first. */
function commonTags(tags: Record<string, unknown>, images: number | null): string[] {
  const counted = Object.entries(tags)
    .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
    .map(([tag, count]) => ({ tag: clean(tag, MAX_LENGTH), count }))
    .filter(({ tag }) => tag !== '');
  const all = images ?? Math.max(0, ...counted.map(({ count }) => count));
  const common = counted
    .filter(({ count }) => count >= TRIGGER_SHARE * all)
    .sort((a, b) => b.count - a.count);
  return common.length > MAX_COMMON ? [] : common.map(({ tag }) => tag);
}

/**
 * Words that call up what a LoRA was trained on: `modelspec.trigger_phrase` where the trainer wrote one, else the tags that stand in
 * nearly every caption (`ss_tag_frequency` against the image counts of `ss_dataset_dirs`).
 * @returns at most 8, each one line of at most 100 characters
 */
export function triggerWordsOf(metadata: Metadata): string[] {
  const phrase = metadata['modelspec.trigger_phrase'];
  if (phrase !== undefined && phrase.trim() !== '') {
    const words = phrase.split(',').map(word => clean(word, MAX_LENGTH));
    return unique(words.filter(word => word !== '')).slice(0, MAX_WORDS);
  }
  const folders = json(metadata['ss_dataset_dirs']);
  const words = Object.entries(json(metadata['ss_tag_frequency'])).flatMap(([folder, tags]) => {
    const images = record(folders[folder])['img_count'];
    return commonTags(record(tags), typeof images === 'number' && images > 0 ? images : null);
  });
  return unique(words).slice(0, MAX_WORDS);
}

/** Licence as the metadata names it; null when it does not. */
export function licenseOf(metadata: Metadata): string | null {
  const text = clean(metadata['modelspec.license'] ?? metadata['license'] ?? '', MAX_LICENSE);
  return text === '' ? null : text;
}
