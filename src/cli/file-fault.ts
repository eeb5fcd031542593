import { type ErrorCode, PixelsError } from '../protocol/errors.ts';

/** What the system's codes mean to whoever named the file, and which of our codes a program is told. */
const REASONS: Readonly<Record<string, readonly [reason: string, code: ErrorCode]>> = {
  ENOENT: ['there is no such file or folder', 'not-found'],
  ENOTDIR: ['a part of that path is a file, not a folder', 'conflict'],
  EISDIR: ['a folder has that name', 'conflict'],
  EEXIST: ['something of that name is there', 'conflict'],
  EACCES: ['permission is denied', 'not-allowed'],
  EPERM: ['permission is denied', 'not-allowed'],
  EROFS: ['the file system is read-only', 'not-allowed'],
  ENOSPC: ['no space is left on the device', 'disk-full'],
  EDQUOT: ['the disk quota is used up', 'disk-full'],
};

/** What was tried, by the system's call; calls that are not here (`spawn`, `connect`) are about no file. */
const DEEDS: Readonly<Record<string, string>> = {
  mkdir: 'make the folder',
  open: 'open',
  read: 'read',
  scandir: 'read the folder',
  stat: 'find',
  lstat: 'find',
  write: 'write',
  rename: 'write',
  copyfile: 'write',
};

/** Files are written under a name of their own first, which nobody asked for. */
const DRAFT = /\.[0-9a-f]{8}\.part$/;

function reasonOf(error: NodeJS.ErrnoException): readonly [reason: string, code: ErrorCode] {
  return REASONS[error.code ?? ''] ?? [error.message, 'internal'];
}

/** An error of the file system as one of ours, with a sentence; any other error as it is. */
export function asFileFault(error: unknown): unknown {
  if (!(error instanceof Error) || PixelsError.is(error)) return error;
  const { code = '', path = '', syscall = '' }: NodeJS.ErrnoException = error;
  const deed = DRAFT.test(path) ? 'write' : DEEDS[syscall];
  if (deed === undefined || REASONS[code] === undefined) return error;
  const [why, ours] = reasonOf(error);
  // A full disk is told by the file's number alone.
  const place = path === '' ? 'the file' : path.replace(DRAFT, '');
  return new PixelsError(ours, `Cannot ${deed} ${place}: ${why}.`, undefined, { cause: error });
}

/** The sentence on a standard output that takes nothing more. */
export function outputFault(error: NodeJS.ErrnoException): string {
  return `error: Cannot write the output: ${reasonOf(error)[0]}.`;
}
