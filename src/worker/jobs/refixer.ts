import { FIX_VERSION } from '../../pixels/fix/report.ts';
import { canonicalJson } from '../../project/canonical-json.ts';
import { PixelsError } from '../../protocol/errors.ts';
import type { Run, RunImage } from '../../protocol/jobs.ts';
import type { PixelSettings } from '../../protocol/pixels.ts';
import type { ArtifactFiles } from '../store/artifact-files.ts';
import type { ArtifactIndex } from '../store/artifacts.ts';
import type { Journal } from '../store/journal.ts';
import type { RunRecord } from '../store/rows.ts';
import type { MadeSprite, SpriteMaker } from './sprite-maker.ts';

export interface RefixRequest {
  job: string;
  run: number;
  /** Place in the batch; all of the run's images when absent. */
  image?: number | undefined;
  pixels: PixelSettings;
}

function equalSettings(a: PixelSettings, b: PixelSettings): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** Whether an image is what these settings would make of its picture. */
function isMade(run: Run, image: RunImage, pixels: PixelSettings): boolean {
  if (!equalSettings(image.pixels ?? run.recipe.pixels, pixels) || image.fix !== pixels.fix)
    return false;
  return pixels.fix === 'none' || image.report?.version === FIX_VERSION;
}

/** Makes sprites anew of pictures that are in the store, one request after the other. */
export class Refixer {
  readonly #journal: Journal;
  readonly #index: ArtifactIndex;
  readonly #files: ArtifactFiles;
  readonly #maker: SpriteMaker;
  #last: Promise<unknown> = Promise.resolve();

  constructor(journal: Journal, index: ArtifactIndex, files: ArtifactFiles, maker: SpriteMaker) {
    this.#journal = journal;
    this.#index = index;
    this.#files = files;
    this.#maker = maker;
  }

  /**
   * Fixes images of a run again; those that are already so stay. A run that failed for nothing but its cells is done then.
   * @param graphOf the graph that drew a run
   * @throws PixelsError `not-found` for what is not there (any more), `conflict` for a run without pictures, `too-many-cells`;
   *   nothing has changed then
   */
  refix(
    request: RefixRequest,
    graphOf: (run: Run) => Record<string, unknown>,
  ): Promise<{ run: Run; changed: number }> {
    const next = this.#last.then(() => this.#refix(request, graphOf));
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #refix(
    { job, run: index, image: wanted, pixels }: RefixRequest,
    graphOf: (run: Run) => Record<string, unknown>,
  ): Promise<{ run: Run; changed: number }> {
    const record = this.#recordOf(job, index);
    const { run } = record;
    const chosen = run.images.filter(image => wanted === undefined || image.index === wanted);
    if (chosen.length === 0) throw noPicture(run, wanted);
    const made: MadeSprite[] = [];
    for (const image of chosen) {
      if (isMade(run, image, pixels)) continue;
      const sprite = await this.#make(record, image, pixels, graphOf(run));
      if (sprite.refused !== null) throw sprite.refused;
      made.push(sprite);
    }
    if (made.length > 0) this.#commit(run, made, pixels);
    return { run: this.#recordOf(job, index).run, changed: made.length };
  }

  #recordOf(job: string, run: number): RunRecord {
    const record = this.#journal.runs.record(job, run);
    if (record !== null) return record;
    throw new PixelsError('not-found', 'There is no such run; list jobs with jobs.list.', {
      job,
      run,
    });
  }

  async #make(
    { run, engine }: RunRecord,
    { raw, index, size }: RunImage,
    pixels: PixelSettings,
    graph: Record<string, unknown>,
  ): Promise<MadeSprite> {
    const recipe = { ...run.recipe, pixels };
    const read = (): Promise<Uint8Array> => this.#read(raw);
    return this.#maker.make({ digest: raw, read, index, size, run, recipe, graph, engine });
  }

  async #read(digest: string): Promise<Uint8Array> {
    const artifact = this.#index.get(digest);
    const bytes = artifact && (await this.#files.read(digest, 0, artifact.bytes));
    if (bytes !== null) return bytes;
    throw new PixelsError(
      'not-found',
      "The engine's picture is no longer in the store, so it cannot be fixed again; generate it anew from its recipe.",
      { digest },
    );
  }

  #commit(run: Run, made: readonly MadeSprite[], pixels: PixelSettings): void {
    const own = equalSettings(pixels, run.recipe.pixels);
    const changed = made.map(({ image }) => (own ? image : { ...image, pixels }));
    const images = run.images.map(old => changed.find(({ index }) => index === old.index) ?? old);
    const key = { job: run.job, index: run.index, attempt: run.attempt };
    const mended =
      run.state === 'failed' &&
      run.error?.code === 'too-many-cells' &&
      images.every(image => isMade(run, image, image.pixels ?? run.recipe.pixels));
    const places = changed.map(({ index }) => index + 1).join(', ');
    const reason = `image ${places} of ${images.length} fixed again`;
    const done = this.#journal.write(() => {
      for (const { artifact } of made) if (artifact !== null) this.#index.add(artifact);
      return mended
        ? this.#journal.runs.transition(key, ['failed'], 'done', reason, { images, error: null })
        : this.#journal.runs.replaceImages(key, run.state, images, changed, reason);
    });
    if (done) return;
    throw new PixelsError('conflict', 'The run has changed meanwhile; try again.', {
      job: run.job,
      run: run.index,
    });
  }
}

function noPicture({ job, index, state, images }: Run, wanted: number | undefined): PixelsError {
  const data = { job, run: index, state };
  if (images.length === 0) {
    return new PixelsError('conflict', `The run has no picture to fix: it is ${state}.`, data);
  }
  return new PixelsError(
    'not-found',
    `The run has ${images.length} image${images.length === 1 ? '' : 's'}, counted from 0; there is no ${wanted ?? 0}.`,
    data,
  );
}
