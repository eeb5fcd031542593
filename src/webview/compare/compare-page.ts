import { html, LitElement, type TemplateResult } from 'lit';
import type {
  CompareContent,
  CompareMessages,
  Comparison,
  LiveCell,
} from '../../extension/panels/messages/compare.ts';
import type { CompareWords } from '../../extension/panels/messages/compare-words.ts';
import { Newest } from '../../extension/panels/messages/newest.ts';
import { connectHost, editor, pageWords, reportFaults } from '../host.ts';
import { PageState } from '../page-end.ts';
import type { View } from '../stage/viewport.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { newsOf } from './announce.ts';
import { Ballot } from './ballot.ts';
import type { Wish } from './events.ts';
import { focusOf } from './focus.ts';
import { FrameClock, frameCount } from './frames.ts';
import { backdropOf } from './ground.ts';
import type { HelpDialog } from './help-dialog.ts';
import { type Intent, intentOf, REPEATED } from './keys.ts';
import { toggleChosen } from './modes.ts';
import { onStillChange, wantsStill } from './motion.ts';
import type { Overview } from './overview.ts';
import { pageStyles } from './page-styles.ts';
import { Pictures } from './pictures.ts';
import { Previews } from './previews.ts';
import { Requests } from './requests.ts';
import { nextToVote } from './rows.ts';
import type { SetView } from './set-view.ts';
import { settingOf } from './setting-keys.ts';
import { type CompareState, FIRST_STATE, readState, STATE_VERSION } from './state.ts';
import { fetchAhead, Told } from './told.ts';
import type { VoteKey } from './vote.ts';

/** Milliseconds without a movement after which a view is remembered. */
const VIEW_MS = 300;
const NOBODY: ReadonlyMap<string, LiveCell> = new Map();

/** The page of a comparison: what the host tells, what keys and buttons mean, and what is remembered. */
export class ComparePage extends LitElement {
  static override readonly properties = {
    content: { state: true },
    settings: { state: true },
    live: { state: true },
    loaded: { state: true },
    message: { state: true },
    news: { state: true },
    chosen: { state: true },
    still: { state: true },
    playing: { state: true },
  };

  static override readonly styles = [sharedStyles, pageStyles];

  declare private content: CompareContent | null;
  declare private settings: CompareState;
  declare private live: ReadonlyMap<string, LiveCell>;
  /** Counts pictures that came. */
  declare private loaded: number;
  declare private message: string;
  /** What happened by itself, for who does not see it. */
  declare private news: string;
  declare private chosen: readonly number[];
  declare private still: boolean;
  declare private playing: boolean;

  readonly #words = pageWords() as CompareWords;
  readonly #newest = new Newest();
  readonly #stored = new PageState(editor, STATE_VERSION, FIRST_STATE, readState);
  readonly #host = connectHost<CompareMessages>({
    requests: {},
    notices: {
      content: snapshot => {
        this.#newest.take(snapshot, content => this.#show(content));
      },
      live: cells => this.#takeLive(cells),
    },
  });
  readonly #requests = new Requests(this.#host, this.#words, message => (this.message = message));
  readonly #ballot = new Ballot(
    answer => this.#requests.vote(answer),
    () => this.requestUpdate(),
  );
  readonly #told = new Told(
    cell => this.#host.request('details', cell),
    work => this.#requests.try(work),
    () => this.requestUpdate(),
  );
  readonly #pictures = new Pictures(
    cell => this.#host.request('pictures', cell),
    () => (this.loaded += 1),
  );
  readonly #previews = new Previews();
  readonly #clock: FrameClock;
  #viewTimer = 0;
  #endStill: (() => void) | null = null;

  constructor() {
    super();
    this.content = null;
    this.settings = this.#stored.value;
    this.live = NOBODY;
    this.loaded = 0;
    this.message = '';
    this.news = '';
    this.chosen = [];
    this.still = wantsStill();
    this.playing = false;
    this.#clock = new FrameClock(this.settings.fps);
    this.#playOrNot();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#onKey);
    this.#endStill = onStillChange(still => {
      if (still === this.still) return;
      this.still = still;
      this.#playOrNot();
    });
    reportFaults(fault => this.#host.notify('fault', fault));
    void this.#requests.try(async () => {
      const snapshot = await this.#host.request('ready');
      this.#newest.take(snapshot, content => this.#show(content));
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#onKey);
    this.#endStill?.();
  }

  protected override render(): TemplateResult {
    const { content } = this;
    const words = this.#words;
    if (content === null) {
      return this.message === ''
        ? html`<div class="centre"><p role="status">${words.loading}</p></div>`
        : html`<div class="centre"><p role="alert">${this.message}</p></div>`;
    }
    if (content.kind === 'away') {
      return html`<div class="centre"><p role="alert">${content.message}</p></div>`;
    }
    const at = this.#at;
    return html`
      <main
        @intent=${(event: CustomEvent<Intent>) => this.#do(event.detail)}
        @wish=${(event: CustomEvent<Wish>) =>
          void this.#requests.grant(event.detail, this.#at ?? 0)}
        @settings=${(event: CustomEvent<Partial<CompareState>>) => this.#change(event.detail)}
        @note=${(event: CustomEvent<string>) => this.#ballot.write(this.#at ?? 0, event.detail)}
      >
        ${at === null ? this.#overview(content) : this.#set(content, at)}
      </main>
      <footer>
        <span role="status" aria-live="polite">${this.message}</span>
        <span class="hidden" role="status" aria-live="polite">${this.news}</span>
      </footer>
      <dgx-help .words=${words}></dgx-help>
    `;
  }

  #overview(comparison: Comparison): TemplateResult {
    const { settings } = this;
    const kind = settings.raw ? 'raw' : 'fixed';
    return html`
      <dgx-summary .words=${this.#words} .comparison=${comparison} .kind=${kind}></dgx-summary>
      <dgx-overview
        .words=${this.#words}
        .comparison=${comparison}
        .pictures=${this.#pictures}
        .previews=${this.#previews}
        .live=${this.live}
        .kind=${kind}
        .frames=${settings.frames}
        .backdrop=${backdropOf(settings.backdrop, settings.color)}
        .loaded=${this.loaded}
        @open=${(event: CustomEvent<number>) => this.#go(event.detail)}
      ></dgx-overview>
    `;
  }

  #set(comparison: Comparison, at: number): TemplateResult {
    const { settings } = this;
    const cells = comparison.sets[at]?.cells ?? [];
    return html`<dgx-set
      .words=${this.#words}
      .comparison=${comparison}
      .at=${at}
      .pictures=${this.#pictures}
      .previews=${this.#previews}
      .clock=${this.#clock}
      .settings=${settings}
      .chosen=${this.chosen}
      .voting=${this.#ballot.voting}
      .busy=${this.#ballot.busy}
      .note=${this.#ballot.noteOf(at)}
      .more=${nextToVote(comparison, at) !== null}
      .live=${cells.some((_, place) => this.live.has(`${at}/${place}`)) ? this.live : NOBODY}
      .loaded=${this.loaded}
      .details=${this.#told.of(comparison, at)}
      .backdrop=${backdropOf(settings.backdrop, settings.color)}
      .still=${this.still}
      .playing=${this.playing}
      @view=${(event: CustomEvent<View | null>) => this.#rememberView(event.detail)}
      @complete=${() => this.#ballot.shown(at, performance.now())}
    ></dgx-set>`;
  }

  protected override updated(): void {
    const { content } = this;
    const at = this.#at;
    if (content?.kind !== 'comparison' || at === null || !this.#ballot.wasShown(at)) return;
    fetchAhead(this.#pictures, content, at);
  }

  get #at(): number | null {
    const { content, settings } = this;
    if (content?.kind !== 'comparison' || settings.set === null) return null;
    return settings.set < content.sets.length ? settings.set : null;
  }

  get #help(): HelpDialog | null {
    return this.renderRoot.querySelector('dgx-help');
  }

  get #setView(): SetView | null {
    return this.renderRoot.querySelector('dgx-set');
  }

  #show(content: CompareContent): void {
    const before = this.content;
    this.content = content;
    if (content.kind === 'away') return;
    if (this.#stored.value.job !== content.job) this.#stored.set({ job: content.job });
    if (before?.kind !== 'comparison' || before.contenders !== content.contenders) {
      this.chosen = Array.from({ length: content.contenders }, (_, place) => place);
    }
    const at = this.#at;
    const news = before?.kind === 'comparison' ? newsOf(this.#words, before, content, at) : '';
    if (news !== '') this.news = news;
    if (at !== null && content.sets[at]?.phase !== 'votable') this.#ballot.reset();
  }

  #takeLive(cells: readonly LiveCell[]): void {
    this.#previews.take(cells);
    this.live = new Map(cells.map(cell => [`${cell.set}/${cell.place}`, cell]));
  }

  #change(change: Partial<CompareState>): void {
    this.settings = { ...this.settings, ...change, view: this.#stored.value.view };
    this.#stored.set(change);
    const count = frameCount(this.settings.frames);
    if (change.fps !== undefined) this.#clock.setFps(performance.now(), count, change.fps);
    if (change.frames === undefined) return;
    this.#playOrNot();
    this.#setView?.stage?.fit();
  }

  /** Frames run by themselves unless the person wants nothing to move. */
  #playOrNot(): void {
    const count = frameCount(this.settings.frames);
    if (count > 1 && !this.still) this.#clock.play(performance.now());
    else this.#clock.pause(performance.now(), count);
    this.playing = this.#clock.playing;
  }

  #rememberView(view: View | null): void {
    clearTimeout(this.#viewTimer);
    this.#viewTimer = setTimeout(() => this.#stored.set({ view }), VIEW_MS);
  }

  /** Opens a set, or the overview. */
  #go(set: number | null): void {
    const before = this.#at;
    this.#change({ set });
    this.#ballot.reset();
    this.message = '';
    this.#pictures.forgetWaiting();
    void this.updateComplete.then(() => {
      if (set !== null) this.#setView?.focusHeading();
      else this.renderRoot.querySelector<Overview>('dgx-overview')?.focusRow(before ?? 0);
    });
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const { content } = this;
    if (content?.kind !== 'comparison' || event.defaultPrevented || this.#help?.open) return;
    const focus = focusOf(event.composedPath());
    if (focus === 'field' && (event.key === 'Escape' || event.key === 'Enter')) {
      this.#setView?.focusHeading();
      return;
    }
    const intent = intentOf(event, this.#at === null ? 'overview' : 'set', focus);
    if (intent === null) return;
    event.preventDefault();
    if (!event.repeat || REPEATED.has(intent.name)) this.#do(intent);
  };

  #do({ name, place }: Intent): void {
    const { content, settings } = this;
    if (content?.kind !== 'comparison') return;
    const at = this.#at;
    const stage = this.#setView?.stage ?? null;
    const setting = settingOf(name, settings);
    if (setting !== null) {
      // Without motion, blink goes on by hand.
      const step = name === 'blink' && settings.mode === 'blink' && this.still;
      if (step) stage?.stepBlink();
      else this.#change(setting);
      return;
    }
    switch (name) {
      case 'pick':
      case 'tie':
      case 'noneGood':
      case 'confirm':
      case 'leave':
        if (at !== null) this.#press({ name, place }, content, at);
        return;
      case 'undo':
        if (at !== null) this.#undo(content, at);
        return;
      case 'skip':
        if (at !== null) void this.#skip(content, at);
        return;
      case 'note':
        this.#setView?.voteBar?.writeNote();
        return;
      case 'nextToVote':
        this.#goOn(content, at);
        return;
      case 'previous':
      case 'next': {
        const to = (at ?? 0) + (name === 'next' ? 1 : -1);
        if (to >= 0 && to < content.sets.length) this.#go(to);
        return;
      }
      case 'choose':
        this.chosen = toggleChosen(this.chosen, place, content.contenders);
        return;
      case 'zoomIn':
      case 'zoomOut':
        stage?.zoomBy(name === 'zoomIn' ? 1 : -1);
        return;
      case 'fit':
        stage?.fit();
        return;
      case 'trueSize':
        stage?.zoomTo(1);
        return;
      case 'play':
      case 'frameBack':
      case 'frameOn':
        this.#moveFrames(name);
        stage?.refresh();
        return;
      case 'help':
        this.#help?.show();
        return;
      default:
      // Heard where they happen.
    }
  }

  #moveFrames(name: 'play' | 'frameBack' | 'frameOn'): void {
    const count = frameCount(this.settings.frames);
    const now = performance.now();
    if (name !== 'play') this.#clock.step(now, count, name === 'frameOn' ? 1 : -1);
    else if (this.#clock.playing) this.#clock.pause(now, count);
    else if (count > 1) this.#clock.play(now);
    this.playing = this.#clock.playing;
  }

  #press(key: VoteKey, comparison: Comparison, at: number): void {
    const pressed = this.#ballot.press(key, comparison, at, performance.now());
    const { notVotable, cannotVote } = this.#words;
    if (pressed === 'refused') this.message = comparison.canVote ? notVotable : cannotVote;
    if (pressed !== 'elsewhere') return;
    if (key.name === 'leave') this.#go(null);
    else this.#goOn(comparison, at);
  }

  #undo(comparison: Comparison, set: number): void {
    if (comparison.sets[set]?.best == null) this.message = this.#words.nothingToUndo;
    else void this.#requests.undo(set);
  }

  async #skip(comparison: Comparison, set: number): Promise<void> {
    if (comparison.sets[set]?.phase !== 'votable') return;
    const done = await this.#requests.skip(set);
    if (done && this.#at === set) this.#goOn(comparison, set);
  }

  #goOn(comparison: Comparison, from: number | null): void {
    const next = nextToVote(comparison, from);
    if (next === null) this.message = this.#words.nothingToVote;
    else this.#go(next);
  }
}
