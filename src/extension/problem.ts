import type { Advice } from './connection/state.ts';

/** Something a person has to know, with what mends it. */
export class Problem extends Error {
  readonly code: string;
  readonly advice: readonly Advice[];

  /** @param message one sentence */
  constructor(
    code: string,
    message: string,
    advice: readonly Advice[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'Problem';
    this.code = code;
    this.advice = advice;
  }
}

/** The code of an error, whatever bundle its class is from. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'internal';
}
