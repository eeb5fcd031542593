import { randomInt } from 'node:crypto';
import { PixelsError } from '../../protocol/errors.ts';
import type { Job, JobSpec } from '../../protocol/jobs.ts';
import type { MethodInput } from '../../protocol/methods.ts';
import type { Inventory } from '../../protocol/models.ts';
import type { Recipe, RecipeRequest } from '../../protocol/recipe.ts';
import { digestOfValue, drawDigest, recipeDigest } from '../../project/digest.ts';
import { checkConfirmed } from '../../project/compare/check.ts';
import type { DraftWay } from '../../project/compare/draft.ts';
import { defaultWorkflow } from '../../project/workflows/default-workflow.ts';
import { requireSeedPlace } from '../../project/workflows/bind.ts';
import { resolveRecipe } from '../../project/workflows/resolve.ts';
import type { NewJob } from '../store/job-table.ts';
import type { Journal } from '../store/journal.ts';
import type { ArtifactIndex } from '../store/artifacts.ts';
import type { PinnedModel } from '../store/pinned-models.ts';
import type { Workflow } from '../../project/workflows/definition.ts';
import type { WorkflowLibrary } from '../workflows/library.ts';
import type { Placement } from './placement.ts';
import { planRuns, requireDifference } from './plan-runs.ts';

export interface ResolvedRecipe {
  recipe: Recipe;
  drawDigest: string;
  recipeDigest: string;
  warnings: string[];
}

/** A job whose recipes are complete. */
export interface PreparedJob {
  runs: NewJob['runs'];
  /** By digest. */
  workflows: ReadonlyMap<string, Workflow>;
  pins: PinnedModel[];
  /** Of a comparison of drafts: how they are drawn. */
  draft: DraftWay | null;
  warnings: string[];
}

/** Seeds below 2^32 are what people see in other tools. */
function randomSeed(): number {
  return randomInt(0, 2 ** 32);
}

function digested(recipe: Recipe): Omit<ResolvedRecipe, 'warnings'> {
  return { recipe, drawDigest: drawDigest(recipe), recipeDigest: recipeDigest(recipe) };
}

/** Prompts alone: of a comparison nobody may see here whose work it shows. */
function titleOf(spec: JobSpec): string {
  const prompts =
    spec.kind === 'compare'
      ? spec.prompts
      : spec.items.map(({ name, recipe: { prompt } }) => ({ name, prompt }));
  const first = prompts[0]?.name ?? prompts[0]?.prompt.trim().split('\n', 1)[0] ?? '';
  const short = first.length > 60 ? `${first.slice(0, 59)}…` : first;
  return prompts.length > 1 ? `${short} and ${prompts.length - 1} more` : short || 'untitled';
}

/** Turns what a client asks for into durable jobs with complete recipes, or says what is wrong before anything is written. */
export class Submission {
  readonly #journal: Journal;
  readonly #workflows: WorkflowLibrary;
  readonly #artifacts: ArtifactIndex;
  readonly #inventory: () => Inventory | null;
  readonly #placement: Pick<Placement, 'submitted'>;

  /**
   * @param inventory what the engines have; null when none has ever answered
   * @param placement knows which servers could draw a recipe
   */
  constructor(
    journal: Journal,
    workflows: WorkflowLibrary,
    artifacts: ArtifactIndex,
    inventory: () => Inventory | null,
    placement: Pick<Placement, 'submitted'>,
  ) {
    this.#journal = journal;
    this.#workflows = workflows;
    this.#artifacts = artifacts;
    this.#inventory = inventory;
    this.#placement = placement;
  }

  /**
   * Completes a recipe.
   * @throws PixelsError `unknown-workflow`, `unknown-model`, `missing-role`, `invalid-params`, `not-found` (init image), `engine-unavailable`,
   *   `engine-rejected` (a node class that no server knows), `conflict` (servers with different files under one name)
   */
  resolve(request: RecipeRequest): ResolvedRecipe {
    return this.#complete(request).resolved;
  }

  #complete(
    request: RecipeRequest,
    bound: readonly PinnedModel[] = [],
  ): { resolved: ResolvedRecipe; workflow: Workflow; pins: PinnedModel[] } {
    const inventory = this.#inventory();
    if (inventory === null) {
      throw new PixelsError(
        'engine-unavailable',
        'No engine has answered yet, so models cannot be checked. Run dgx-pixels doctor to see why.',
      );
    }
    const workflow = this.#workflows.get(request.workflow ?? defaultWorkflow(request));
    if (request.init !== undefined) this.#requireImage(request.init.image);
    const {
      recipe,
      warnings,
      workflow: fitted,
    } = resolveRecipe({ ...request, seed: request.seed ?? randomSeed() }, workflow, inventory);
    const placed = this.#placement.submitted(recipe, fitted, bound);
    warnings.push(...placed.warnings);
    return {
      resolved: { ...digested(recipe), warnings },
      workflow: fitted,
      pins: placed.pins,
    };
  }

  #requireImage(digest: string): void {
    const artifact = this.#artifacts.get(digest);
    if (artifact === null) {
      throw new PixelsError(
        'not-found',
        'The init image is not in the artifact store; upload it first.',
        { digest },
      );
    }
    if (artifact.width === null) {
      throw new PixelsError('invalid-image', 'The init image is not a picture that can be read.', {
        digest,
        mime: artifact.mime,
      });
    }
  }

  /**
   * The runs of a job with complete recipes; nothing is written.
   * @throws PixelsError as `resolve`; of a comparison also what `checkCompare` says
   */
  prepare(spec: JobSpec): PreparedJob {
    const {
      runs: plan,
      draft,
      warnings,
    } = planRuns(spec, randomSeed, request => {
      this.#complete(request);
    });
    const workflows = new Map<string, Workflow>();
    const completed = new Map<number, ResolvedRecipe & { takesSeed: boolean }>();
    const pins: PinnedModel[] = [];
    const runs: NewJob['runs'] = plan.map(planned => {
      // Only the seed differs within an item, so models and workflow are looked up once for it.
      const sibling = completed.get(planned.item);
      if (sibling !== undefined) {
        const seed = sibling.takesSeed ? planned.recipe.seed : sibling.recipe.seed;
        const recipe = { ...sibling.recipe, seed };
        return { name: planned.name, ...digested(recipe), warnings: sibling.warnings };
      }
      const { resolved, workflow, pins: own } = this.#complete(planned.recipe, pins);
      const item = spec.kind === 'generate' ? spec.items[planned.item] : undefined;
      if (item !== undefined) requireSeedPlace(workflow, item.recipe.seed, item.count);
      workflows.set(workflow.digest, workflow);
      pins.push(...own);
      completed.set(planned.item, { ...resolved, takesSeed: workflow.roles.seed !== undefined });
      return { name: planned.name, ...resolved };
    });
    if (spec.kind === 'compare') requireDifference(spec, runs);
    const all = [...warnings, ...runs.flatMap(run => run.warnings)];
    return { runs, workflows, pins, draft, warnings: [...new Set(all)] };
  }

  /**
   * Makes a job, or returns the one that has this id already.
   * @throws PixelsError `conflict` when the id belongs to a different job; else as `resolve`
   */
  submit(params: MethodInput<'jobs.submit'>): {
    job: Job;
    created: boolean;
    warnings: string[];
  } {
    const specDigest = digestOfValue(params.spec);
    const present = this.#journal.jobs.get(params.id);
    if (present !== null) return this.#again(params.id, specDigest);
    if (params.spec.kind === 'compare') checkConfirmed(params.spec);
    const { runs, workflows, pins, warnings } = this.prepare(params.spec);
    this.#saveGraphs(workflows);
    const { job, created } = this.#journal.write(() => {
      const made = this.#journal.jobs.create({
        id: params.id,
        kind: params.spec.kind,
        lane: params.lane,
        title: params.title ?? titleOf(params.spec),
        project: params.project ?? null,
        group: params.group ?? null,
        spec: params.spec,
        specDigest,
        retryLost: params.retryLost,
        runs,
      });
      this.#journal.pinned.pin(params.id, pins);
      return made;
    });
    return { job, created, warnings };
  }

  /** Runs keep the graph they were made with, whatever becomes of its file. */
  #saveGraphs(workflows: ReadonlyMap<string, Workflow>): void {
    this.#journal.write(() => {
      for (const [digest, workflow] of workflows) {
        this.#journal.knowledge.saveGraph(digest, workflow.name, workflow);
      }
    });
  }

  #again(id: string, specDigest: string): ReturnType<Submission['submit']> {
    const present = this.#journal.jobs.get(id);
    if (present === null || this.#journal.jobs.specDigestOf(id) !== specDigest) {
      throw new PixelsError(
        'conflict',
        'A different job has this id already; choose a new id for a new job.',
        { id },
      );
    }
    return { job: present, created: false, warnings: [] };
  }
}
