import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request may come in: its `Host` must be this loopback port under one of its own names
 * (else a web page could reach it by a name it controls), and a browser's `Origin`, if there is
 * one, must be the same.
 * @param port - the port that this server listens on
 */
export function isOwnRequest(headers: IncomingHttpHeaders, port: number): boolean {
  const own = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);
  const host = headers.host?.toLowerCase();
  if (host === undefined || !own.has(host)) return false;
  if (headers['sec-fetch-site'] === 'cross-site') return false;
  const { origin } = headers;
  return origin === undefined || origin.toLowerCase() === `http://${host}`;
}
