import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Answer, Requests } from '../../../src/client/requests.ts';
import { encodeErrorReply, encodeReply } from '../../../src/protocol/envelope.ts';
import { PixelsError } from '../../../src/protocol/errors.ts';

interface Extra {
  retries?: number;
  timeoutMs?: number;
  early?: boolean;
  signal?: AbortSignal;
}

describe('Requests', () => {
  let sent: number[];
  let stray: unknown[];
  let requests: Requests;

  beforeEach(() => {
    vi.useFakeTimers();
    sent = [];
    stray = [];
    requests = new Requests(
      (_, id) => sent.push(id),
      error => stray.push(error),
    );
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  function ask(extra: Extra = {}): { id: number; answer: Promise<Answer>; code: Promise<string> } {
    const id = requests.nextId();
    const answer = new Promise<Answer>((resolve, reject) => {
      requests.add({
        method: 'ping',
        id,
        frames: [new Uint8Array([id])],
        timeoutMs: extra.timeoutMs ?? 1000,
        retries: extra.retries ?? 0,
        early: extra.early ?? false,
        brief: true,
        signal: extra.signal,
        resolve,
        reject,
      });
    });
    const code = answer.then(
      () => 'answered',
      (error: unknown) => (PixelsError.is(error) ? error.code : String(error)),
    );
    return { id, answer, code };
  }

  it('sends nothing before the worker knows us, except what is early', () => {
    const late = ask();
    const early = ask({ early: true });
    expect(sent).toEqual([early.id]);
    requests.open();
    expect(sent).toEqual([early.id, late.id]);
  });

  it('gives each answer to the request that it belongs to', async () => {
    requests.open();
    const first = ask();
    const second = ask();
    requests.answer([encodeReply(second.id, 'two'), new Uint8Array([9])]);
    requests.answer([encodeReply(first.id, 'one')]);
    expect((await first.answer).result).toBe('one');
    expect(await second.answer).toEqual({ result: 'two', frames: [new Uint8Array([9])] });
  });

  it('turns an error reply into the error', async () => {
    requests.open();
    const one = ask();
    requests.answer([encodeErrorReply(one.id, { code: 'not-found', message: 'm' })]);
    expect(await one.code).toBe('not-found');
  });

  it('gives up after the time limit when it may not send again', async () => {
    requests.open();
    const one = ask({ timeoutMs: 500 });
    await vi.advanceTimersByTimeAsync(490);
    expect(sent).toEqual([one.id]);
    await vi.advanceTimersByTimeAsync(20);
    expect(await one.code).toBe('timeout');
    expect(sent).toEqual([one.id]);
  });

  it('sends what may be repeated again after a pause, then gives up', async () => {
    requests.open();
    const one = ask({ timeoutMs: 500, retries: 2 });
    await vi.advanceTimersByTimeAsync(510);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(150);
    expect(sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent).toEqual([one.id, one.id, one.id]);
    expect(await one.code).toBe('timeout');
  });

  it('takes an answer that comes while it pauses', async () => {
    requests.open();
    const one = ask({ timeoutMs: 500, retries: 2 });
    await vi.advanceTimersByTimeAsync(510);
    requests.answer([encodeReply(one.id, 'late')]);
    expect((await one.answer).result).toBe('late');
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent).toHaveLength(1);
  });

  it('keeps what may be repeated over a broken connection and fails the rest', async () => {
    requests.open();
    const repeatable = ask({ retries: 2 });
    const once = ask();
    requests.disconnected();
    const later = ask();
    expect(await once.code).toBe('disconnected');
    expect(sent).toEqual([repeatable.id, once.id]);
    requests.open();
    expect(sent).toEqual([repeatable.id, once.id, repeatable.id, later.id]);
  });

  it('says that it was never sent when no connection came in time', async () => {
    const one = ask({ timeoutMs: 100 });
    await vi.advanceTimersByTimeAsync(200);
    await expect(one.answer).rejects.toMatchObject({
      code: 'disconnected',
      data: { sent: false },
    });
    requests.open();
    expect(sent).toEqual([]);
  });

  it('keeps a message that the socket refused for the next connection', () => {
    requests.open();
    const one = ask();
    requests.refused(one.id);
    const two = ask();
    expect(sent).toEqual([one.id]);
    requests.open();
    expect(sent).toEqual([one.id, one.id, two.id]);
  });

  it('withdraws a request when its signal aborts, whether it was sent or not', async () => {
    const unsent = new AbortController();
    const one = ask({ signal: unsent.signal });
    unsent.abort();
    requests.open();
    expect(sent).toEqual([]);
    const abort = new AbortController();
    const two = ask({ signal: abort.signal, retries: 2 });
    abort.abort();
    requests.answer([encodeReply(two.id, 'late')]);
    expect(await one.code).toBe('cancelled');
    expect(await two.code).toBe('cancelled');
    expect(await ask({ signal: AbortSignal.abort() }).code).toBe('cancelled');
    expect(stray).toEqual([]);
  });

  it('keeps at most 256 requests under way and sends the next when one is answered', () => {
    requests.open();
    const all = Array.from({ length: 300 }, () => ask());
    expect(sent).toHaveLength(256);
    requests.answer([encodeReply(all[0]!.id, null)]);
    expect(sent).toHaveLength(257);
    for (const { id } of all) requests.answer([encodeReply(id, null)]);
    expect(new Set(sent).size).toBe(300);
  });

  it('reports replies that are no replies and errors without a request', () => {
    requests.open();
    requests.answer([new Uint8Array([0xc1])]);
    requests.answer([]);
    requests.answer([encodeErrorReply(0, { code: 'malformed-message', message: 'm' })]);
    requests.answer([encodeReply(12_345, 'of nobody')]);
    expect(stray).toHaveLength(3);
  });

  it('fails everything at its end and whatever is asked later', async () => {
    requests.open();
    const one = ask({ retries: 2 });
    requests.end(new PixelsError('key-rejected', 'm'));
    expect(await one.code).toBe('key-rejected');
    expect(await ask().code).toBe('key-rejected');
  });
});
