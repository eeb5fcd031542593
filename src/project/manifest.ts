import { type Document, LineCounter, parseDocument } from 'yaml';
import type { GenerateItem } from '../protocol/jobs.ts';
import { PixelsError } from '../protocol/errors.ts';
import { USUAL_PIXELS } from '../protocol/pixels.ts';
import type { RecipeRequest } from '../protocol/recipe.ts';
import { locateIssues, type ManifestIssue, wordIssue } from './manifest-issues.ts';
import {
  manifestSchema,
  type SpriteEntry,
  type SpriteSettings,
  spriteSchema,
  spriteSettingsSchema,
} from './manifest-schema.ts';
import { splitPixels } from './pixels/said.ts';

/** A sprite of a game with the manifest's defaults filled in. */
export interface ManifestSprite {
  name: string;
  recipe: RecipeRequest;
  count: number;
  /** 1-based line of the manifest on which it starts. */
  line: number;
}

export interface Manifest {
  sprites: ManifestSprite[];
}

function fail(fileName: string, issues: ManifestIssue[]): never {
  const shown = issues.slice(0, 10).map(({ line, column, path, message }) => {
    const subject = path === '' || message.startsWith('unknown key') ? '' : `${path}: `;
    return `${fileName}:${line}:${column}: ${subject}${message}`;
  });
  if (issues.length > shown.length) shown.push(`… and ${issues.length - shown.length} more`);
  throw new PixelsError('invalid-params', shown.join('\n'), { issues });
}

function keysAt(path: readonly PropertyKey[]): readonly string[] {
  if (path.length === 0) return Object.keys(manifestSchema.shape);
  if (path.length === 1) return Object.keys(spriteSettingsSchema.shape);
  return path.length === 2 ? Object.keys(spriteSchema.shape) : ['name', 'strength', 'clipStrength'];
}

function lineOf(document: Document, lines: LineCounter, sprite: number): number {
  const node = document.getIn(['sprites', sprite], true) as { range?: [number] } | undefined;
  return lines.linePos(node?.range?.[0] ?? 0).line;
}

function twiceNamed(sprites: SpriteEntry[]): { place: number; first: number }[] {
  const seen = new Map<string, number>();
  return sprites.flatMap(({ name }, place) => {
    // Many file systems take names that differ in case for one.
    const key = name.toLowerCase();
    const first = seen.get(key);
    if (first === undefined) seen.set(key, place);
    return first === undefined ? [] : [{ place, first }];
  });
}

function complete(entry: SpriteEntry, defaults: SpriteSettings, line: number): ManifestSprite {
  const { name, count = 1, ...own } = entry;
  const { pixels, rest } = splitPixels({ ...defaults, ...own });
  return { name, count, line, recipe: { ...rest, pixels: pixels ?? USUAL_PIXELS } };
}

/**
 * Reads a game's list of sprites: YAML with `defaults` and `sprites`, where a sprite's own settings win.
 * @param fileName named in messages
 * @throws PixelsError `invalid-params`: one line per mistake with the file's line and column, and `data.issues`
 *   ({@link ManifestIssue}) for programs. Unknown keys are mistakes.
 */
export function parseManifest(text: string, fileName: string): Manifest {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    merge: true,
    prettyErrors: false,
  });
  if (document.errors.length > 0) {
    fail(
      fileName,
      document.errors.map(error => {
        const { line, col } = lines.linePos(error.pos[0]);
        return { line, column: col, path: '', message: error.message };
      }),
    );
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    fail(fileName, [{ line: 1, column: 1, path: '', message }]);
  }
  if (value === null || value === undefined) {
    const message = 'the file is empty; it needs a list under "sprites:"';
    fail(fileName, [{ line: 1, column: 1, path: '', message }]);
  }
  const parsed = manifestSchema.safeParse(value, { error: wordIssue });
  if (!parsed.success) fail(fileName, locateIssues(parsed.error, document, lines, keysAt));
  const { defaults = {}, sprites } = parsed.data;
  const twice = twiceNamed(sprites);
  if (twice.length > 0) {
    fail(
      fileName,
      twice.map(({ place, first }) => ({
        line: lineOf(document, lines, place),
        column: 1,
        path: `sprites[${place}].name`,
        message: `the name is already taken by the sprite on line ${lineOf(document, lines, first)}`,
      })),
    );
  }
  return {
    sprites: sprites.map((entry, place) =>
      complete(entry, defaults, lineOf(document, lines, place)),
    ),
  };
}

/** The items of a job that draws every sprite of a manifest. */
export function manifestItems(manifest: Manifest): GenerateItem[] {
  return manifest.sprites.map(({ name, recipe, count }) => ({ name, recipe, count }));
}
