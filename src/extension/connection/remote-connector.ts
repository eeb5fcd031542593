import { connectAny } from '../../client/connect-any.ts';
import { endpointsOf, parseConnectionString } from '../../client/connection-string.ts';
import type { Connected, Connector, ConnectRequest } from './connector.ts';
import type { WorkerTarget } from './state.ts';

const ANSWER_MS = 8_000;

export interface RemoteOptions {
  /** What `dgx-pixels pair` printed. */
  connection: string;
  version: string;
  log: (message: string, error?: unknown) => void;
}

/** The way to a paired worker on another machine. */
export class RemoteConnector implements Connector {
  readonly target: WorkerTarget;
  readonly id: string;
  readonly #options: RemoteOptions;

  /** @throws PixelsError `invalid-params` for a torn connection string */
  constructor(options: RemoteOptions) {
    const { hosts } = parseConnectionString(options.connection);
    this.target = { kind: 'remote', host: hosts[0] ?? '' };
    this.id = `remote ${options.connection}`;
    this.#options = options;
  }

  async connect({ signal }: ConnectRequest): Promise<Connected> {
    const { connection, version, log } = this.#options;
    const client = await connectAny(endpointsOf(connection), {
      client: { name: 'vscode', version },
      connectTimeoutMs: ANSWER_MS,
      log,
    });
    if (signal.aborted) {
      await client.close();
      throw signal.reason;
    }
    return { client, transport: 'curve', fate: async () => null };
  }

  appeared(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}
