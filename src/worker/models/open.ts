import type { Config } from '../config.ts';
import type { ServerInventory } from '../comfyui/inventory.ts';
import type { ServerLink } from '../comfyui/server-link.ts';
import type { EngineAddress } from '../engines.ts';
import type { Log } from '../log.ts';
import type { Database } from '../store/sqlite.ts';
import { FileTable } from './file-table.ts';
import { ModelFiles } from './model-files.ts';
import { ThreadReader } from './reader.ts';
import { placeFinder } from './server-places.ts';

export interface ModelFilesOptions {
  config: Config;
  database: Database;
  /** The bundle of `hash-thread.ts`. */
  threadFile: string;
  addresses: readonly EngineAddress[];
  links: readonly ServerLink[];
  /** Something new is known; told at most every second. */
  changed: () => void;
  /** Something new is known, or will not be; told at once. */
  learnt: () => void;
  log: Log;
}

/** Knowledge of the model files of every ComfyUI; the built-in engine has none. */
export function openModelFiles(options: ModelFilesOptions): ModelFiles {
  const { config, links, changed, learnt, log } = options;
  const finders = options.addresses
    .filter(({ name }) => config.servers.some(server => server.name === name))
    .map(({ name, address }) => {
      const own = config.servers.find(server => server.name === name)?.modelRoots;
      return placeFinder(name, address, own ?? config.modelRoots ?? null);
    });
  const inventories = (): ReadonlyMap<string, ServerInventory> =>
    new Map(
      links.flatMap(link =>
        link.inventory === null || link.isBuiltin ? [] : [[link.name, link.inventory] as const],
      ),
    );
  return new ModelFiles({
    table: new FileTable(options.database),
    reader: new ThreadReader(options.threadFile),
    finders,
    inventories,
    changed,
    learnt,
    log,
  });
}
