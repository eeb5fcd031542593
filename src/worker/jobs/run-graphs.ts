import { PixelsError } from '../../protocol/errors.ts';
import type { EngineStamp } from '../../protocol/jobs.ts';
import { bindRecipe } from '../../project/workflows/bind.ts';
import type { Workflow } from '../../project/workflows/definition.ts';
import { demandsOf } from '../../project/workflows/demands.ts';
import type { Graph } from '../../project/workflows/graph.ts';
import { OUR_FOLDER } from '../comfyui/outputs/names.ts';
import { modelsOf } from '../models/run-models.ts';
import type { Journal } from '../store/journal.ts';
import type { RunRecord } from '../store/rows.ts';
import type { TrackedRun } from './tracked-run.ts';

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

  /** Models that the run is drawn with, those of its workflow among them. */
  modelsOf(record: RunRecord): EngineStamp['models'] {
    return modelsOf(demandsOf(this.workflowOf(record), record.run.recipe).files);
  }

  /**
   * The graph to post.
   * @param initImage name of the uploaded init image on the server
   */
  bind(record: RunRecord, initImage: string | null): Graph {
    return bindRecipe(this.workflowOf(record), record.run.recipe, {
      savePrefix: `${OUR_FOLDER}/${record.run.promptId}`,
      initImage,
    });
  }

  /** The graph as posted, or, for a run of an earlier process, as it must have been but for the init image's name. */
  of(run: TrackedRun): Graph {
    run.graph ??= this.bind(run.record, 'init.png');
    return run.graph;
  }
}
