import { join } from 'node:path';
import type { ClientLoader, ClientPart } from '../client-loader.ts';
import { COMMANDS, SETTINGS } from '../ids.ts';
import { t } from '../l10n.ts';
import type { Log } from '../log.ts';
import { setting } from '../settings/settings.ts';
import type { ConnectionStore } from './connection-store.ts';
import type { Connector } from './connector.ts';
import { workerEnvironment } from './local-environment.ts';
import { LinkError } from './state.ts';

export interface ChoiceParts {
  loader: ClientLoader;
  store: ConnectionStore;
  log: Log;
  /** Folder of the extension. */
  folder: string;
  version: string;
}

/** What the data folder's setting and the editor's environment say together. */
export function localEnvironment(): Readonly<Record<string, string | undefined>> {
  const data = setting(SETTINGS.dataFolder);
  const environment = workerEnvironment(process.env, process.versions['electron'] !== undefined);
  return data === '' ? environment : { ...environment, DGX_PIXELS_DATA: data };
}

/** Makes the way to the worker that the settings choose, anew at each call. */
export function connectorChooser(parts: ChoiceParts): () => Promise<Connector> {
  let local: { settings: string; connector: Connector } | null = null;
  return async () => {
    const part = parts.loader.load();
    if (setting(SETTINGS.worker) === 'remote') return remote(parts, part);
    const settings = {
      engine: { engine: setting(SETTINGS.localEngine), comfyuiUrl: setting(SETTINGS.comfyuiUrl) },
      idleSeconds: Math.round(Math.max(0, setting(SETTINGS.idleMinutes)) * 60),
      environment: localEnvironment(),
    };
    const key = JSON.stringify(settings);
    if (local?.settings !== key) local = { settings: key, connector: makeLocal() };
    return local.connector;

    function makeLocal(): Connector {
      return new part.LocalConnector({
        ...settings,
        program: join(parts.folder, 'dist', 'worker.cjs'),
        version: parts.version,
        log: (message, error) => parts.log.warn(message, error),
      });
    }
  };
}

async function remote({ store, version, log }: ChoiceParts, part: ClientPart): Promise<Connector> {
  const connection = await store.get();
  if (connection === null) {
    throw new LinkError(
      'not-paired',
      t(
        'No remote worker is paired yet: run “dgx-pixels pair” on its machine and paste what it prints.',
      ),
      [
        { title: t('Connect to Worker…'), command: COMMANDS.connectToWorker },
        { title: t('Use Local Worker'), command: COMMANDS.startLocalWorker },
      ],
    );
  }
  return new part.RemoteConnector({
    connection,
    version,
    log: (message, error) => log.warn(message, error),
  });
}
