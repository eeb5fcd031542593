/** What a route answers; the server turns it into HTTP. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array | string;
}

/** JSON, as `web.json_response`. */
export function json(value: unknown, status = 200): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
  };
}

/** A status without a body, as `web.Response(status=…)`. */
export function empty(status = 200): Answer {
  return { status, headers: { 'Content-Type': 'application/octet-stream' }, body: '' };
}

/** Plain text. */
export function text(body: string, status: number): Answer {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body };
}

/** aiohttp's own answers to what no route takes. */
export const notFound = (): Answer => text('404: Not Found', 404);

/** @param allow - methods that the path does take */
export function methodNotAllowed(allow: readonly string[]): Answer {
  const answer = text('405: Method Not Allowed', 405);
  return { ...answer, headers: { ...answer.headers, Allow: allow.join(',') } };
}

/** aiohttp's answer when a handler raises. */
export function serverError(): Answer {
  return text('500 Internal Server Error\n\nServer got itself in trouble', 500);
}
