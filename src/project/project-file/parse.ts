import { type Document, LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod';
import { PixelsError } from '../../protocol/errors.ts';
import { locateIssues, type ManifestIssue, wordIssue } from '../manifest-issues.ts';
import {
  namedContenderSchema,
  presetSchema,
  type ProjectFile,
  projectFileSchema,
  projectSettingsSchema,
} from './schema.ts';

function fail(fileName: string, issues: ManifestIssue[]): never {
  const shown = issues.slice(0, 10).map(({ line, column, path, message }) => {
    const subject = path === '' || message.startsWith('unknown key') ? '' : `${path}: `;
    return `${fileName}:${line}:${column}: ${subject}${message}`;
  });
  if (issues.length > shown.length) shown.push(`… and ${issues.length - shown.length} more`);
  throw new PixelsError('invalid-params', shown.join('\n'), { issues });
}

function keysAt(path: readonly PropertyKey[]): readonly string[] {
  const [section] = path;
  if (path.length === 0) return Object.keys(projectFileSchema.shape);
  if (path.includes('loras')) return ['name', 'strength', 'clipStrength'];
  if (section === 'presets') return Object.keys(presetSchema.shape);
  if (section === 'contenders') return Object.keys(namedContenderSchema.shape);
  return Object.keys(projectSettingsSchema.shape);
}

/**
 * Parses the text of a project's file as YAML.
 * @param fileName named in messages
 * @throws PixelsError `invalid-params`: one line per mistake, with line and column
 */
export function parseProjectDocument(
  text: string,
  fileName: string,
): { document: Document; lines: LineCounter } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  if (document.errors.length > 0) {
    fail(
      fileName,
      document.errors.map(({ pos, message }) => {
        const { line, col } = lines.linePos(pos[0]);
        return { line, column: col, path: '', message };
      }),
    );
  }
  return { document, lines };
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A file's value without what says nothing: `defaults:` with nothing below it is what remains when the last setting is deleted, and
 * `house:` below `contenders:` is one that changes nothing.
 */
function present(value: unknown): unknown {
  if (!isMapping(value)) return value ?? {};
  const sections = Object.entries(value).filter(([, section]) => section !== null);
  return Object.fromEntries(
    sections.map(([key, section]) => {
      if (!['presets', 'contenders'].includes(key) || !isMapping(section)) return [key, section];
      return [
        key,
        Object.fromEntries(Object.entries(section).map(([name, own]) => [name, own ?? {}])),
      ];
    }),
  );
}

/** Words for a name that is empty or too long, which the schema calls a key. */
function worded(issue: z.core.$ZodRawIssue): string | undefined {
  return issue.code === 'invalid_key' ? 'a name has 1 to 60 characters' : wordIssue(issue);
}

/**
 * Reads a game's `.dgx-pixels/project.yaml`; an empty file says nothing.
 * @param fileName named in messages
 * @throws PixelsError `invalid-params`: one line per mistake with the file's line and column, and `data.issues`
 *   ({@link ManifestIssue}) for programs. Unknown keys are mistakes.
 */
export function parseProjectFile(text: string, fileName: string): ProjectFile {
  const { document, lines } = parseProjectDocument(text, fileName);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    fail(fileName, [{ line: 1, column: 1, path: '', message }]);
  }
  const parsed = projectFileSchema.safeParse(present(value), { error: worded });
  if (!parsed.success) fail(fileName, locateIssues(parsed.error, document, lines, keysAt));
  return parsed.data;
}
