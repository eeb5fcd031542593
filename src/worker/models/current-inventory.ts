import type { Inventory } from '../../protocol/models.ts';
import { mergeInventories, type ServerInventory } from '../comfyui/inventory.ts';
import { annotate } from './annotate.ts';
import type { ModelFiles } from './model-files.ts';

/** What all servers offer with what is known of the files, put together anew only when one of them changes. */
export class CurrentInventory {
  readonly #inventories: () => ReadonlyMap<string, ServerInventory>;
  readonly #files: Pick<ModelFiles, 'get' | 'version'>;
  #made: { from: ReadonlyMap<string, ServerInventory>; version: number; all: Inventory } | null =
    null;

  constructor(
    inventories: () => ReadonlyMap<string, ServerInventory>,
    files: Pick<ModelFiles, 'get' | 'version'>,
  ) {
    this.#inventories = inventories;
    this.#files = files;
  }

  /** @returns null when no server has ever answered */
  get(): Inventory | null {
    const from = this.#inventories();
    if (from.size === 0) return null;
    const { version } = this.#files;
    const made = this.#made;
    const same =
      made?.version === version &&
      made.from.size === from.size &&
      [...from].every(([server, inventory]) => made.from.get(server) === inventory);
    if (same) return made.all;
    const all = annotate(mergeInventories(from), (server, kind, name) =>
      this.#files.get(server, kind, name),
    );
    this.#made = { from, version, all };
    return all;
  }
}
