import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type * as z from 'zod';
import { PixelsError } from '../protocol/errors.ts';
import type { ConnectionChoice, Environment } from './context.ts';

const NUMBERS: ReadonlySet<string> = new Set(['int', 'number']);

function reasonOf(error: z.ZodError): string {
  const reasons = new Set(
    error.issues.map(issue => {
      if (issue.code === 'too_small' && NUMBERS.has(issue.origin))
        return `must be at least ${issue.minimum}`;
      if (issue.code === 'too_big' && NUMBERS.has(issue.origin))
        return `must be at most ${issue.maximum}`;
      if (issue.code === 'invalid_type' && issue.expected === 'int')
        return 'must be a whole number';
      return issue.message;
    }),
  );
  const sentence = [...reasons].join('; ');
  return `${sentence.startsWith('must') ? `It ${sentence}` : sentence}.`;
}

/** A parser of an option's text that holds it against a schema of the protocol. */
export function parsedBy<S extends z.ZodType>(schema: S): (text: string) => z.output<S> {
  return text => {
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(reasonOf(parsed.error));
  };
}

/** A parser of a number that holds it against a schema of the protocol. */
export function numberBy(schema: z.ZodType<number>): (text: string) => number {
  return text => {
    const value = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text.trim()) ? Number(text) : Number.NaN;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(
      Number.isNaN(value) ? 'It must be a number.' : reasonOf(parsed.error),
    );
  };
}

/** Turns an error of ours into one about the option it came from. */
export function asArgumentError<T>(parse: (text: string) => T): (text: string) => T {
  return text => {
    try {
      return parse(text);
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
    }
  };
}

/** Collects the values of an option that may be given several times. */
export function collect<T>(parse: (text: string) => T): (text: string, before?: T[]) => T[] {
  return (text, before = []) => [...before, parse(text)];
}

const SIZE_UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };

/** Bytes as a person writes them: `500MB`, `2g`, `0`. */
export function parseBytes(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?)b?$/i.exec(text.trim());
  if (match === null) throw new InvalidArgumentError('Write a size such as 500MB or 2GB.');
  return Math.round(Number(match[1]) * (SIZE_UNITS[(match[2] ?? '').toLowerCase()] ?? 1));
}

/** Options of every command that talks to a worker. */
export interface ConnectionOptions {
  connect?: string;
  start?: boolean;
}

/** Adds `--connect` and, where a local worker may be started, `--no-start`. */
export function addConnectionOptions(command: Command, starts: 'starts' | 'never-starts'): Command {
  command.addOption(
    new Option(
      '--connect <string>',
      'connection string of a paired worker (default: DGX_PIXELS_CONNECT, else the local worker)',
    ),
  );
  if (starts === 'starts') {
    command.addOption(new Option('--no-start', 'do not start a local worker where none runs'));
  }
  return command;
}

/** The worker that options and environment choose. */
export function connectionChoice(
  options: ConnectionOptions,
  environment: Environment,
): ConnectionChoice {
  const connect = options.connect ?? environment['DGX_PIXELS_CONNECT'];
  return {
    connect: connect === undefined || connect === '' ? null : connect,
    start: options.start ?? false,
  };
}

/**
 * Reads a file that a person named.
 * @throws PixelsError `not-found` with a sentence
 */
export async function readNamedFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace(/^\w+: |, \w+ '.*'$/g, '') : String(error);
    throw new PixelsError('not-found', `Cannot read ${path}: ${reason}.`, undefined, {
      cause: error,
    });
  }
}
