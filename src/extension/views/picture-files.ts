import * as vscode from 'vscode';
import type { WorkerLink } from '../connection/connection.ts';
import { Disposable } from '../dispose.ts';
import { Emitter } from '../emitter.ts';
import type { Preview } from '../jobs/job-model.ts';
import type { Log } from '../log.ts';

/** Pictures that are kept as files; older ones are fetched again when they are wanted. */
const KEPT = 1_000;

/** Other windows share the folder, and may still show a younger preview. */
const PREVIEW_LIFE_MS = 10 * 60_000;

/**
 * Pictures of the worker as files, since trees and pages show pictures by URI. They lie in the extension's own folder and can
 * be removed at any time.
 */
export class PictureFiles extends Disposable {
  readonly folder: vscode.Uri;
  readonly #link: WorkerLink;
  readonly #log: Log;
  readonly #fetching = new Map<string, Promise<vscode.Uri | null>>();
  readonly #previews = new Map<string, vscode.Uri>();
  readonly #writing = new Set<string>();
  readonly #arrived: Emitter<string>;
  #count = 0;

  constructor(storage: vscode.Uri, link: WorkerLink, log: Log) {
    super();
    this.folder = vscode.Uri.joinPath(storage, 'pictures');
    this.#link = link;
    this.#log = log;
    this.#arrived = this._register(
      new Emitter<string>(error => log.error('a listener failed', error)),
    );
  }

  /** Told of a job whose newest preview became a file. */
  get onPreview(): Emitter<string>['event'] {
    return this.#arrived.event;
  }

  /** The file of an artifact, fetched where it is not there yet; null while no worker answers or it has no such artifact. */
  async artifact(digest: string): Promise<vscode.Uri | null> {
    const known = this.#fetching.get(digest);
    if (known !== undefined) return known;
    const fetching = this.#fetch(digest);
    this.#fetching.set(digest, fetching);
    const file = await fetching;
    if (file === null) this.#fetching.delete(digest);
    return file;
  }

  /** The newest file of a job's previews. */
  previewOf(job: string): vscode.Uri | null {
    return this.#previews.get(job) ?? null;
  }

  /** Writes a preview under a name of its own: the editor never reads a picture of the same name again. */
  async writePreview(job: string, { run, step, mime, bytes }: Preview): Promise<void> {
    // One at a time and job; the next preview replaces what is missed meanwhile.
    if (this.#writing.has(job)) return;
    this.#writing.add(job);
    try {
      const ending = mime === 'image/png' ? 'png' : mime === 'image/webp' ? 'webp' : 'jpg';
      const file = vscode.Uri.joinPath(this.folder, `preview-${job}-${run}-${step}.${ending}`);
      if (file.path === this.#previews.get(job)?.path) return;
      await vscode.workspace.fs.writeFile(file, bytes);
      await this.#forget(job);
      this.#previews.set(job, file);
      this.#arrived.fire(job);
    } catch (error) {
      this.#log.debug(`a preview could not be written: ${String(error)}`, job);
    } finally {
      this.#writing.delete(job);
    }
  }

  /** Removes a job's preview when it is over. */
  async endPreview(job: string): Promise<void> {
    if (this.#previews.has(job)) await this.#forget(job);
  }

  /** Removes previews that a window left behind, and the oldest pictures beyond what is kept. */
  async tidy(): Promise<void> {
    const entries = await vscode.workspace.fs.readDirectory(this.folder).then(
      all => all.map(([name]) => name),
      () => [],
    );
    const pictures = entries.filter(name => !name.startsWith('preview-'));
    const previews = entries.filter(name => name.startsWith('preview-'));
    const stale = (await this.#dated(previews)).filter(
      ({ mtime }) => mtime < Date.now() - PREVIEW_LIFE_MS,
    );
    const surplus = (await this.#dated(pictures)).slice(0, Math.max(0, pictures.length - KEPT));
    for (const { name } of [...stale, ...surplus]) {
      this.#fetching.delete(name.replace(/\..*$/, ''));
      await this.#remove(vscode.Uri.joinPath(this.folder, name));
    }
  }

  /** Files with the time they were written, the oldest first. */
  async #dated(names: readonly string[]): Promise<{ name: string; mtime: number }[]> {
    const dated = await Promise.all(
      names.map(async name => {
        const file = vscode.Uri.joinPath(this.folder, name);
        // One that is gone meanwhile counts as new: there is nothing to remove.
        const { mtime } = await vscode.workspace.fs.stat(file).then(
          found => found,
          () => ({ mtime: Infinity }),
        );
        return { name, mtime };
      }),
    );
    return dated.sort((one, other) => one.mtime - other.mtime);
  }

  async #fetch(digest: string): Promise<vscode.Uri | null> {
    const file = vscode.Uri.joinPath(this.folder, `${digest}.png`);
    try {
      await vscode.workspace.fs.stat(file);
      return file;
    } catch {
      // Not there yet.
    }
    const client = this.#link.current;
    if (client === null) return null;
    try {
      const bytes = await client.fetchArtifact(digest);
      await vscode.workspace.fs.writeFile(file, bytes);
      if (++this.#count % KEPT === 0) void this.tidy();
      return file;
    } catch (error) {
      this.#log.debug(`picture ${digest.slice(0, 12)} could not be fetched: ${String(error)}`);
      return null;
    }
  }

  async #forget(job: string): Promise<void> {
    const file = this.#previews.get(job);
    this.#previews.delete(job);
    if (file !== undefined) await this.#remove(file);
  }

  async #remove(file: vscode.Uri): Promise<void> {
    try {
      await vscode.workspace.fs.delete(file);
    } catch {
      // Somebody tidied up before us.
    }
  }
}
