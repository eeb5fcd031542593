import { describe, expect, it, vi } from 'vitest';
import { History, type HistoryEntry } from '../../../src/worker/builtin/server/queue/history.ts';
import {
  PromptQueue,
  type QueueItem,
} from '../../../src/worker/builtin/server/queue/prompt-queue.ts';

function item(number: number, id: string): QueueItem {
  return [number, id, {}, {}, []];
}

function drain(queue: PromptQueue): string[] {
  const ids: string[] = [];
  for (let next = queue.take(); next !== undefined; next = queue.take()) {
    ids.push(next[1]);
    queue.done();
  }
  return ids;
}

describe('the queue', () => {
  it('hands out by number, then by id, whatever the order of arrival', () => {
    const queue = new PromptQueue(() => undefined);
    const numbers = [5, 3, 9, -2, 3, 7, 0, 8, 1, -4];
    numbers.forEach((number, i) => queue.put(item(number, `id${9 - i}`)));
    expect(drain(queue)).toEqual(
      numbers
        .map((number, i) => ({ number, id: `id${9 - i}` }))
        .sort((a, b) => a.number - b.number || (a.id < b.id ? -1 : 1))
        .map(({ id }) => id),
    );
  });

  it('stays in order after one in the middle is deleted', () => {
    const queue = new PromptQueue(() => undefined);
    for (let i = 0; i < 20; i += 1) queue.put(item((i * 7) % 20, `n${(i * 7) % 20}`));
    expect(queue.delete('n3')).toBe(true);
    expect(queue.delete('n3')).toBe(false);
    expect(drain(queue)).toEqual(
      Array.from({ length: 20 }, (_, i) => `n${i}`).filter(id => id !== 'n3'),
    );
  });

  it('counts the running prompt as remaining and tells of every change', () => {
    const changed = vi.fn();
    const queue = new PromptQueue(changed);
    queue.put(item(0, 'a'));
    queue.take();
    expect(queue.remaining).toBe(1);
    queue.done();
    expect(queue.remaining).toBe(0);
    expect(changed).toHaveBeenCalledTimes(3);
  });
});

describe('the history', () => {
  function entry(id: string): HistoryEntry {
    return {
      prompt: item(0, id),
      outputs: {},
      meta: {},
      status: { status_str: 'success', completed: true, messages: [] },
    };
  }

  function filled(count: number): History {
    const history = new History();
    for (let i = 0; i < count; i += 1) history.add(`h${i}`, entry(`h${i}`));
    return history;
  }

  it('gives the last entries without an offset, and counts from the oldest with one', () => {
    const history = filled(10);
    expect(Object.keys(history.page(3, undefined))).toEqual(['h7', 'h8', 'h9']);
    expect(Object.keys(history.page(3, 2))).toEqual(['h2', 'h3', 'h4']);
    expect(Object.keys(history.page(undefined, undefined))).toHaveLength(10);
    expect(Object.keys(history.page(50, undefined))).toHaveLength(10);
    expect(Object.keys(history.page(undefined, 8))).toEqual(['h8', 'h9']);
  });

  it('drops the oldest beyond ten thousand', () => {
    const history = filled(10_005);
    expect(history.get('h0')).toBeUndefined();
    expect(history.get('h10004')).toBeDefined();
    expect([...history.entries()].length).toBeLessThanOrEqual(10_001);
  });
});
