import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { once } from 'node:events';

const TLS = join(import.meta.dirname, '..', 'fixtures', 'tls');

/** Certificate that clients of the proxy have to trust. */
export const CERTIFICATE = join(TLS, 'cert.pem');

/** What a rented ComfyUI looks like: TLS, a path prefix, and a token without which nothing gets through. */
export async function startTlsProxy(
  port: number,
  prefix: string,
  token: string,
): Promise<{ url: string; close: () => void }> {
  const target = `127.0.0.1:${port}`;
  const allowed = (headers: Record<string, unknown>, url: string): boolean =>
    headers['authorization'] === `Bearer ${token}` && url.startsWith(`${prefix}/`);
  const server = createServer(
    { key: readFileSync(join(TLS, 'key.pem')), cert: readFileSync(CERTIFICATE) },
    (incoming, outgoing) => {
      const url = incoming.url ?? '';
      if (!allowed(incoming.headers, url)) {
        outgoing.writeHead(401).end('no');
        return;
      }
      const forward = request(
        {
          host: '127.0.0.1',
          port,
          path: url.slice(prefix.length),
          method: incoming.method,
          headers: { ...incoming.headers, host: target },
        },
        answer => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(outgoing);
        },
      );
      forward.on('error', () => outgoing.destroy());
      incoming.pipe(forward);
    },
  );
  server.on('upgrade', (incoming, socket, head) => {
    const url = incoming.url ?? '';
    if (!allowed(incoming.headers, url)) {
      socket.destroy();
      return;
    }
    const behind = connect(port, '127.0.0.1', () => {
      const headers = Object.entries({ ...incoming.headers, host: target })
        .map(([name, value]) => `${name}: ${String(value)}`)
        .join('\r\n');
      behind.write(`GET ${url.slice(prefix.length)} HTTP/1.1\r\n${headers}\r\n\r\n`);
      behind.write(head);
      socket.pipe(behind).pipe(socket);
    });
    behind.on('error', () => socket.destroy());
    socket.on('error', () => behind.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `https://localhost:${address.port}${prefix}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
