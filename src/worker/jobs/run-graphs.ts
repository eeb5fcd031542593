import { PixelsError } from '../../protocol/errors.ts';
import { bindRecipe } from '../../project/workflows/bind.ts';
import type { Workflow } from '../../project/workflows/definition.ts';
import type { Graph } from '../../project/workflows/graph.ts';
import type { Journal } from '../store/journal.ts';
import type { RunRecord } from '../store/rows.ts';
import type { TrackedRun } from './tracked-run.ts';

/** Folder below the engine's output folder that our files go to. */
export const OUTPUT_FOLDER = 'dgx-pixels';

/** Graphs of runs, as the journal keeps their workflows. */
export class RunGraphs {
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** @throws PixelsError `internal` when the journal lacks it */
  workflowOf(record: RunRecord): Workflow {
    const workflow = this.#journal.knowledge.graph(record.run.recipe.graph) as Workflow | null;
    if (workflow === null) {
      throw new PixelsError('internal', 'The graph of this run is missing from the journal.');
    }
    return workflow;
  }

  /**
   * The graph to post.
   * @param initImage name of the uploaded init image on the server
   */
  bind(record: RunRecord, initImage: string | null): Graph {
    return bindRecipe(this.workflowOf(record), record.run.recipe, {
      savePrefix: `${OUTPUT_FOLDER}/${record.run.promptId}`,
      initImage,
    });
  }

  /** The graph as posted, or, for a run of an earlier process, as it must have been but for the init image's name. */
  of(run: TrackedRun): Graph {
    run.graph ??= this.bind(run.record, 'init.png');
    return run.graph;
  }
}
