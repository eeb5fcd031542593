import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type {
  CellDetails,
  ComparedPrompt,
  Comparison,
  LiveCell,
  SetState,
} from '../../extension/panels/messages/compare.ts';
import type { CompareWords } from '../../extension/panels/messages/compare-words.ts';
import type { Backdrop } from '../stage/backdrop.ts';
import type { Ground } from '../stage/painter.ts';
import type { Point, Size, View } from '../stage/viewport.ts';
import { fill } from '../ui/fill.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { button } from '../ui/toolkit.ts';
import type { Wanted } from './about.ts';
import type { CompareStage } from './compare-stage.ts';
import { controlStyles } from './control-styles.ts';
import type { DifferenceBar } from './difference-bar.ts';
import { sendIntent } from './events.ts';
import type { FrameClock } from './frames.ts';
import type { Loupe } from './loupe.ts';
import type { Pictures } from './pictures.ts';
import { placeInfos } from './place-info.ts';
import type { Player } from './player.ts';
import type { Previews } from './previews.ts';
import { SetPictures } from './set-pictures.ts';
import { setViewStyles } from './set-view-styles.ts';
import type { CompareState } from './state.ts';
import type { SetTools } from './tools.ts';
import { RoundTrip } from './view-map.ts';
import type { VoteBar } from './vote-bar.ts';
import type { Voting } from './vote.ts';

/** One set: its pictures, the tools to hold them against each other, the answer, and what is told after it. */
export class SetView extends LitElement {
  static override readonly properties = {
    words: { attribute: false },
    comparison: { attribute: false },
    at: { attribute: false },
    settings: { attribute: false },
    chosen: { attribute: false },
    voting: { attribute: false },
    busy: { attribute: false },
    note: { attribute: false },
    more: { attribute: false },
    live: { attribute: false },
    loaded: { attribute: false },
    details: { attribute: false },
    backdrop: { attribute: false },
    still: { attribute: false },
    playing: { attribute: false },
  };

  static override readonly styles = [sharedStyles, controlStyles, setViewStyles];

  declare words: CompareWords;
  declare comparison: Comparison;
  declare at: number;
  declare settings: CompareState;
  declare chosen: readonly number[];
  declare voting: Voting;
  declare busy: boolean;
  declare note: string;
  declare more: boolean;
  declare live: ReadonlyMap<string, LiveCell>;
  declare loaded: number;
  declare details: readonly (CellDetails | null)[];
  declare backdrop: Backdrop | Ground;
  declare still: boolean;
  declare playing: boolean;

  pictures: Pictures | null = null;
  previews: Previews | null = null;
  clock: FrameClock | null = null;
  readonly #shown = new SetPictures();
  readonly #roundTrip = new RoundTrip();

  get stage(): CompareStage | null {
    return this.renderRoot.querySelector('dgx-stage');
  }

  get voteBar(): VoteBar | null {
    return this.renderRoot.querySelector('dgx-vote');
  }

  protected override willUpdate(): void {
    const set = this.#set();
    if (set === undefined || this.pictures === null) return;
    const { raw, frames } = this.settings;
    const old = this.#shown.update(this.pictures, { set, at: this.at, raw, frames });
    if (old !== null) this.#cross(old);
  }

  /** The same place in the other resolution. */
  #cross(old: Size): void {
    const { stage } = this;
    if (stage === null) return;
    const view = this.#roundTrip.cross(stage.view, old, this.#shown.joint.size);
    stage.view = view;
    this.dispatchEvent(new CustomEvent('view', { detail: view }));
  }

  #set(): SetState | undefined {
    return this.comparison.sets[this.at];
  }

  protected override render(): TemplateResult | typeof nothing {
    const { words, settings, comparison } = this;
    const set = this.#set();
    if (set === undefined) return nothing;
    const infos = placeInfos(set, {
      from: this,
      words,
      at: this.at,
      voting: this.voting,
      shown: this.#shown,
      live: this.live,
      previews: this.previews,
      onRetry: name => this.pictures?.retry(name),
    });
    const { joint, fixed } = this.#shown;
    const open = set.cells.some(cell => cell.open !== null);
    const prompt = comparison.prompts[set.prompt];
    return html`
      ${this.#heading(set, prompt?.prompt ?? '')}
      <div class="tools" role="toolbar" aria-label=${words.toolbar}>
        <dgx-tools
          .words=${words}
          .settings=${settings}
          .contenders=${set.cells.length}
          .chosen=${this.chosen}
          .still=${this.still}
          .hasRaw=${!settings.raw || this.#shown.anyRaw}
        ></dgx-tools>
        <dgx-player
          .words=${words}
          .frames=${settings.frames}
          .fps=${settings.fps}
          .playing=${this.playing}
        ></dgx-player>
      </div>
      <dgx-stage
        .words=${words}
        .infos=${infos}
        .joint=${joint}
        .mode=${settings.mode}
        .chosen=${this.chosen}
        .frames=${settings.frames}
        .backdrop=${this.backdrop}
        .opacity=${settings.opacity}
        .raw=${settings.raw}
        .grid=${settings.grid}
        .still=${this.still}
        .clock=${this.clock}
        @view=${(event: CustomEvent<View | null>) =>
          this.dispatchEvent(new CustomEvent('view', { detail: event.detail }))}
        @zoom=${(event: CustomEvent<number>) => this.#showZoom(event.detail)}
        @cell=${this.#onCell}
        @frame=${this.#onFrame}
      ></dgx-stage>
      ${
        settings.mode === 'difference'
          ? html`<dgx-difference
              .words=${words}
              .joint=${joint}
              .chosen=${this.chosen}
              .frames=${settings.frames}
            ></dgx-difference>`
          : nothing
      }
      ${
        settings.loupe
          ? html`<dgx-loupe .words=${words} .joint=${joint} .frames=${settings.frames}></dgx-loupe>`
          : nothing
      }
      <dgx-vote
        .words=${words}
        .set=${set}
        .at=${this.at}
        .voting=${this.voting}
        .canVote=${comparison.canVote}
        .busy=${this.busy}
        .note=${this.note}
        .titles=${infos.map(({ title }, place) => title || String(place + 1))}
        .more=${this.more}
      ></dgx-vote>
      ${
        open
          ? html`<dgx-details
              .words=${words}
              .set=${set}
              .sprites=${fixed}
              .details=${this.details}
              .wanted=${wantedOf(prompt, settings)}
            ></dgx-details>`
          : nothing
      }
    `;
  }

  #heading(set: SetState, prompt: string): TemplateResult {
    const { words, comparison } = this;
    const { length } = comparison.sets;
    return html`<header>
      ${button({ label: words.toOverview, hint: `${words.toOverview} (Esc)`, onClick: () => sendIntent(this, 'leave') })}
      <span class="group">
        ${button({ label: '‹', hint: `${words.previous} (←)`, disabled: this.at === 0, onClick: () => sendIntent(this, 'previous') })}
        <h2 tabindex="-1">${fill(words.setOf, this.at + 1, length)}</h2>
        ${button({ label: '›', hint: `${words.next} (→)`, disabled: this.at === length - 1, onClick: () => sendIntent(this, 'next') })}
      </span>
      <span class="prompt" title=${prompt}>${prompt}</span>
      <span class="faint">${fill(words.seed, set.seed)}</span>
      <span class="end"
        >${button({ label: '?', hint: words.help, onClick: () => sendIntent(this, 'help') })}</span
      >
    </header>`;
  }

  /** Puts the focus on the set's heading, so that its number is read out and keys reach the page. */
  focusHeading(): void {
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  protected override firstUpdated(): void {
    const { stage } = this;
    if (stage !== null) stage.view = this.settings.view;
  }

  protected override updated(): void {
    const { stage } = this;
    const set = this.#set();
    if (stage === null || set === undefined) return;
    this.#showZoom(stage.zoom);
    this.#showFrame(stage.frame);
    const complete =
      set.cells.length > 0 && set.cells.every((_, place) => this.#shown.fixed[place] != null);
    if (complete && set.phase === 'votable') {
      this.dispatchEvent(new CustomEvent('complete', { detail: this.at }));
    }
  }

  #showZoom(zoom: number): void {
    const tools = this.renderRoot.querySelector<SetTools>('dgx-tools');
    if (tools !== null) tools.zoom = zoom;
  }

  readonly #onCell = (event: CustomEvent<Point | null>): void => {
    const loupe = this.renderRoot.querySelector<Loupe>('dgx-loupe');
    if (loupe !== null) loupe.cell = event.detail;
  };

  readonly #onFrame = (event: CustomEvent<number>): void => this.#showFrame(event.detail);

  /** Up to sixty times a second: only what tells of the frame changes. */
  #showFrame(frame: number): void {
    const parts = this.renderRoot.querySelectorAll<Player | Loupe | DifferenceBar>(
      'dgx-player, dgx-loupe, dgx-difference',
    );
    for (const part of parts) part.frame = frame;
  }
}

/** What the set's sprites are held against. */
function wantedOf(prompt: ComparedPrompt | undefined, { frames }: CompareState): Wanted {
  const [width, height] = prompt?.size ?? [0, 0];
  const size = prompt === undefined ? null : { width, height };
  return { size, tile: prompt?.category === 'tile', frames };
}
