import { type Document, isMap, isNode, isScalar, type LineCounter } from 'yaml';
import type * as z from 'zod';
import { nearNames } from './near-names.ts';

/** One mistake in a manifest, at a 1-based line and column. */
export interface ManifestIssue {
  line: number;
  column: number;
  /** Where in the data, e.g. `sprites[2].size`. */
  path: string;
  message: string;
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key, place) =>
      typeof key === 'number' ? `[${key}]` : `${place === 0 ? '' : '.'}${String(key)}`,
    )
    .join('');
}

/** Offset of the key, or else of the value, at a path; of the nearest node above it where there is none. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isScalar(key) && key.value === last);
      if (pair !== undefined && isNode(pair.key)) return pair.key.range?.[0] ?? 0;
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node.range?.[0] ?? 0;
  }
  return isNode(document.contents) ? (document.contents.range?.[0] ?? 0) : 0;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'keys with values',
};

/** Words for a value that is absent or of the wrong kind; the schema's own words stand for everything else. */
export function wordIssue(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'invalid_type') return undefined;
  if (issue.input === undefined || issue.input === null) return 'is missing';
  return `must be ${KINDS[issue.expected] ?? issue.expected}`;
}

/**
 * Finds each complaint of a schema in the text it is about.
 * @param keysAt the keys known at a path, for proposals to a mistyped one
 */
export function locateIssues(
  error: z.ZodError,
  document: Document,
  lines: LineCounter,
  keysAt: (path: readonly PropertyKey[]) => readonly string[],
): ManifestIssue[] {
  const issueAt = (path: readonly PropertyKey[], message: string): ManifestIssue => {
    const { line, col } = lines.linePos(offsetOf(document, path));
    return { line, column: col, path: pathText(path), message };
  };
  return error.issues
    .flatMap(issue => {
      if (issue.code !== 'unrecognized_keys') return [issueAt(issue.path, issue.message)];
      return issue.keys.map(key => {
        const [near] = nearNames(key, keysAt(issue.path), 1);
        const proposal = near === undefined ? '' : `; did you mean "${near}"?`;
        return issueAt([...issue.path, key], `unknown key "${key}"${proposal}`);
      });
    })
    .sort((a, b) => a.line - b.line);
}
