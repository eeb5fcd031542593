const WORDS = 6;
const LETTERS = 48;
/** Names that Windows keeps for devices, whatever their ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** A file name that Windows takes too: `con` gives `con-sprite`. */
export function withoutDevice(name: string): string {
  return name.replace(DEVICE, '$&-sprite');
}

/**
 * A file name for a prompt, without ending: the first words up to a comma, in lower case, joined by hyphens.
 * `"a rusty sword, front view"` gives `rusty-sword`.
 */
export function nameOfPrompt(prompt: string): string {
  const clause = prompt.split(/[,.;:\n(]/).find(part => /[\p{L}\p{N}]/u.test(part)) ?? '';
  const words = clause
    .normalize('NFKD')
    // Accents of Latin letters go; elsewhere a mark makes another letter.
    .replace(/(\p{Script=Latin})\p{Mark}+/gu, '$1')
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter(word => word !== '');
  const [first = ''] = words;
  if (words.length > 1 && ['a', 'an', 'the'].includes(first)) words.shift();
  let name = '';
  for (const word of words.slice(0, WORDS)) {
    const longer = name === '' ? word : `${name}-${word}`;
    if ([...longer].length > LETTERS && name !== '') break;
    name = [...longer].slice(0, LETTERS).join('');
  }
  return name === '' ? 'sprite' : withoutDevice(name);
}

/** Which of a job's images a file name is for. */
export interface ImagePlace {
  seed: number;
  /** Runs that share the base name. */
  runs: number;
  /** 0-based place in the batch of the run, and the batch's size. */
  index: number;
  batch: number;
}

/** File name of an image, without ending: the base name, the seed where several were drawn, the place in a batch. */
export function nameOfImage(base: string, { seed, runs, index, batch }: ImagePlace): string {
  const parts = [base];
  if (runs > 1) parts.push(String(seed));
  if (batch > 1) parts.push(String(index + 1));
  return parts.join('-');
}
