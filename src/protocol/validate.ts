import type * as z from 'zod';
import { PixelsError } from './errors.ts';

interface Issue {
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

/** The first complaints of a schema as one sentence: `size: must be …; steps: must be …`. */
export function describeIssues(error: z.ZodError): { sentence: string; issues: Issue[] } {
  const issues = error.issues.slice(0, 20).map(issue => ({
    path: pathText(issue.path),
    message: issue.message,
  }));
  const sentence = issues
    .slice(0, 4)
    .map(issue => (issue.path === '' ? issue.message : `${issue.path}: ${issue.message}`))
    .join('; ');
  return { sentence, issues };
}

/**
 * Parses a value from outside.
 * @param what names the value in the message, e.g. `parameters of jobs.submit`
 * @throws PixelsError `invalid-params` with `data.issues` = [{path, message}]
 */
export function parseOrThrow<S extends z.ZodType>(
  schema: S,
  value: unknown,
  what: string,
): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { sentence, issues } = describeIssues(parsed.error);
  throw new PixelsError('invalid-params', `The ${what} are not valid: ${sentence}.`, { issues });
}
