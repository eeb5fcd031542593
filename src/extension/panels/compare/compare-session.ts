import * as vscode from 'vscode';
import type { WorkerClient } from '../../../client/worker-client.ts';
import { setsOf } from '../../../project/compare/sets.ts';
import { Disposable, type Ends, Holder } from '../../dispose.ts';
import { Emitter } from '../../emitter.ts';
import { t } from '../../l10n.ts';
import { codeOf, Problem } from '../../problem.ts';
import type { Services } from '../../services.ts';
import type { CompareContent, CompareMessages, LiveCell, Outcome } from '../messages/compare.ts';
import { type Snapshot, Versions } from '../messages/newest.ts';
import type { Handlers } from '../messages/shape.ts';
import { Ballots } from './ballots.ts';
import { actOnCell } from './cell-actions.ts';
import { detailsOf } from './cell-details.ts';
import { picturesOf } from './cell-pictures.ts';
import { imageOf } from './cell-run.ts';
import { CompareJob, type JobChange } from './compare-job.ts';
import {
  buildComparison,
  cellsOfSet,
  type CompareFacts,
  setPhaseOf,
  showsPictures,
} from './compare-state.ts';
import { ContenderModels } from './contender-models.ts';
import { exportSheet } from './export-sheet.ts';
import { liveCells } from './live-cells.ts';
import { makeDefault } from './make-default.ts';
import { OpenedSets } from './opened-sets.ts';
import { PictureNames } from './picture-names.ts';
import { type CompareView, done, notDone, setOf, type ViewedSet } from './session-parts.ts';
import { cancelCells, retryCells } from './set-actions.ts';
import { SetVoting } from './set-voting.ts';
import { StandingBoard } from './standing-board.ts';
import { Throttle } from './throttle.ts';
import { voteFault, type VotePlace } from './vote-place.ts';
import { actOnComparison } from './whole-actions.ts';

export interface SessionParts {
  services: Services;
  job: string;
  /** The game's folder for a comparison's project key; null where none is open. */
  folderOf: (project: string | null) => vscode.Uri | null;
  /** Where votes of a folder go; null where none can be written. */
  votesIn: (folder: vscode.Uri) => VotePlace;
  openPanel: (job: string) => void;
  /** Told when more names of a comparison are shown. */
  onOpened: (job: string) => void;
}

/** All that is made once the comparison is known. */
interface Known {
  folder: vscode.Uri | null;
  votes: VotePlace | null;
  opened: OpenedSets;
  ballots: Ballots;
  models: ContenderModels;
  board: StandingBoard;
  voting: SetVoting;
}

/** Milliseconds between two states; a cell that was finished is told of sooner. */
const STATE_MS = 100;
const CELL_MS = 16;
const LIVE_MS = 100;
/** Milliseconds in which a page waits for its first state. */
const FIRST_MS = 4_000;

/**
 * The host's side of one comparison's panel. It alone knows who drew what: what it tells of a set depends on whether this person was
 * shown its names.
 */
export class CompareSession extends Disposable {
  readonly job: CompareJob;
  readonly #parts: SessionParts;
  readonly #versions = new Versions();
  readonly #names = new PictureNames();
  readonly #told: Emitter<Snapshot<CompareContent>>;
  readonly #toldLive: Emitter<readonly LiveCell[]>;
  readonly #previews = this._register(new Holder<Ends>());
  readonly #states: Throttle;
  readonly #lives: Throttle;
  #known: Known | null = null;
  #visible = false;
  #loaded: Promise<void> | null = null;
  #hadLive = false;

  constructor(parts: SessionParts) {
    super();
    this.#parts = parts;
    const { services } = parts;
    const onError = (error: unknown) => services.log.error('a listener failed', error, parts.job);
    this.#told = this._register(new Emitter(onError));
    this.#toldLive = this._register(new Emitter(onError));
    this.#states = this._register(new Throttle(() => this.#told.fire(this.snapshot())));
    this.#lives = this._register(new Throttle(() => this.#tellLive()));
    this.job = this._register(new CompareJob(parts.job, services));
    this._register(this.job.onDidChange(change => this.#heard(change)));
    this._register(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#states.ask(STATE_MS)));
    this._register(
      services.jobs.onEvent(({ type }) => {
        if (type === 'models.changed') this.#known?.board.modelsChanged();
      }),
    );
  }

  /** Told of each new state. */
  get onContent(): Emitter<Snapshot<CompareContent>>['event'] {
    return this.#told.event;
  }

  /** Told of open cells that are being drawn, while the panel is visible. */
  get onLive(): Emitter<readonly LiveCell[]>['event'] {
    return this.#toldLive.event;
  }

  /** Reads the comparison, once. @param start whether a local worker may be started for it */
  load(start: boolean): Promise<void> {
    this.#loaded ??= this.job.load(start);
    return this.#loaded;
  }

  setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    this.#previews.set(visible ? this.#parts.services.jobs.watchPreviews() : null);
    // A person looks at it now.
    if (visible && this.job.view.kind === 'away') void this.job.load(true);
  }

  /** The state as it is now. */
  snapshot(): Snapshot<CompareContent> {
    return this.#versions.of(this.#content());
  }

  /** All sets with their cells, for actions and tests. @throws Problem while the comparison is not known */
  view(): CompareView {
    const { view: job, runs } = this.job;
    const known = this.#known;
    if (job.kind === 'away' || known === null) {
      const message = job.kind === 'away' ? job.message : t('The comparison is not known yet.');
      throw new Problem('not-found', message);
    }
    const { spec } = job;
    const sets = setsOf(spec).map((place): ViewedSet => {
      const cells = cellsOfSet({ job: job.job, spec, runs }, place.set);
      const knowledge = known.ballots.knowledgeOf(place.set);
      return { place, cells, knowledge, phase: setPhaseOf(cells, knowledge) };
    });
    return {
      services: this.#parts.services,
      job: job.job,
      spec,
      models: known.models,
      sets,
      allOpen: sets.every(({ phase }) => phase === 'open'),
      folder: known.folder,
      client: () => this.#client(),
      openPanel: this.#parts.openPanel,
    };
  }

  /** Answers to the page. */
  readonly handlers: Handlers<CompareMessages['host']> = {
    requests: {
      ready: async () => {
        await Promise.race([
          this.load(this.#visible),
          new Promise(resolve => setTimeout(resolve, FIRST_MS)),
        ]);
        return this.snapshot();
      },
      pictures: async ({ set, place, only }) => {
        const { phase, cells } = setOf(this.view(), set);
        if (!showsPictures(phase)) {
          throw new Problem('blind', t('The pictures are shown when all of the set are there.'));
        }
        const image = imageOf(cells[place]?.run);
        if (image === null) throw new Problem('not-found', t('This picture is not there.'));
        return picturesOf(this.#client(), image, only !== 'fixed');
      },
      details: address => detailsOf(this.view(), address),
      vote: ballot => this.#answered(() => this.#mine().voting.vote(ballot), true),
      undo: ({ set }) => this.#answered(() => this.#mine().voting.undo(set), true),
      skip: ({ set }) => this.#answered(() => this.#mine().voting.skip(set), true),
      reveal: ({ set }) => this.#answered(() => this.#mine().voting.reveal(set)),
      setBlind: ({ blind }) => this.#answered(() => this.#setBlind(blind)),
      act: ({ action, cell }) => this.#answered(() => actOnCell(this.view(), action, cell)),
      retry: target => this.#answered(() => retryCells(this.view(), target), this.#blindAt(target)),
      cancel: target =>
        this.#answered(() => cancelCells(this.view(), target), this.#blindAt(target)),
      actOnAll: ({ action }) => this.#answered(() => actOnComparison(this.view(), action)),
      exportSheet: ({ pictures }) => this.#answered(() => exportSheet(this.view(), pictures)),
      makeDefault: ({ contender }) => this.#answered(() => makeDefault(this.view(), contender)),
    },
    notices: {
      fault: fault => this.#parts.services.log.error(`a comparison’s page failed: ${fault}`),
    },
  };

  /** Opens every set for good. Nobody is asked: {@link handlers} do that. */
  async openAll(): Promise<void> {
    const { opened, voting } = this.#mine();
    const sets = this.view().sets.map(({ place }) => place.set);
    voting.unsealAll();
    await opened.setBlind(false, sets);
    this.#parts.onOpened(this.#parts.job);
    this.#states.ask(0);
  }

  #heard(change: JobChange): void {
    if (this.job.view.kind === 'known' && this.#known === null) this.#begin();
    if (change === 'live') {
      if (this.#visible) this.#lives.ask(LIVE_MS);
      return;
    }
    this.#states.ask(change === 'cell' ? CELL_MS : STATE_MS);
    if (this.#hadLive) this.#lives.ask(LIVE_MS);
    this.#known?.board.runsChanged();
  }

  /** The comparison is known: who votes where can be told. */
  #begin(): void {
    const { view } = this.job;
    if (view.kind === 'away') return;
    const { services, job, folderOf, votesIn } = this.#parts;
    const folder = folderOf(view.job.project);
    const votes = folder === null ? null : votesIn(folder);
    const opened = new OpenedSets(services.context.workspaceState, job);
    const events = () => votes?.log.events ?? [];
    const ballots = new Ballots({ job, voter: votes?.voter ?? '', events, opened });
    const models = new ContenderModels(job, view.spec);
    const board = this._register(
      new StandingBoard({
        models,
        events,
        voter: votes?.voter ?? '',
        runs: () => this.job.runs,
        client: () => services.link.current,
        onChange: () => this.#states.ask(STATE_MS),
        log: services.log,
      }),
    );
    const voting = this._register(
      new SetVoting({
        view: () => this.view(),
        votes: () => (this.#canVote() && votes !== null ? votes : cannotVote()),
        ballots,
        onChange: () => this.#states.ask(0),
        onOpened: () => this.#parts.onOpened(job),
      }),
    );
    this.#known = { folder, votes, opened, ballots, models, board, voting };
    if (votes === null) return;
    const read = (): void => {
      ballots.refresh();
      board.votesChanged();
      this.#states.ask(STATE_MS);
    };
    this._register(votes.log.onDidChange(read));
    votes.log
      .ready()
      .then(read)
      .catch((error: unknown) => services.log.error('votes could not be read', error, job));
  }

  #content(): CompareContent {
    const { view, runs } = this.job;
    const known = this.#known;
    if (view.kind === 'away' || known === null) {
      const message = view.kind === 'away' ? view.message : '';
      return { kind: 'away', message: message === '' ? t('Reading the comparison…') : message };
    }
    const facts: CompareFacts = {
      job: view.job,
      spec: view.spec,
      runs,
      knowledgeOf: set => known.ballots.knowledgeOf(set),
      pictureName: (cell, digest) => this.#names.nameOf(cell, digest),
      blind: known.opened.blind,
      next: votable => known.board.next(votable),
      standing: allOpen => known.board.text(allOpen),
      canVote: this.#canVote(),
    };
    return buildComparison(facts);
  }

  #canVote(): boolean {
    return this.#known?.votes != null && vscode.workspace.isTrusted;
  }

  #tellLive(): void {
    const { view, live } = this.job;
    const known = this.#known;
    if (view.kind === 'away' || known === null || !this.#visible) return;
    const isOpen = (set: number): boolean => known.ballots.knowledgeOf(set).opened;
    const cells = liveCells(view.job.id, view.spec, live, isOpen);
    if (cells.length === 0 && !this.#hadLive) return;
    this.#hadLive = cells.length > 0;
    this.#toldLive.fire(cells);
  }

  #client(): WorkerClient {
    const { current } = this.#parts.services.link;
    if (current === null) throw new Problem('disconnected', t('No worker is connected.'));
    return current;
  }

  #mine(): Known {
    if (this.#known === null) throw new Problem('not-found', t('The comparison is not known yet.'));
    return this.#known;
  }

  /** Whether words about a set may name nobody. */
  #blindAt({ set }: { set: number }): boolean {
    return this.job.view.kind === 'known' && this.#known?.ballots.knowledgeOf(set).opened !== true;
  }

  /** A fault becomes a sentence; of a blind set none of the worker's, which may name a model. */
  async #answered(work: () => Promise<Outcome>, blind = false): Promise<Outcome> {
    const { log } = this.#parts.services;
    try {
      return await work();
    } catch (error) {
      if (codeOf(error) === 'cancelled') return notDone();
      log.error('a wish of a comparison’s panel failed', error, this.#parts.job);
      if (blind) return notDone(voteFault(error));
      return notDone(error instanceof Error ? error.message : String(error));
    }
  }

  async #setBlind(blind: boolean): Promise<Outcome> {
    const { opened } = this.#mine();
    if (blind === opened.blind) return done();
    if (blind) {
      await opened.setBlind(true, []);
      this.#states.ask(0);
      return done(t('Sets that were open stay open.'));
    }
    const show = t('Show All Names');
    const answer = await vscode.window.showWarningMessage(
      t('Show who drew what in every set?'),
      {
        modal: true,
        detail: t('Sets that you have not voted on can never be voted on by you after that.'),
      },
      show,
    );
    if (answer !== show) return notDone();
    await this.openAll();
    return done();
  }
}

function cannotVote(): string {
  return vscode.workspace.isTrusted
    ? t('Open the game’s folder to vote: votes are kept in its .dgx-pixels/votes.jsonl.')
    : t('Votes are written once you trust this workspace.');
}
