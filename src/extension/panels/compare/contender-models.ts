import { cellRecipe } from '../../../project/compare/cell-recipe.ts';
import { runOfCell, setCount } from '../../../project/compare/cells.ts';
import {
  type ContenderIdentity,
  contenderDigest,
  contenderIdentity,
} from '../../../project/votes/contender.ts';
import type { CompareSpec } from '../../../protocol/compare.ts';
import type { EngineStamp, Run } from '../../../protocol/jobs.ts';
import type { MethodName, MethodParams, MethodResult } from '../../../protocol/methods.ts';
import type { Inventory } from '../../../protocol/models.ts';
import { NO_CHECKPOINT, type Recipe } from '../../../protocol/recipe.ts';
import { t } from '../../l10n.ts';
import { imageOf } from './cell-run.ts';

/** The part of a client that is asked. */
export interface Caller {
  request<M extends MethodName>(method: M, params: MethodParams<M>): Promise<MethodResult<M>>;
}

/** Who a contender is. */
export interface KnownContender {
  identity: ContenderIdentity;
  /** Its digest, see `contenderDigest`. */
  digest: string;
}

/** What became of a contender's models since it drew. */
export type ModelNews = { kind: 'gone' | 'changed'; model: string };

function listed({ checkpoints, loras, vaes }: Inventory) {
  return [...checkpoints, ...loras, ...vaes];
}

/** Names of the models that a recipe takes. */
function modelsOf({ checkpoint, vae, loras }: Recipe): string[] {
  return [
    ...(checkpoint === NO_CHECKPOINT ? [] : [checkpoint]),
    ...(vae === null ? [] : [vae]),
    ...loras.map(({ name }) => name),
  ];
}

/**
 * Who the contenders of a comparison are: their recipes as they draw in full, and the hashes of their models when they drew. A file that
 * vanished or was replaced since makes no other contender of what was drawn with it.
 */
export class ContenderModels {
  readonly #job: string;
  readonly #spec: CompareSpec;
  /** By contender: drafts only, since else a run's own recipe is the full one. */
  readonly #full = new Map<number, Recipe>();
  readonly #stamps = new Map<string, EngineStamp>();
  #inventory: Inventory | null = null;

  constructor(job: string, spec: CompareSpec) {
    this.#job = job;
    this.#spec = spec;
  }

  /** Reads what the engines have now. @throws what the worker answers */
  async readInventory(client: Caller): Promise<void> {
    this.#inventory = await client.request('models.list', {});
  }

  /**
   * Who drew a cell.
   * @param run a run of that contender; drawn or not
   * @throws what the worker answers, such as `unknown-model` for a draft whose model is gone before it was asked for
   */
  async of(client: Caller, contender: number, run: Run): Promise<KnownContender> {
    const [recipe, stamp] = await Promise.all([
      this.#fullRecipe(client, contender, run),
      imageOf(run) === null ? null : this.stampOf(client, run),
    ]);
    if (this.#inventory === null && stamp === null) await this.readInventory(client);
    const sha256Of = (model: string): string | null =>
      stamp?.models.find(({ name, sha256 }) => name === model && sha256 !== null)?.sha256 ??
      this.#hashNow(model);
    const identity = contenderIdentity(
      recipe,
      sha256Of,
      this.#spec.contenders[contender]?.negative ?? null,
    );
    return { identity, digest: contenderDigest(identity) };
  }

  /**
   * Who all contenders are, as far as can be told: null for one that cannot be told apart now.
   * @param runs of the comparison by index
   */
  async all(client: Caller, runs: ReadonlyMap<number, Run>): Promise<(KnownContender | null)[]> {
    return Promise.all(
      this.#spec.contenders.map(async (_, contender) => {
        const run = this.#drawnRun(runs, contender);
        if (run === undefined) return null;
        return this.of(client, contender, run).catch(() => null);
      }),
    );
  }

  /** What became of a contender's models; null while nothing has changed, or nothing is known of it. */
  async newsOf(client: Caller, run: Run): Promise<ModelNews | null> {
    if (imageOf(run) === null) return null;
    if (this.#inventory === null) await this.readInventory(client);
    const { models } = await this.stampOf(client, run);
    for (const name of modelsOf(run.recipe)) {
      const now = this.#inventory === null ? undefined : modelIn(this.#inventory, name);
      if (now === undefined) return { kind: 'gone', model: name };
      const then = models.find(model => model.name === name)?.sha256 ?? null;
      if (then !== null && now.sha256 !== null && then !== now.sha256) {
        return { kind: 'changed', model: name };
      }
    }
    return null;
  }

  /** News of all contenders by their place. */
  async news(client: Caller, runs: ReadonlyMap<number, Run>): Promise<(ModelNews | null)[]> {
    return Promise.all(
      this.#spec.contenders.map(async (_, contender) => {
        const run = this.#drawnRun(runs, contender);
        return run === undefined ? null : this.newsOf(client, run).catch(() => null);
      }),
    );
  }

  /** Whether each contender has drawn something. */
  allDrew(runs: ReadonlyMap<number, Run>): boolean {
    return this.#spec.contenders.every(
      (_, contender) => imageOf(this.#drawnRun(runs, contender)) !== null,
    );
  }

  /** What made a run's image. @throws what the worker answers */
  async stampOf(client: Caller, { index, promptId }: Run): Promise<EngineStamp> {
    const key = `${index} ${promptId}`;
    const known = this.#stamps.get(key);
    if (known !== undefined) return known;
    const { engine } = await client.request('runs.get', { job: this.#job, run: index });
    const stamp = engine ?? { engine: 'comfyui', version: '', server: '', models: [] };
    this.#stamps.set(key, stamp);
    return stamp;
  }

  /** A run of a contender: one that is drawn where there is one. */
  #drawnRun(runs: ReadonlyMap<number, Run>, contender: number): Run | undefined {
    let any: Run | undefined;
    for (let set = 0; set < setCount(this.#spec); set++) {
      const run = runs.get(runOfCell(this.#spec, set, contender));
      if (imageOf(run) !== null) return run;
      any ??= run;
    }
    return any;
  }

  async #fullRecipe(client: Caller, contender: number, run: Run): Promise<Recipe> {
    if (this.#spec.mode === 'full') return run.recipe;
    const known = this.#full.get(contender);
    if (known !== undefined) return known;
    const { recipe } = await client.request('recipes.resolve', {
      recipe: cellRecipe(this.#spec, { contender, prompt: 0, seed: 0 }, null),
    });
    this.#full.set(contender, recipe);
    return recipe;
  }

  #hashNow(name: string): string | null {
    return this.#inventory === null ? null : (modelIn(this.#inventory, name)?.sha256 ?? null);
  }
}

function modelIn(inventory: Inventory, name: string) {
  return listed(inventory).find(model => model.name === name);
}

/** What a person is told of a contender's model. */
export function newsText({ kind, model }: ModelNews): string {
  return kind === 'gone'
    ? t(
        '{0} is no longer there; what it drew stays, and votes count for the file that drew it.',
        model,
      )
    : t(
        '{0} is another file now; what the one before drew stays, and votes count for that one.',
        model,
      );
}
