import type { IncomingMessage, ServerResponse } from 'node:http';
import { ValidationFault } from '../failures.ts';
import { PngError } from '../images/png-read.ts';
import { type Answer, empty, serverError, text } from './answer.ts';
import { BodyNotJson, BodyTooLarge, readBody } from './body.ts';
import { isOwnRequest } from './guard.ts';
import type { Router } from './router.ts';

/** Answers one HTTP request; never throws. */
export async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  router: Router,
  port: number,
): Promise<void> {
  try {
    const answer = await answerTo(request, router, port);
    if (!response.destroyed) send(request, response, answer);
  } catch (error) {
    report(error);
    response.destroy();
  }
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  response.writeHead(answer.status, {
    ...answer.headers,
    'Content-Length': body.byteLength,
    // The rest of a refused body is not worth reading.
    ...(request.complete ? {} : { Connection: 'close' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function answerTo(request: IncomingMessage, router: Router, port: number): Promise<Answer> {
  if (!isOwnRequest(request.headers, port)) return empty(403);
  const method = request.method ?? 'GET';
  if (method === 'OPTIONS') return empty();
  const [path, query = ''] = splitOnce(request.url ?? '/', '?');
  const found = router.find(method, path);
  if ('status' in found) return found;
  try {
    const body = method === 'POST' ? await readBody(request) : Buffer.alloc(0);
    return await found.handler({
      params: found.params,
      query: new URLSearchParams(query),
      headers: request.headers,
      body,
    });
  } catch (error) {
    return answerToFault(request, error);
  }
}

function answerToFault(request: IncomingMessage, error: unknown): Answer {
  if (error instanceof BodyTooLarge) return text(error.message, 413);
  const expected =
    error instanceof BodyNotJson || error instanceof ValidationFault || error instanceof PngError;
  // A client that goes away while it sends is no fault either.
  if (!expected && !request.destroyed) report(error);
  return serverError();
}

/** Nobody else would ever hear of a fault of our own. */
function report(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}

function splitOnce(value: string, separator: string): [string, string?] {
  const at = value.indexOf(separator);
  return at < 0 ? [value] : [value.slice(0, at), value.slice(at + 1)];
}
