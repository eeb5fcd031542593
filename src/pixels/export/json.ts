import { SheetError } from '../sheet/error.ts';

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads a JSON file that must hold an object.
 * @throws SheetError `unreadable`
 */
export function parseJsonObject(text: string, path: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SheetError('unreadable', `${path} is no JSON: ${reason}.`);
  }
  if (!isObject(value)) throw new SheetError('unreadable', `${path} holds no JSON object.`);
  return value;
}

/**
 * A present JSON file that a re-export builds on; undefined when there is none.
 * @param field what every file of the format has at its top
 * @throws SheetError `unreadable`, or `foreign-file` for JSON of another kind
 */
export function presentJson(
  existing: ReadonlyMap<string, string>,
  path: string,
  field: string,
): JsonObject | undefined {
  const text = existing.get(path);
  if (text === undefined) return undefined;
  const value = parseJsonObject(text, path);
  if (field in value) return value;
  throw new SheetError('foreign-file', `${path} is JSON of another kind: it has no "${field}".`);
}

/** An object of entries; unlike a literal it may have a key named `__proto__`. */
export function objectOf<T>(entries: Iterable<readonly [string, T]>): Record<string, T> {
  return Object.fromEntries(entries);
}

/**
 * Our fields over those of a present object: what we do not write stays, in its place.
 * @param gone fields of ours that are left out now
 */
export function over(present: unknown, ours: JsonObject, gone: readonly string[] = []): JsonObject {
  if (!isObject(present)) return ours;
  const kept = Object.entries(present).filter(
    ([key]) => !gone.includes(key) || Object.hasOwn(ours, key),
  );
  return objectOf([...kept, ...Object.entries(ours)]);
}

/** Present entries by their names, so that ours find theirs. */
export function byName(list: unknown, field: string): Map<string, JsonObject> {
  if (!Array.isArray(list)) return new Map();
  return new Map(
    list
      .filter(isObject)
      .map(entry => [String(entry[field]), entry] as const)
      .filter(([name]) => name !== 'undefined'),
  );
}

/** JSON as all of our files have it. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
