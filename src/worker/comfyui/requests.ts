import { ComfyStatusError, strangeAnswer } from './answers.ts';
import type { ComfyAnswer, ComfyHttp } from './http.ts';

/**
 * A request whose statuses mean nothing but trouble.
 * @throws PixelsError `engine-unavailable`
 */
export async function jsonOf(
  http: ComfyHttp,
  ...request: Parameters<ComfyHttp['json']>
): Promise<unknown> {
  try {
    return await http.json(...request);
  } catch (error) {
    throw error instanceof ComfyStatusError ? strangeAnswer(error, http.base) : error;
  }
}

/** What an answer means whose status says that it is not the server's own. */
export function strangeStatus(http: ComfyHttp, answer: ComfyAnswer, path: string): Error {
  const page = answer.bytes.toString('utf8', 0, 300);
  return strangeAnswer(new ComfyStatusError(answer.status, page, path, answer.location), http.base);
}

/**
 * A POST whose answer has no body.
 * @throws PixelsError `engine-unavailable`
 */
export async function postTo(http: ComfyHttp, path: string, body: unknown): Promise<void> {
  const answer = await http.send('POST', path, {
    body: JSON.stringify(body),
    contentType: 'application/json',
  });
  if (answer.status >= 300) throw strangeStatus(http, answer, path);
}

/**
 * Answer of a route that an older server lacks; null then.
 * @throws PixelsError `engine-unavailable`
 */
export async function optionalJson(http: ComfyHttp, path: string): Promise<unknown> {
  try {
    return (await http.json('GET', path)) ?? {};
  } catch (error) {
    if (!(error instanceof ComfyStatusError)) throw error;
    if (error.status === 404 || error.status === 405) return null;
    throw strangeAnswer(error, http.base);
  }
}
