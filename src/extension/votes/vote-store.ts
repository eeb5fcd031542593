import * as vscode from 'vscode';
import { type VoteEvent, voteEventSchema } from '../../project/votes/vote-event.ts';
import type { LineProblem } from '../../project/votes/vote-lines.ts';
import { VOTES_FILE } from '../../project/votes/votes-file.ts';
import { Disposable } from '../dispose.ts';
import { Emitter } from '../emitter.ts';
import { t } from '../l10n.ts';
import type { Log } from '../log.ts';
import { watchFile } from '../panels/result/file-watch.ts';
import { Problem } from '../problem.ts';
import type { Services } from '../services.ts';
import { DiskVotes } from './disk-votes.ts';
import { VirtualVotes } from './virtual-votes.ts';
import { VoteLog } from './vote-log.ts';

/** The votes of a workspace folder, as they are in its file: also those that another window or a merge put there. */
export class VoteStore extends Disposable {
  /** `.dgx-pixels/votes.jsonl`; it need not exist. */
  readonly file: vscode.Uri;
  readonly #log: Log;
  readonly #votes: VoteLog;
  readonly #changed: Emitter<void>;
  #first: Promise<void> | null = null;

  constructor(folder: vscode.Uri, log: Log) {
    super();
    this.#log = log;
    this.file = vscode.Uri.joinPath(folder, VOTES_FILE);
    this.#votes = new VoteLog(
      folder.scheme === 'file' ? new DiskVotes(this.file.fsPath) : new VirtualVotes(this.file),
    );
    this.#changed = this._register(
      new Emitter<void>(error => log.error('a listener to votes failed', error)),
    );
    this._register(watchFile(this.file, () => void this.#look()));
    // Some disks tell of no changes: another window, or git, may have been in front.
    this._register(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) void this.#look();
      }),
    );
  }

  /** Resolves when the file was read. @throws Problem `unreadable`; the next call tries again */
  ready(): Promise<void> {
    if (this.#first !== null) return this.#first;
    const first = this.#read().catch((error: unknown) => {
      if (this.#first === first) this.#first = null;
      const message = t('{0} cannot be read.', this.file.fsPath);
      throw new Problem('unreadable', message, [], { cause: error });
    });
    this.#first = first;
    return first;
  }

  /** In the order of their ids; another list after each change. */
  get events(): readonly VoteEvent[] {
    return this.#votes.value.events;
  }

  /** Lines that cannot be used. */
  get problems(): readonly LineProblem[] {
    return this.#votes.value.problems;
  }

  /** After the file has changed, whoever changed it. */
  get onDidChange() {
    return this.#changed.event;
  }

  /**
   * Adds what a person did. Only the comparison panel calls this, upon a key or a click.
   * @throws Problem `not-writable`, `disk-full`; then nothing that is in the file is lost
   * @throws ZodError for what could not be read again
   */
  async append(event: VoteEvent): Promise<void> {
    const whole = voteEventSchema.parse(event);
    await this.ready();
    await this.#votes.append(whole);
    this.#changed.fire();
  }

  async #read(): Promise<void> {
    const begun = performance.now();
    await this.#votes.refresh();
    const { events, problems } = this.#votes.value;
    const ms = (performance.now() - begun).toFixed(0);
    this.#log.debug(`read ${events.length} votes in ${ms} ms, ${problems.length} lines left out`);
  }

  async #look(): Promise<void> {
    if (this.#first === null) return;
    try {
      await this.#first;
      if (await this.#votes.refresh()) this.#changed.fire();
    } catch (error) {
      this.#log.warn('the votes could not be read again', error);
    }
  }
}

const stores = new Map<string, VoteStore>();

/** The store of a workspace folder: one for all who ask, until the window closes. */
export function voteStoreFor({ context, log }: Services, folder: vscode.Uri): VoteStore {
  const key = folder.toString();
  let store = stores.get(key);
  if (store === undefined) {
    store = new VoteStore(folder, log);
    stores.set(key, store);
    context.subscriptions.push(store);
  }
  return store;
}
