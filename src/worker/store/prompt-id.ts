import { createHash } from 'node:crypto';

/**
 * The engine's id of one attempt of a run: a UUID (version 8, RFC 9562) derived from job, place and attempt, so that it is known
 * before anything is sent and the same after a crash.
 */
export function promptIdOf(job: string, index: number, attempt: number): string {
  const hex = createHash('sha256').update(`${job}:${index}:${attempt}`).digest('hex');
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) & 3] ?? '8';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
