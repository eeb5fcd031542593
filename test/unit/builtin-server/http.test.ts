import { describe, expect, it } from 'vitest';
import { json } from '../../../src/worker/builtin/server/http/answer.ts';
import { isOwnRequest } from '../../../src/worker/builtin/server/http/guard.ts';
import { parseMultipart } from '../../../src/worker/builtin/server/http/multipart.ts';
import { Router } from '../../../src/worker/builtin/server/http/router.ts';

describe('who may come in', () => {
  it.each(['127.0.0.1:8188', 'localhost:8188', 'LOCALHOST:8188', '[::1]:8188'])(
    'lets a client in that calls the server %s',
    host => {
      expect(isOwnRequest({ host }, 8188)).toBe(true);
      expect(isOwnRequest({ host, origin: `http://${host.toLowerCase()}` }, 8188)).toBe(true);
    },
  );

  it.each([
    { host: 'evil.example:8188' },
    { host: 'localhost' },
    { host: '127.0.0.1:80' },
    { host: 'localhost.evil.example:8188' },
    {},
    { host: 'localhost:8188', origin: 'http://evil.example' },
    { host: 'localhost:8188', origin: 'http://127.0.0.1:8188' },
    { host: 'localhost:8188', origin: 'https://localhost:8188' },
    { host: 'localhost:8188', origin: 'null' },
    { host: 'localhost:8188', 'sec-fetch-site': 'cross-site' },
  ])('keeps %j out', headers => {
    expect(isOwnRequest(headers, 8188)).toBe(false);
  });
});

describe('a form body', () => {
  const lines = (...text: string[]) => Buffer.from(text.join('\r\n'));

  it('gives fields and files with their raw bytes and names', () => {
    const parts = parseMultipart(
      'multipart/form-data; boundary=X',
      lines(
        'preamble',
        '--X',
        'Content-Disposition: form-data; name="subfolder"',
        '',
        'a b',
        '--X',
        'Content-Disposition: form-data; name="image"; filename="ナイト é.png"',
        'Content-Type: image/png',
        '',
        'one\r\n--Xish\r\ntwo',
        '--X--',
        '',
      ),
    );
    expect(parts?.map(part => [part.name, part.fileName, part.body.toString()])).toEqual([
      ['subfolder', undefined, 'a b'],
      ['image', 'ナイト é.png', 'one\r\n--Xish\r\ntwo'],
    ]);
  });

  it('keeps percent signs of a name and undoes backslashes', () => {
    const named = (name: string) =>
      parseMultipart(
        'multipart/form-data; boundary="X y"',
        lines('--X y', `Content-Disposition: form-data; name=image; ${name}`, '', '', '--X y--'),
      )?.[0]?.fileName;
    expect(named('filename="%E3%83%8A.png"')).toBe('%E3%83%8A.png');
    expect(named('filename="a\\"b.png"')).toBe('a"b.png');
    expect(named("filename*=UTF-8''%E3%83%8A.png")).toBe('ナ.png');
  });

  it.each([
    ['text/plain', '--X\r\n\r\n--X--'],
    [undefined, ''],
    ['multipart/form-data', '--X--'],
    ['multipart/form-data; boundary=X', 'nothing'],
    [
      'multipart/form-data; boundary=X',
      '--X\r\nContent-Disposition: form-data; name="a"\r\n\r\nopen',
    ],
  ])('is refused when it is none: %s %j', (type, body) => {
    expect(parseMultipart(type, Buffer.from(body))).toBeUndefined();
  });
});

describe('the router', () => {
  const router = new Router([
    ['GET', '/history/:id', ({ params }) => json(params)],
    ['POST', '/history', () => json({})],
    ['GET', '/api/jobs', () => json({})],
  ]);

  it('answers bare and below /api, and decodes parameters', () => {
    for (const path of ['/history/a%20b', '/api/history/a%20b']) {
      expect(router.find('GET', path)).toMatchObject({ params: { id: 'a b' } });
    }
    expect(router.find('HEAD', '/history/x')).toHaveProperty('handler');
    expect(router.find('GET', '/api/jobs')).toHaveProperty('handler');
  });

  it('answers 404 and 405 as aiohttp', () => {
    expect(router.find('GET', '/nope')).toMatchObject({ status: 404, body: '404: Not Found' });
    expect(router.find('GET', '/jobs')).toMatchObject({ status: 404 });
    expect(router.find('GET', '/history/%E0%A4%A')).toMatchObject({ status: 404 });
    expect(router.find('GET', '/history')).toMatchObject({
      status: 405,
      headers: { Allow: 'POST' },
    });
  });
});
