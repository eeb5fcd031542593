import type { Channel } from '../../extension/panels/messages/channel.ts';
import type { CompareMessages, Outcome } from '../../extension/panels/messages/compare.ts';
import type { CompareWords } from '../../extension/panels/messages/compare-words.ts';
import { describeError } from '../../extension/panels/messages/message-error.ts';
import { fill } from '../ui/fill.ts';
import type { Wish } from './events.ts';

export type Host = Channel<CompareMessages['host'], CompareMessages['page']>;

/** Commands ask a person, who may take their time. */
const PERSON = { timeoutMs: Infinity };

/** Asks the host, and tells what became of it. */
export class Requests {
  readonly #host: Host;
  readonly #words: CompareWords;
  readonly #say: (message: string) => void;

  /** @param say shows a sentence, or none when it is empty */
  constructor(host: Host, words: CompareWords, say: (message: string) => void) {
    this.#host = host;
    this.#words = words;
    this.#say = say;
  }

  /** Does what a part of the page wants. @param at the set that is shown */
  async grant(wish: Wish, at: number): Promise<void> {
    await this.ask(() => {
      switch (wish.kind) {
        case 'act': {
          const { action, place } = wish;
          return this.#host.request('act', { action, cell: { set: at, place } }, PERSON);
        }
        case 'retry':
        case 'cancel':
          return this.#host.request(wish.kind, { set: wish.set, place: wish.place }, PERSON);
        case 'reveal':
          return this.#host.request('reveal', { set: at }, PERSON);
        case 'makeDefault':
          return this.#host.request('makeDefault', { contender: wish.contender }, PERSON);
        case 'actOnAll':
          return this.#host.request('actOnAll', { action: wish.action }, PERSON);
        case 'setBlind':
          return this.#host.request('setBlind', { blind: wish.blind }, PERSON);
        case 'exportSheet':
          return this.#host.request('exportSheet', { pictures: wish.pictures }, PERSON);
      }
    });
  }

  vote(params: Parameters<CompareMessages['host']['requests']['vote']>[0]): Promise<boolean> {
    return this.ask(() => this.#host.request('vote', params));
  }

  undo(set: number): Promise<boolean> {
    return this.ask(() => this.#host.request('undo', { set }));
  }

  skip(set: number): Promise<boolean> {
    return this.ask(() => this.#host.request('skip', { set }));
  }

  /** Asks and tells the outcome. @returns whether it was done */
  async ask(request: () => Promise<Outcome>): Promise<boolean> {
    let done = false;
    await this.try(async () => {
      this.#say('');
      const outcome = await request();
      ({ done } = outcome);
      this.#say(outcome.message);
    });
    return done;
  }

  /** Tells why something failed. */
  async try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { code, message: reason } = describeError(error);
      if (code !== 'cancelled') this.#say(fill(this.#words.failed, reason));
    }
  }
}
