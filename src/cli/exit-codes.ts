import { type ErrorCode, PixelsError } from '../protocol/errors.ts';
import type { JobState } from '../protocol/jobs.ts';

/** What the command line's exit codes mean; `--help` and docs/cli.md say the same. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  unreachable: 3,
  cancelled: 130,
} as const;

export const EXIT_CODES_HELP = `Exit codes:
  0    everything was done
  1    something failed, was lost, or was done in part
  2    wrong usage or invalid input
  3    no worker or engine can be reached
  130  cancelled`;

const BY_CODE: Partial<Record<ErrorCode, number>> = {
  'protocol-mismatch': EXIT.unreachable,
  'engine-unavailable': EXIT.unreachable,
  timeout: EXIT.unreachable,
  disconnected: EXIT.unreachable,
  'key-rejected': EXIT.unreachable,
  'shutting-down': EXIT.unreachable,
  'invalid-params': EXIT.usage,
  'too-large': EXIT.usage,
  'unknown-model': EXIT.usage,
  'unknown-workflow': EXIT.usage,
  'invalid-workflow': EXIT.usage,
  'missing-role': EXIT.usage,
  'invalid-image': EXIT.usage,
  'unsupported-image': EXIT.usage,
  'not-found': EXIT.usage,
  cancelled: EXIT.cancelled,
};

/** Exit code for what a command threw. */
export function exitCodeOfError(error: unknown): number {
  return PixelsError.is(error) ? (BY_CODE[error.code] ?? EXIT.failed) : EXIT.failed;
}

/** Exit code for how a job ended. */
export function exitCodeOfJob(state: JobState): number {
  if (state === 'done') return EXIT.done;
  return state === 'cancelled' ? EXIT.cancelled : EXIT.failed;
}
