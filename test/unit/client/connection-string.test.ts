import { describe, expect, it } from 'vitest';
import {
  type ConnectionInfo,
  endpointsOf,
  parseConnectionString,
} from '../../../src/client/connection-string.ts';
import { formatConnectionString } from '../../../src/worker/access/connection-string.ts';
import { makeKeyPair } from '../../../src/worker/access/key-pair.ts';

const server = makeKeyPair();
const client = makeKeyPair();
const info: ConnectionInfo = {
  name: 'laptop',
  hosts: ['spark.local', '192.168.1.20', 'fd00::7'],
  requestPort: 5555,
  eventPort: 5556,
  server: server.publicKey,
  publicKey: client.publicKey,
  secretKey: client.secretKey,
};
const text = formatConnectionString(info);

describe('a connection string', () => {
  it('brings back what went in', () => {
    expect(text).toMatch(/^dgxp1:[A-Za-z0-9_-]+$/);
    expect(parseConnectionString(text)).toEqual(info);
  });

  it('survives white space and line breaks', () => {
    expect(parseConnectionString(`  ${text.slice(0, 70)}\r\n  ${text.slice(70)}\n`)).toEqual(info);
  });

  it('is refused when any part of its end is missing', () => {
    for (let end = 0; end < text.length; end++) {
      expect(() => parseConnectionString(text.slice(0, end)), String(end)).toThrow(
        /connection string (is|does|cannot)/,
      );
    }
  });

  it('is refused when any of its characters is another', () => {
    for (let place = 6; place < text.length - 1; place++) {
      const changed = text[place] === 'A' ? 'B' : 'A';
      expect(() =>
        parseConnectionString(text.slice(0, place) + changed + text.slice(place + 1)),
      ).toThrow('torn or mistyped');
    }
  });

  it.each([
    ['', 'is empty'],
    ['tcp://192.168.1.20:5555', 'does not begin with "dgxp1:"'],
    ['dgxp2:AAAA', 'version "dgxp2:"'],
    ['dgxp1:@@', 'characters that do not belong there'],
  ])('that is %j is refused with a reason', (wrong, reason) => {
    expect(() => parseConnectionString(wrong)).toThrow(reason);
  });

  it('stands for one endpoint per host, IPv6 in brackets', () => {
    expect(endpointsOf(text).map(({ requests, events }) => [requests, events])).toEqual([
      ['tcp://spark.local:5555', 'tcp://spark.local:5556'],
      ['tcp://192.168.1.20:5555', 'tcp://192.168.1.20:5556'],
      ['tcp://[fd00::7]:5555', 'tcp://[fd00::7]:5556'],
    ]);
    expect(endpointsOf(info)[0]?.curve).toEqual({
      server: server.publicKey,
      publicKey: client.publicKey,
      secretKey: client.secretKey,
    });
  });
});
