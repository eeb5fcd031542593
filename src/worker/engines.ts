import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { spawnBuiltinEngineThread } from './builtin/engine-spawn.ts';
import type { ComfyAddress } from './comfyui/address.ts';
import type { Config } from './config.ts';

export interface EngineAddress {
  name: string;
  address: ComfyAddress;
}

export interface Engines {
  addresses: EngineAddress[];
  close(): Promise<void>;
}

/** Name under which the journal knows the built-in engine. */
export const BUILTIN_SERVER = 'builtin';

/** Leaves out options that nobody set. */
function withoutAbsent(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** The configured ComfyUI servers, or, when there are none, a built-in engine in a thread of its own. */
export async function openEngines(
  config: Config,
  data: string,
  engineThread: string,
): Promise<Engines> {
  if (config.servers.length > 0) {
    return {
      addresses: config.servers.map(server => ({
        name: server.name ?? server.url,
        address: { url: server.url, headers: server.headers, tls: server.tls },
      })),
      close: async () => undefined,
    };
  }
  const folder = join(data, 'builtin');
  for (const part of ['output', 'input', 'temp']) {
    mkdirSync(join(folder, part), { recursive: true });
  }
  const engine = await spawnBuiltinEngineThread(engineThread, {
    outputDirectory: join(folder, 'output'),
    inputDirectory: join(folder, 'input'),
    tempDirectory: join(folder, 'temp'),
    ...withoutAbsent(config.builtin),
  });
  return {
    addresses: [{ name: BUILTIN_SERVER, address: { url: engine.url, headers: {}, tls: {} } }],
    close: async () => engine.close(),
  };
}
