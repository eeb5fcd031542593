import { describe, expect, test } from 'vitest';
import { Fixer, type WorkerLike } from '../../../src/webview/fix/fixer.ts';
import type { Fixed, FromWorker, ToWorker } from '../../../src/webview/fix/worker-messages.ts';

class FakeWorker implements WorkerLike {
  readonly heard: ToWorker[] = [];
  ended = false;
  onmessage: ((event: { data: FromWorker }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;

  postMessage(message: ToWorker): void {
    this.heard.push(message);
  }

  terminate(): void {
    this.ended = true;
  }

  /** Answers the newest request with a sprite of that width. */
  answer(width: number): void {
    const asked = this.heard.findLast(message => message.kind === 'fix');
    if (asked === undefined) throw new Error('Nothing was asked.');
    const { id, picture } = asked;
    this.onmessage?.({ data: { id, picture, fixed: { width } as Fixed } });
  }
}

function makeFixer() {
  const workers: FakeWorker[] = [];
  const fixed: number[] = [];
  const faults: string[] = [];
  const busy: boolean[] = [];
  const fixer = new Fixer(
    () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    {
      onFixed: ({ width }) => fixed.push(width),
      onFault: message => faults.push(message),
      onBusy: now => busy.push(now),
    },
  );
  return { fixer, workers, fixed, faults, busy };
}

const picture = { width: 1, height: 1, pixels: new Uint8Array(4) };
const settings = (size: number) => ({ size: [size, size] as const });

describe('fixing beside the page', () => {
  test('hands a picture over once, and each setting after it', () => {
    const { fixer, workers, fixed } = makeFixer();
    fixer.fix({ picture, settings: settings(8) });
    workers[0]?.answer(8);
    fixer.fix({ picture, settings: settings(16) });
    workers[0]?.answer(16);
    expect(workers[0]?.heard.map(({ kind }) => kind)).toEqual(['picture', 'fix', 'fix']);
    expect(fixed).toEqual([8, 16]);
  });

  test('skips what was overtaken while it worked', () => {
    const { fixer, workers, fixed, busy } = makeFixer();
    for (const size of [8, 9, 10, 11]) fixer.fix({ picture, settings: settings(size) });
    expect(workers[0]?.heard).toHaveLength(2);
    workers[0]?.answer(8);
    expect(fixed).toEqual([]);
    expect(workers[0]?.heard.at(-1)).toMatchObject({ settings: { size: [11, 11] } });
    workers[0]?.answer(11);
    expect(fixed).toEqual([11]);
    expect(busy.at(-1)).toBe(false);
  });

  test('tells what does not work, and goes on', () => {
    const { fixer, workers, faults, fixed } = makeFixer();
    fixer.fix({ picture, settings: settings(8) });
    const asked = workers[0]?.heard.at(-1);
    if (asked?.kind !== 'fix') throw new Error('Nothing was asked.');
    workers[0]?.onmessage?.({ data: { id: asked.id, picture: asked.picture, message: 'No.' } });
    expect(faults).toEqual(['No.']);
    fixer.fix({ picture, settings: settings(4) });
    workers[0]?.answer(4);
    expect(fixed).toEqual([4]);
  });

  test('starts a new worker after one that broke, with the picture', () => {
    const { fixer, workers, faults, fixed, busy } = makeFixer();
    fixer.fix({ picture, settings: settings(8) });
    workers[0]?.onerror?.({ message: 'out of memory' });
    expect(workers[0]?.ended).toBe(true);
    expect(faults).toEqual(['out of memory']);
    expect(busy.at(-1)).toBe(false);
    fixer.fix({ picture, settings: settings(8) });
    expect(workers[1]?.heard.map(({ kind }) => kind)).toEqual(['picture', 'fix']);
    workers[1]?.answer(8);
    expect(fixed).toEqual([8]);
  });
});
