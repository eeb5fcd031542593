import { mkdirSync, readdirSync } from 'node:fs';
import { basename, dirname, normalize } from 'node:path';
import { NodeFailure } from '../failures.ts';
import { below } from './paths.ts';

/** Where the pictures of one SaveImage go. */
export interface SavePlace {
  folder: string;
  /** As the answer shows it: relative, forward slashes, empty at the top. */
  subfolder: string;
  /** Name of the n-th picture. */
  fileName: (index: number) => string;
}

/**
 * Folder and names for a prefix such as `hero/walk%date%`: tokens filled in, the folder made, the
 * counter one above the highest that the folder holds.
 * @throws NodeFailure when the prefix leaves the folder
 */
export function planSave(
  root: string,
  prefix: string,
  size: { width: number; height: number },
  now: Date = new Date(),
): SavePlace {
  const filled = normalize(fillTokens(prefix, size, now).replaceAll('\\', '/'));
  const directory = dirname(filled).replaceAll('\\', '/');
  const subfolder = directory === '.' ? '' : directory;
  const stem = basename(filled);
  const folder = below(root, subfolder === '' ? '.' : subfolder);
  if (folder === undefined || subfolder.startsWith('/') || stem.includes('\0')) {
    throw new NodeFailure(
      'Exception',
      '**** ERROR: Saving image outside the output folder is not allowed.',
    );
  }
  mkdirSync(folder, { recursive: true });
  const first = highestCounter(folder, stem) + 1;
  return {
    folder,
    subfolder,
    fileName: index => {
      const name = stem.replaceAll('%batch_num%', String(index));
      return `${name}_${String(first + index).padStart(5, '0')}_.png`;
    },
  };
}

function highestCounter(folder: string, stem: string): number {
  let highest = 0;
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${stem}_`)) continue;
    const digits = name.slice(stem.length + 1).split('_')[0] ?? '';
    if (/^\d+$/.test(digits)) highest = Math.max(highest, Number(digits));
  }
  return highest;
}

const DATE_PARTS: readonly (readonly [RegExp, (now: Date) => string])[] = [
  [/yyyy/g, now => String(now.getFullYear())],
  [/yy/g, now => String(now.getFullYear()).slice(-2)],
  [/MM/g, now => two(now.getMonth() + 1)],
  [/dd/g, now => two(now.getDate())],
  [/hh/g, now => two(now.getHours())],
  [/mm/g, now => two(now.getMinutes())],
  [/ss/g, now => two(now.getSeconds())],
];

function fillTokens(prefix: string, size: { width: number; height: number }, now: Date): string {
  const tokens: Record<string, string> = {
    width: String(size.width),
    height: String(size.height),
    year: String(now.getFullYear()),
    month: two(now.getMonth() + 1),
    day: two(now.getDate()),
    hour: two(now.getHours()),
    minute: two(now.getMinutes()),
    second: two(now.getSeconds()),
    date: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
  };
  return prefix
    .replace(/%date:([^%]+)%/g, (_, format: string) =>
      DATE_PARTS.reduce((text, [part, value]) => text.replace(part, value(now)), format),
    )
    .replace(/%(\w+)%/g, (whole, name: string) => tokens[name] ?? whole);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
