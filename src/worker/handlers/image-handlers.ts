import type { Core } from '../core.ts';
import type { Handlers } from '../server/handlers.ts';
import { graphOfRun } from './job-handlers.ts';

/** Answers about the images of runs. */
export function imageHandlers(core: Core): Pick<Handlers, 'images.refix'> {
  return {
    'images.refix': request => core.refixer.refix(request, run => graphOfRun(core, run)),
  };
}
