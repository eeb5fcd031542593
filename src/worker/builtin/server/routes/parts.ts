import type { Catalog, NodeClass } from '../nodes/types.ts';
import type { EngineSettings } from '../options.ts';
import type { History } from '../queue/history.ts';
import type { PromptQueue } from '../queue/prompt-queue.ts';
import type { Interruption } from '../run/interruption.ts';

/** What the routes work with. */
export interface RouteParts {
  settings: EngineSettings;
  catalog: Catalog;
  classes: ReadonlyMap<string, NodeClass>;
  queue: PromptQueue;
  history: History;
  interruption: Interruption;
  /** Flags that the run loop reads between prompts. */
  free: { unload: boolean; cache: boolean };
  /** Wakes the run loop. */
  wake: () => void;
  port: () => number;
}
