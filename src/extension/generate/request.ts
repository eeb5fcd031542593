import type { MethodParams } from '../../protocol/methods.ts';
import type { Lane } from '../../protocol/jobs.ts';
import type { RecipeInput } from '../../protocol/recipe.ts';
import { nameOfPrompt, withoutDevice } from '../../project/file-names.ts';
import { type CellSize, parseSize } from '../prompts/size.ts';

/** What the generate commands take as an argument; what is left out is asked for, remembered, or chosen by the workflow. */
export interface SpriteArguments {
  prompt?: string;
  /** Cells: 32, `"32x48"` or [32, 48]. */
  size?: number | string | CellSize;
  count?: number;
  seed?: number;
  workflow?: string;
  checkpoint?: string;
  loras?: readonly { name: string; strength?: number }[];
  negative?: string;
  steps?: number;
  /** Preset of the project's file. */
  preset?: string;
  /** Folder for the files: an absolute path, one within the workspace folder, or a URI. */
  folder?: unknown;
  /** Base of the file names, without ending. */
  name?: string;
  /** Image that the drawing starts from: an absolute path or a URI. */
  init?: unknown;
  /** 0 keeps the image, 1 ignores it. */
  denoise?: number;
  /** Open the result when it is there. */
  open?: boolean;
}

/** One line of a job: a prompt with all that is known about it. */
export interface SpriteItem {
  prompt: string;
  name: string;
  size?: CellSize;
  count: number;
  seed?: number;
  workflow?: string;
  checkpoint?: string;
  loras?: readonly { name: string; strength?: number }[];
  negative?: string;
  steps?: number;
  denoise?: number;
  preset?: string;
}

/** The size of an argument; null for something that is none. */
export function sizeOf(size: SpriteArguments['size']): CellSize | null {
  if (size === undefined) return null;
  if (typeof size === 'object') return parseSize(size.join('x'));
  return parseSize(String(size));
}

/** What file systems of one kind or another refuse in a name. */
export const SEPARATORS = /[/\\:*?"<>|]/;
/** Letters of a name that someone wished, and the bytes that file systems take, less an ending, a seed and a number. */
const LETTERS = 100;
const BYTES = 200;

/** As much of a name's beginning as a file system takes, in whole letters. */
function shortened(name: string): string {
  let bytes = 0;
  let kept = '';
  for (const letter of [...name].slice(0, LETTERS)) {
    bytes += Buffer.byteLength(letter);
    if (bytes > BYTES) break;
    kept += letter;
  }
  return kept;
}

/** A file name that a prompt or a person's wish gives; separators and what file systems refuse are left out. */
export function proposedName(prompt: string, wished?: string): string {
  const name = wished?.replace(/\.png$/i, '').trim() ?? '';
  const letters = [...name]
    .filter(letter => letter.charCodeAt(0) >= 32 && !SEPARATORS.test(letter))
    .join('')
    .replace(/^[.\s]+/, '');
  const clean = shortened(letters).replace(/[.\s]+$/, '');
  return clean === '' ? nameOfPrompt(prompt) : withoutDevice(clean);
}

function recipeOf(item: SpriteItem, init: string | null): RecipeInput {
  const { prompt, size, seed, workflow, checkpoint, loras, negative, steps, denoise } = item;
  return {
    prompt,
    ...(size !== undefined && { size }),
    ...(seed !== undefined && { seed }),
    ...(workflow !== undefined && { workflow }),
    ...(checkpoint !== undefined && { checkpoint }),
    ...(loras !== undefined && loras.length > 0 && { loras: [...loras] }),
    ...(negative !== undefined && { negative }),
    ...(steps !== undefined && { steps }),
    ...(init !== null && { init: { image: init, ...(denoise !== undefined && { denoise }) } }),
  };
}

/**
 * What is sent to make a job.
 * @param init digest of the uploaded image that all items start from
 */
export function submissionFor(
  id: string,
  items: readonly SpriteItem[],
  {
    lane,
    project,
    init,
    recipes,
  }: {
    lane: Lane;
    project: string | null;
    init: string | null;
    /** Recipes of the items as their game has them; without, what is said of each and no more. */
    recipes?: readonly RecipeInput[] | undefined;
  },
): MethodParams<'jobs.submit'> {
  const [first] = items;
  const title = items.length === 1 ? first?.prompt : undefined;
  return {
    id,
    lane,
    spec: {
      kind: 'generate',
      items: items.map((item, place) => ({
        name: item.name,
        count: item.count,
        recipe: recipes?.[place] ?? recipeOf(item, init),
      })),
    },
    ...(title !== undefined && { title: title.slice(0, 200) }),
    ...(project !== null && { project: project.slice(-500) }),
  };
}
