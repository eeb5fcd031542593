import { setTimeout } from 'node:timers/promises';
import { PixelsError } from '../../protocol/errors.ts';
import type { Core } from '../core.ts';

/** A server that is slow to list its models does not hold up the answer for longer. */
const ASK_MS = 3_000;

/**
 * Makes what is tried anew when it names a model that nobody knew: who has just put a file there need not wait until the servers are asked
 * for their lists the next time.
 * @returns tries at once, and once more after the servers were asked; many who fail together ask them once
 */
export function askingAgain(core: Core): <T>(attempt: () => T | Promise<T>) => T | Promise<T> {
  let asking: Promise<unknown> | null = null;
  const asked = (): Promise<unknown> => {
    const ready = core.links.filter(({ state }) => state === 'ready');
    asking ??= Promise.race([
      Promise.allSettled(ready.map(async link => link.refreshInventory())),
      setTimeout(ASK_MS, null, { ref: false }),
    ]).finally(() => {
      asking = null;
    });
    return asking;
  };
  return attempt => {
    const again = async (error: unknown) => {
      if (!PixelsError.is(error, 'unknown-model')) throw error;
      await asked();
      return attempt();
    };
    try {
      const made = attempt();
      return made instanceof Promise ? made.catch(again) : made;
    } catch (error) {
      return again(error);
    }
  };
}
