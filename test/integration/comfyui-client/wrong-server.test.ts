import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ComfyApi } from '../../../src/worker/comfyui/api.ts';
import { ComfyHttp } from '../../../src/worker/comfyui/http.ts';
import { freePort } from '../../helpers/processes.ts';
import { engineIn } from '../builtin-engine-client.ts';
import { Linked } from './link.ts';
import { Meddler, textOf } from './meddler.ts';

async function problemOf(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    await using linked = new Linked(`http://127.0.0.1:${port}`);
    return await linked.problem();
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const saying = (status: number, body: string, headers = {}): RequestListener => {
  return (_, answer) => {
    answer.writeHead(status, headers).end(body);
  };
};

describe('what answers in place of a ComfyUI', () => {
  it.each([
    ['a page', saying(200, '<html>a router</html>'), /not a ComfyUI: \/system_stats gave no JSON/],
    ['JSON of another kind', saying(200, '{"version":"16.1"}'), /not a ComfyUI.*names no version/],
    ['a list', saying(200, '[1,2]'), /not a ComfyUI/],
    ['nothing', saying(200, ''), /not a ComfyUI/],
    ['401', saying(401, ''), /credentials \(status 401\); set the server's "headers"/],
    ['403', saying(403, '<html>'), /credentials \(status 403\)/],
    ['404', saying(404, '<html>'), /has no \/system_stats \(status 404\)/],
    [
      'a redirect',
      saying(302, '', { location: 'https://login.example/' }),
      /redirects \/system_stats to https:\/\/login\.example\/; use the address/,
    ],
    ['a gateway without its server', saying(502, '<html>'), /cannot reach it \(status 502\)/],
    ['a crash', saying(500, 'Internal Server Error'), /failed to answer .*status 500/],
  ])('%s is told in one sentence', async (_, answer, message) => {
    const problem = await problemOf(answer);
    expect(problem).toMatch(message);
    expect(problem).toMatch(/^unreachable: /);
    expect(problem.length).toBeLessThan(300);
  });

  it('without an end is not read to its end', async () => {
    let sent = 0;
    const problem = await problemOf((_, answer) => {
      const more = (): void => {
        while (!answer.destroyed && answer.write(Buffer.alloc(65_536, 32))) sent += 65_536;
      };
      answer.on('drain', more);
      answer.on('error', () => undefined);
      more();
    });
    expect(problem).toMatch(/gave more than 1 MB/);
    expect(sent).toBeLessThan(64 * 2 ** 20);
  });

  it('that speaks no HTTP, and nothing at all, are told apart', async () => {
    const server = createTcpServer(socket => {
      socket.on('error', () => undefined);
      socket.end('SSH-2.0-OpenSSH_9.6\r\n');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      await using ssh = new Linked(`http://127.0.0.1:${port}`);
      expect(await ssh.problem()).toMatch(/does not speak HTTP; check the port/);
      await using tls = new Linked(`https://127.0.0.1:${port}`);
      expect(await tls.problem()).toMatch(/does not speak TLS/);
    } finally {
      server.close();
    }
    await using nobody = new Linked(`http://127.0.0.1:${await freePort()}`);
    expect(await nobody.problem()).toMatch(/ECONNREFUSED.*Is it running/);
  });

  it('lets requests through but no WebSocket: the message names the proxy', async () => {
    const engine = await engineIn();
    const server = createServer((incoming, outgoing) => {
      void fetch(`${engine.engine.url}${incoming.url ?? ''}`).then(async answer => {
        outgoing.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      await using linked = new Linked(`http://127.0.0.1:${port}`);
      expect(await linked.problem()).toMatch(/event socket .*refused.*must pass WebSockets on/);
    } finally {
      server.closeAllConnections();
      server.close();
      await engine.stop();
    }
  });

  it('gets the credentials of an address as a header, and no message shows them', async () => {
    const seen: string[] = [];
    const server = createServer((incoming, outgoing) => {
      seen.push(`${incoming.url ?? ''} ${incoming.headers.authorization ?? ''}`);
      outgoing.writeHead(401).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      await using linked = new Linked(`http://ann:p%40ss@127.0.0.1:${port}/comfy/`);
      const problem = await linked.problem();
      expect(seen[0]).toBe(
        `/comfy/system_stats Basic ${Buffer.from('ann:p@ss').toString('base64')}`,
      );
      expect(`${problem} ${linked.link.url}`).not.toMatch(/p%40ss|p@ss|ann/);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe('a page in place of an answer', () => {
  it('tells nothing of a job or a file', async () => {
    const engine = await engineIn();
    await using meddler = await Meddler.before(engine.engine.url);
    meddler.rules.push(async ({ path }) =>
      path.startsWith('/queue') ? null : { status: 404, body: '<html>tunnel not found</html>' },
    );
    const http = new ComfyHttp({ url: meddler.url, headers: {}, tls: {} });
    const api = new ComfyApi(http);
    const id = '00000000-0000-4000-8000-000000000000';
    for (const asked of [
      () => api.promptState(id),
      () => api.history(id),
      () => api.cancel(id),
      () => api.view({ filename: 'a.png', subfolder: '', type: 'output' }),
    ]) {
      await expect(asked()).rejects.toMatchObject({ code: 'engine-unavailable' });
    }
    meddler.rules.length = 0;
    expect(await api.promptState(id)).toBe('unknown');
    expect(await api.history(id)).toBeNull();
    expect(await api.cancel(id)).toBe(false);
    expect(await api.view({ filename: 'a.png', subfolder: '', type: 'output' })).toBeNull();
    await http.close();
    await engine.stop();
  });
});

describe('a ComfyUI with node packs of every kind', () => {
  it('is read although its node classes have limits that are no JSON', async () => {
    const engine = await engineIn();
    await using meddler = await Meddler.before(engine.engine.url);
    meddler.rules.push(async call => {
      if (call.path !== '/object_info') return null;
      const text = textOf(await call.pass());
      const odd =
        '"Odd":{"input":{"required":{"x":["FLOAT",{"min":-Infinity,"max":Infinity,"default":NaN,"tooltip":"up to Infinity, \\"NaN\\" never"}]}}},';
      return { status: 200, body: text.replace('{', `{${odd}`) };
    });
    await using linked = new Linked(meddler.url);
    const link = await linked.ready();
    expect(link.inventory?.classes).toContain('Odd');
    expect((await link.api.objectInfo())['Odd']).toEqual({
      input: {
        required: {
          x: [
            'FLOAT',
            { min: null, max: null, default: null, tooltip: 'up to Infinity, "NaN" never' },
          ],
        },
      },
    });
    await engine.stop();
  });
});
