import { describe, expect, test } from 'vitest';
import { placeName, shuffledPlaces } from '../../../../src/project/compare/blind.ts';

const JOB = '01932f5a-7b3c-7def-8123-456789abcdef';

describe('the places of a set', () => {
  test('are the same after every reload', () => {
    // Written down, since an open comparison must look the same after an update.
    const places = [0, 1, 2, 3].map(set => shuffledPlaces(JOB, set, 4).join(''));
    expect(places).toEqual(['1032', '1230', '0123', '3120']);
  });

  test.each([2, 3, 4])('hold each of %i contenders once', contenders => {
    for (let set = 0; set < 50; set++) {
      const places = shuffledPlaces(JOB, set, contenders);
      expect([...places].sort()).toEqual(Array.from({ length: contenders }, (_, at) => at));
    }
  });

  test.each([2, 3, 4])(
    'come in every order about equally often, with %i contenders',
    contenders => {
      const counts = new Map<string, number>();
      const sets = 6000;
      for (let set = 0; set < sets; set++) {
        const order = shuffledPlaces(JOB, set, contenders).join('');
        counts.set(order, (counts.get(order) ?? 0) + 1);
      }
      const orders = [1, 1, 2, 6, 24][contenders] ?? 0;
      expect(counts.size).toBe(orders);
      const expected = sets / orders;
      const chiSquare = [...counts.values()].reduce(
        (sum, count) => sum + (count - expected) ** 2 / expected,
        0,
      );
      // Beyond this in one of 10,000 jobs: 15.1, 25.7 and 58.6 at 1, 5 and 23 degrees of freedom.
      expect(chiSquare).toBeLessThan(contenders === 2 ? 15.1 : contenders === 3 ? 25.7 : 58.6);
    },
  );

  test('differ between jobs', () => {
    const orders = (job: string) =>
      Array.from({ length: 40 }, (_, set) => shuffledPlaces(job, set, 4).join('')).join(' ');
    expect(orders(JOB)).not.toBe(orders(JOB.replace('a', 'b')));
  });

  test('are named A to D from the left', () => {
    const places = shuffledPlaces(JOB, 3, 4);
    expect(places.map(contender => placeName(JOB, 3, 4, contender)).join('')).toBe('ABCD');
  });
});
