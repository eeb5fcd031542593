import * as z from 'zod';

function hasControlCharacter(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 32 || code === 127) return true;
  }
  return false;
}

/**
 * True when a relative name stays inside the folder it is resolved against: no `..` or `.` segment, no leading separator or
 * drive letter, no control character. Both separators count, since a server may run on another system.
 */
export function isContainedName(name: string): boolean {
  if (name.length === 0 || hasControlCharacter(name)) return false;
  if (/^[/\\]/.test(name) || /^[A-Za-z]:/.test(name)) return false;
  return name.split(/[/\\]/).every(part => part !== '' && part !== '.' && part !== '..');
}

/** A model file as the engine lists it, relative to its models folder, sub-folders included. */
export const modelNameSchema = z
  .string()
  .min(1)
  .max(512)
  .refine(
    isContainedName,
    'must be a name inside the models folder, without ".." or a leading "/"',
  );

/** A short name that may become a file name: no separators, not hidden, not reserved. */
export const fileNameSchema = z
  .string()
  .min(1)
  .max(120)
  .refine(
    name => isContainedName(name) && !/[/\\:*?"<>|]/.test(name) && !/^[.\s]|[.\s]$/.test(name),
    'must be a plain file name: no separators, none of : * ? " < > |, not starting or ending in a dot or space',
  );

/** Lower-case canonical UUID; jobs use version 7, so ids sort by creation time. */
export const uuidSchema = z
  .string()
  .regex(
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    'must be a lower-case UUID',
  );

/** SHA-256 as 64 lower-case hexadecimal digits. */
export const digestSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hexadecimal');

/** Key of a game project, chosen by the client (its folder's path or identity). */
export const projectKeySchema = z.string().min(1).max(500);
