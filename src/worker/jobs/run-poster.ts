import { PixelsError } from '../../protocol/errors.ts';
import type { EngineStamp } from '../../protocol/jobs.ts';
import type { ServerLink } from '../comfyui/server-link.ts';
import { failPoint } from '../failpoint.ts';
import type { RunGraphs } from './run-graphs.ts';
import type { TrackedRun } from './tracked-run.ts';

export interface InitImage {
  bytes: Uint8Array;
  mime: string;
}

/** An upload that breaks off so often while the server answers otherwise will not succeed. */
const UPLOAD_TRIES = 3;

/** What a server is at this moment, as it is written into what it draws. */
export function stampOf(link: ServerLink, models: EngineStamp['models']): EngineStamp {
  return {
    engine: link.isBuiltin ? 'builtin' : 'comfyui',
    version: link.engineVersion,
    server: link.name,
    models,
    ...(link.inventory?.packs && { packs: link.inventory.packs }),
  };
}

/** Hands runs to one engine: uploads what they start from, binds their graph and posts it. */
export class RunPoster {
  readonly #link: ServerLink;
  readonly #graphs: RunGraphs;
  readonly #readInit: (digest: string) => Promise<InitImage>;
  /** Names on the server by digest. */
  readonly #uploads = new Map<string, string>();
  /** Uploads that broke off, by digest. */
  readonly #broken = new Map<string, number>();

  constructor(
    link: ServerLink,
    graphs: RunGraphs,
    readInit: (digest: string) => Promise<InitImage>,
  ) {
    this.#link = link;
    this.#graphs = graphs;
    this.#readInit = readInit;
  }

  /** A server that was away may have lost its input folder. */
  forgetUploads(): void {
    this.#uploads.clear();
    this.#broken.clear();
  }

  async #upload(digest: string): Promise<string> {
    const known = this.#uploads.get(digest);
    if (known !== undefined) return known;
    const { bytes, mime } = await this.#readInit(digest);
    try {
      const file = `${digest}.${mime.split('/')[1] ?? 'png'}`;
      const name = await this.#link.api.uploadImage(file, bytes, mime);
      this.#uploads.set(digest, name);
      this.#broken.delete(digest);
      return name;
    } catch (error) {
      if (!PixelsError.is(error, 'engine-unavailable')) throw error;
      const times = (this.#broken.get(digest) ?? 0) + 1;
      this.#broken.set(digest, times);
      if (times >= UPLOAD_TRIES) {
        this.#broken.delete(digest);
        throw new PixelsError(
          'engine-rejected',
          `The init image of ${(bytes.byteLength / 2 ** 20).toFixed(1)} MB could not be uploaded in ${times} attempts. ${error.message}`,
          error.data,
        );
      }
      // Only the picture may have arrived: the graph was not posted yet.
      throw new PixelsError('engine-unavailable', error.message, {
        ...error.data,
        maybeDelivered: false,
      });
    }
  }

  /**
   * Posts a run under its own prompt id.
   * @throws PixelsError `engine-unavailable` with `data.maybeDelivered`, or why the engine refuses it
   */
  async post(run: TrackedRun): Promise<void> {
    const { recipe, recipeDigest, drawDigest } = run.record.run;
    const init = recipe.init === null ? null : await this.#upload(recipe.init.image);
    const { clientId } = this.#link;
    if (clientId === null) {
      throw new PixelsError('engine-unavailable', 'The connection to the engine was lost.', {
        maybeDelivered: false,
      });
    }
    run.graph = this.#graphs.bind(run.record, init);
    run.clientId = clientId;
    run.engine = stampOf(this.#link, this.#graphs.modelsOf(run.record));
    run.heard = false;
    failPoint('before-post');
    try {
      await this.#link.api.postPrompt({
        promptId: run.promptId,
        clientId,
        graph: run.graph,
        pngInfo: { dgx_pixels: { size: recipe.size, recipeDigest, drawDigest } },
        previews: true,
      });
    } catch (error) {
      // Somebody else answered: whether the server is still there is found out before the next try.
      const status = PixelsError.is(error, 'engine-unavailable') ? error.data?.['status'] : null;
      if (typeof status === 'number' && status < 500) this.#link.doubt('is in doubt');
      throw error;
    }
  }
}
