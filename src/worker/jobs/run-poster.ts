import { PixelsError } from '../../protocol/errors.ts';
import type { ServerLink } from '../comfyui/server-link.ts';
import { failPoint } from '../failpoint.ts';
import type { RunGraphs } from './run-graphs.ts';
import type { TrackedRun } from './tracked-run.ts';

export interface InitImage {
  bytes: Uint8Array;
  mime: string;
}

/** Hands runs to one engine: uploads what they start from, binds their graph and posts it. */
export class RunPoster {
  readonly #link: ServerLink;
  readonly #graphs: RunGraphs;
  readonly #readInit: (digest: string) => Promise<InitImage>;
  /** Names on the server by digest. */
  readonly #uploads = new Map<string, string>();

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
  }

  async #upload(digest: string): Promise<string> {
    const known = this.#uploads.get(digest);
    if (known !== undefined) return known;
    const { bytes, mime } = await this.#readInit(digest);
    const name = await this.#link.api.uploadImage(
      `${digest}.${mime.split('/')[1] ?? 'png'}`,
      bytes,
      mime,
    );
    this.#uploads.set(digest, name);
    return name;
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
    failPoint('before-post');
    await this.#link.api.postPrompt({
      promptId: run.promptId,
      clientId,
      graph: run.graph,
      pngInfo: { dgx_pixels: { size: recipe.size, recipeDigest, drawDigest } },
      previews: true,
    });
  }
}
