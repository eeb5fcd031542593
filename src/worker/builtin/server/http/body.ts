import type { IncomingMessage } from 'node:http';
import { MAX_BODY } from '../features.ts';

/** A body that is larger than allowed. */
export class BodyTooLarge extends Error {
  readonly code = 'body_too_large';

  constructor(size: number) {
    super(`Maximum request body size ${MAX_BODY} exceeded, actual body size ${size}`);
    this.name = 'BodyTooLarge';
  }
}

/** A body that is not JSON. */
export class BodyNotJson extends Error {
  readonly code = 'body_not_json';

  constructor() {
    super('The request body is not JSON.');
    this.name = 'BodyNotJson';
  }
}

/**
 * Reads a whole body.
 * @throws BodyTooLarge
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > MAX_BODY) throw new BodyTooLarge(announced);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > MAX_BODY) throw new BodyTooLarge(size);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Parses a body as JSON.
 * @throws BodyNotJson
 */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(UTF8.decode(body)) as unknown;
  } catch {
    throw new BodyNotJson();
  }
}
