import { PixelsError } from '../../protocol/errors.ts';
import { ComfyStatusError, strangeAnswer } from './answers.ts';
import type { ComfyHttp } from './http.ts';
import { jsonOf } from './requests.ts';
import { list, record, text } from './values.ts';

/** State of a prompt as `GET /api/jobs/{id}` tells it; `unknown` = the server has never heard of it or has forgotten it. */
export type PromptState =
  'pending' | 'in_progress' | 'completed' | 'failed' | 'cancelled' | 'unknown';

/**
 * What `/api/jobs/{id}` says.
 * @throws PixelsError `engine-unavailable` when something else than the server answers
 */
export async function jobState(http: ComfyHttp, promptId: string): Promise<PromptState> {
  try {
    const status = text(record(await http.json('GET', `/api/jobs/${promptId}`))['status']);
    switch (status) {
      case 'pending':
      case 'in_progress':
      case 'completed':
      case 'failed':
      case 'cancelled':
        return status;
    }
  } catch (error) {
    if (!(error instanceof ComfyStatusError)) throw error;
    // A tunnel or proxy without its server answers 404 as well, with a page: that says nothing of the job.
    if (error.status === 404 && error.isJson) return 'unknown';
    throw strangeAnswer(error, http.base);
  }
  throw new PixelsError(
    'engine-unavailable',
    `ComfyUI at ${http.base} tells no state of a job; another server may answer there.`,
    { url: http.base },
  );
}

/**
 * Where a prompt is in the queue; null when it is not.
 * @throws PixelsError `engine-unavailable`
 */
export async function queuedState(
  http: ComfyHttp,
  promptId: string,
): Promise<'pending' | 'in_progress' | null> {
  const queue = record(await jsonOf(http, 'GET', '/queue'));
  const has = (items: unknown): boolean => list(items).some(item => list(item)[1] === promptId);
  if (has(queue['queue_running'])) return 'in_progress';
  return has(queue['queue_pending']) ? 'pending' : null;
}
