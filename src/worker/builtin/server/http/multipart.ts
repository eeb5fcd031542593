/** One field of a form. A file has a name; both have raw bytes. */
export interface FormPart {
  name: string;
  fileName: string | undefined;
  body: Buffer;
}

const CRLF = Buffer.from('\r\n');
const BLANK_LINE = Buffer.from('\r\n\r\n');

/**
 * Parses `multipart/form-data`. File names are taken as raw UTF-8, percent signs and all, as the
 * studied server does; `filename*` is decoded.
 * @returns undefined if it is no such body
 */
export function parseMultipart(
  contentType: string | undefined,
  body: Buffer,
): FormPart[] | undefined {
  const match = /^multipart\/form-data\s*;.*?boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(
    contentType ?? '',
  );
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) return undefined;
  const first = Buffer.from(`--${boundary}`);
  const between = Buffer.concat([CRLF, first]);
  let at = body.indexOf(first);
  if (at < 0) return undefined;
  at += first.byteLength;
  const parts: FormPart[] = [];
  while (body.subarray(at, at + 2).equals(CRLF)) {
    const end = delimiterAfter(body, between, at);
    if (end < 0) return undefined;
    const part = readPart(body.subarray(at + 2, end));
    if (part !== undefined) parts.push(part);
    at = end + between.byteLength;
  }
  return parts;
}

/** The next delimiter; bytes that only begin like one belong to the part. */
function delimiterAfter(body: Buffer, between: Buffer, from: number): number {
  let at = body.indexOf(between, from);
  while (at >= 0) {
    const after = body.toString('latin1', at + between.byteLength, at + between.byteLength + 2);
    if (after === '\r\n' || after === '--') return at;
    at = body.indexOf(between, at + 1);
  }
  return at;
}

function readPart(bytes: Buffer): FormPart | undefined {
  const split = bytes.indexOf(BLANK_LINE);
  if (split < 0) return undefined;
  const disposition = /^content-disposition:\s*form-data(.*)$/im.exec(
    bytes.toString('utf8', 0, split),
  )?.[1];
  const name = parameter(disposition, 'name');
  if (disposition === undefined || name === undefined) return undefined;
  const fileName = extended(disposition) ?? parameter(disposition, 'filename');
  return { name, fileName, body: bytes.subarray(split + BLANK_LINE.byteLength) };
}

function parameter(disposition: string | undefined, name: string): string | undefined {
  const pattern = new RegExp(`;\\s*${name}=(?:"((?:\\\\.|[^"\\\\])*)"|([^\\s;]+))`, 'i');
  const match = pattern.exec(disposition ?? '');
  return match?.[1]?.replace(/\\(.)/g, '$1') ?? match?.[2];
}

function extended(disposition: string): string | undefined {
  const encoded = /;\s*filename\*=utf-8''([^\s;]+)/i.exec(disposition)?.[1];
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
