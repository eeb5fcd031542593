import { describe, expect, it } from 'vitest';
import { LatestOnly, Newest, Versions } from '../../../src/extension/panels/messages/newest.ts';

function deferred() {
  let resolve: (value: string) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<string>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

describe('the newest state', () => {
  it('is not overwritten by an older one that arrives later', () => {
    const versions = new Versions();
    const older = versions.of('older');
    const newer = versions.of('newer');
    const newest = new Newest();
    const seen: string[] = [];
    for (const state of [newer, older]) newest.take(state, value => seen.push(value));
    expect(seen).toEqual(['newer']);
  });
});

describe('work of which only the latest counts', () => {
  it('drops the result and the fault of what was superseded, and aborts it', async () => {
    const latest = new LatestOnly();
    const seen: string[] = [];
    const signals: AbortSignal[] = [];
    const start = (outcome: Promise<string>) =>
      latest.run(
        signal => {
          signals.push(signal);
          return outcome;
        },
        value => seen.push(value),
      );
    const slow = deferred();
    const broken = deferred();
    const first = start(slow.promise);
    const second = start(broken.promise);
    const third = start(Promise.resolve('third'));
    expect(await third).toBe(true);
    slow.resolve('first');
    broken.reject(new Error('too late to matter'));
    expect(await first).toBe(false);
    expect(await second).toBe(false);
    expect(seen).toEqual(['third']);
    expect(signals.map(signal => signal.aborted)).toEqual([true, true, false]);
  });

  it('passes on the fault of the latest', async () => {
    const latest = new LatestOnly();
    const work = latest.run(
      () => Promise.reject(new Error('broken')),
      () => undefined,
    );
    await expect(work).rejects.toThrow('broken');
  });
});
