import * as vscode from 'vscode';
import { defaultOf } from '../../../project/votes/contender-default.ts';
import { Disposable } from '../../dispose.ts';
import { COMMANDS } from '../../ids.ts';
import { t } from '../../l10n.ts';
import { Problem } from '../../problem.ts';
import type { Services } from '../../services.ts';
import { makeDefault } from '../../votes/make-default.ts';
import { withoutSealed } from '../../votes/sealed-votes.ts';
import { voteStoreFor, type VoteStore } from '../../votes/vote-store.ts';
import { voterName } from '../../votes/voter.ts';
import { HostEnd } from '../host-end.ts';
import type { Outcome } from '../messages/compare.ts';
import {
  ALL_VOTES,
  type BoardFilter,
  type LeaderboardContent,
  type LeaderboardMessages,
} from '../messages/leaderboard.ts';
import { type Snapshot, Versions } from '../messages/newest.ts';
import { BoardMaker } from './board-maker.ts';
import { exportVotes } from './export-votes.ts';

/** Milliseconds in which several votes become one new board. */
const SETTLE_MS = 50;

/** One open leaderboard: works out what the votes of a folder say, anew whenever there are others. */
export class LeaderboardSession extends Disposable {
  readonly #folder: vscode.Uri;
  readonly #services: Services;
  readonly #store: VoteStore;
  readonly #versions = new Versions();
  readonly #maker = new BoardMaker(timeText);
  readonly #page: HostEnd<LeaderboardMessages>;
  #filter: BoardFilter = ALL_VOTES;
  /** Digest of the best by the votes that the page shows; null while there is no verdict. */
  #best: string | null = null;
  #waiting: NodeJS.Timeout | null = null;

  /** @param tell shows an error with the buttons that help; the page says it too */
  constructor(
    folder: vscode.Uri,
    panel: vscode.WebviewPanel,
    services: Services,
    tell: (error: unknown) => void,
  ) {
    super();
    this.#folder = folder;
    this.#services = services;
    this.#store = voteStoreFor(services, folder);
    const { log } = services;
    const told = async <T>(work: Promise<T>): Promise<T> =>
      work.catch((error: unknown) => {
        tell(error);
        throw error;
      });
    this.#page = this._register(
      new HostEnd<LeaderboardMessages>({
        postbox: panel.webview,
        retained: false,
        onError: error => log.warn('a message to the leaderboard’s page was lost', error),
        handlers: {
          requests: {
            ready: ({ filter }) => this.#show(filter),
            filter: ({ filter }) => this.#show(filter),
            compare: async () => {
              await vscode.commands.executeCommand(COMMANDS.compareModels);
            },
            makeDefault: ({ digest }) => told(this.#makeDefault(digest)),
            exportVotes: () => told(this.#export()),
            openLine: ({ line }) => told(this.#open(line)),
          },
          notices: { fault: fault => log.error(`the leaderboard’s page failed: ${fault}`) },
        },
      }),
    );
    this._register(
      panel.onDidChangeViewState(() => {
        this.#page.setVisible(panel.visible);
      }),
    );
    this._register(this.#store.onDidChange(() => this.#changed()));
    this._register({ dispose: () => clearTimeout(this.#waiting ?? undefined) });
  }

  async #show(filter: BoardFilter): Promise<Snapshot<LeaderboardContent>> {
    this.#filter = filter;
    return this.#content();
  }

  async #content(): Promise<Snapshot<LeaderboardContent>> {
    try {
      await this.#store.ready();
    } catch (error) {
      this.#services.log.warn('the votes cannot be read', error);
      const message = error instanceof Error ? error.message : String(error);
      return this.#versions.of({ kind: 'unreadable', message });
    }
    const { events, wait } = withoutSealed(this.#store.events, voterName(), Date.now());
    if (wait !== null) this.#changed(wait);
    const board = this.#maker.make(events, this.#store.problems, this.#filter);
    this.#best = board.best;
    return this.#versions.of(board);
  }

  /** @param after milliseconds */
  #changed(after = 0): void {
    this.#waiting ??= setTimeout(() => {
      this.#waiting = null;
      void this.#content().then(snapshot => this.#page.publish('content', snapshot));
    }, after + SETTLE_MS);
  }

  async #makeDefault(digest: string): Promise<Outcome> {
    const contender = this.#maker.contender(this.#store.events, digest);
    if (contender === null) {
      throw new Problem('not-found', t('No vote is about that contender any more.'));
    }
    if (!vscode.workspace.isTrusted) {
      const message = t('Trust the game’s folder first, so that its defaults can be written.');
      throw new Problem('untrusted', message);
    }
    const chosen = defaultOf(contender);
    if (digest !== this.#best) {
      const make = t('Make Default');
      const answer = await vscode.window.showWarningMessage(
        t('Make {0} the project’s default without a verdict?', contender.name),
        { modal: true, detail: t('The votes do not say yet that it is the best.') },
        make,
      );
      if (answer !== make) return { done: false, message: '' };
    }
    const message = await makeDefault(this.#services, this.#folder, chosen);
    return { done: true, message };
  }

  async #export(): Promise<Outcome> {
    const votes = this.#maker.votes(this.#store.events);
    const message = await exportVotes(votes, this.#folder);
    return { done: message !== '', message };
  }

  async #open(line: number): Promise<void> {
    const at = new vscode.Position(Math.max(0, line - 1), 0);
    // Not as a document of ours: the editor hands extensions none of more than 50 MB.
    await vscode.commands.executeCommand('vscode.open', this.#store.file, {
      selection: new vscode.Range(at, at),
    });
  }
}

function timeText(iso: string): string {
  return new Date(iso).toLocaleString(vscode.env.language, {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
}
