import { beforeEach, describe, expect, it } from 'vitest';
import { Sequencer } from '../../../src/client/sequencer.ts';
import type { JournaledEvent } from '../../../src/protocol/events.ts';
import type { MethodResult } from '../../../src/protocol/methods.ts';

type Page = MethodResult<'events.since'>;

function event(seq: number): JournaledEvent {
  return { type: 'models.changed', job: null, seq, at: 0 };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

describe('Sequencer', () => {
  let journal: number;
  let pageSize: number;
  let asked: number[];
  let delivered: number[];
  let resets: number[];
  let problems: string[];
  let answer: (after: number) => Promise<Page>;
  let sequencer: Sequencer;

  beforeEach(() => {
    journal = 0;
    pageSize = 1000;
    asked = [];
    delivered = [];
    resets = [];
    problems = [];
    answer = async after => ({
      events: Array.from({ length: Math.min(pageSize, Math.max(0, journal - after)) }, (_, place) =>
        event(after + 1 + place),
      ),
      seq: journal,
      reset: false,
    });
    sequencer = new Sequencer({
      since: after => {
        asked.push(after);
        return answer(after);
      },
      deliver: ({ seq }) => delivered.push(seq),
      reset: seq => resets.push(seq),
      log: message => problems.push(message),
    });
  });

  it('delivers events in order without asking anything', () => {
    sequencer.start(0);
    for (let seq = 1; seq <= 5; seq++) sequencer.accept(event(seq));
    expect(delivered).toEqual([1, 2, 3, 4, 5]);
    expect(asked).toEqual([]);
  });

  it('delivers nothing before it was started and nothing twice', () => {
    sequencer.accept(event(1));
    sequencer.start(3);
    sequencer.accept(event(3));
    sequencer.accept(event(4));
    sequencer.accept(event(4));
    expect(delivered).toEqual([4]);
  });

  it('fills a gap in pages before anything newer', async () => {
    sequencer.start(0);
    sequencer.accept(event(1));
    journal = 7;
    pageSize = 2;
    sequencer.accept(event(7));
    await settle();
    expect(delivered).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(asked).toEqual([1, 3, 5]);
  });

  it('takes events that come while it catches up once, in order', async () => {
    sequencer.start(0);
    journal = 3;
    sequencer.accept(event(3));
    sequencer.accept(event(4));
    journal = 5;
    sequencer.accept(event(5));
    await settle();
    sequencer.accept(event(6));
    expect(delivered).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('asks for the newest event when the worker says that there is one', async () => {
    sequencer.start(0);
    journal = 2;
    sequencer.notice(2);
    await settle();
    expect(delivered).toEqual([1, 2]);
    sequencer.notice(2);
    await settle();
    expect(asked).toEqual([0]);
  });

  it('tries again at the next sign after a page could not be had', async () => {
    sequencer.start(0);
    journal = 2;
    const works = answer;
    answer = () => Promise.reject(new Error('no connection'));
    sequencer.notice(2);
    await settle();
    expect(problems).toHaveLength(1);
    answer = works;
    sequencer.notice(2);
    await settle();
    expect(delivered).toEqual([1, 2]);
  });

  it('reports a reset and goes on behind it', async () => {
    sequencer.start(0);
    journal = 100;
    answer = async () => ({ events: [], seq: 100, reset: true });
    sequencer.notice(100);
    await settle();
    sequencer.accept(event(101));
    expect(resets).toEqual([100]);
    expect(delivered).toEqual([101]);
  });

  it('does not ask for ever when the worker announced what it does not have', async () => {
    sequencer.start(0);
    sequencer.notice(9);
    await settle();
    expect(asked).toEqual([0]);
    sequencer.accept(event(1));
    expect(delivered).toEqual([1]);
  });

  it('counts events of unknown types as seen', async () => {
    sequencer.start(0);
    answer = async () => ({
      events: [{ type: 'of.the.future', job: null, seq: 1, at: 0 }, event(2)],
      seq: 2,
      reset: false,
    });
    sequencer.notice(2);
    await settle();
    expect(delivered).toEqual([2]);
    expect(sequencer.last).toBe(2);
  });

  it('drops a page that was asked for before it was started anew', async () => {
    sequencer.start(50);
    let reply: (page: Page) => void = () => undefined;
    answer = () => new Promise(resolve => (reply = resolve));
    sequencer.notice(52);
    sequencer.start(3);
    reply({ events: [event(51), event(52)], seq: 52, reset: false });
    await settle();
    sequencer.accept(event(4));
    expect(delivered).toEqual([4]);
  });
});
