import { describe, expect, it } from 'vitest';
import type { ResultItem } from '../../../src/extension/panels/messages/results.ts';
import {
  appendPage,
  gridStep,
  insertDrawn,
  refreshPage,
  wholeZoom,
} from '../../../src/webview/results/merge.ts';
import { readState } from '../../../src/webview/results/state.ts';

function item(key: string): ResultItem {
  return {
    key,
    job: key,
    run: 0,
    digest: key,
    prompt: key,
    width: 16,
    height: 16,
    seed: 1,
    placeholder: false,
    kept: false,
    image: null,
  };
}

const page = (search: number, keys: string, more = true) => ({
  search,
  items: [...keys].map(item),
  more,
});
const keysOf = ({ items }: { items: readonly ResultItem[] }) =>
  items.map(({ key }) => key).join('');

describe('the pictures on show', () => {
  it('grow by older pages, without showing one twice', () => {
    expect(keysOf(appendPage(page(1, 'fed'), page(1, 'dcb', false)))).toBe('fedcb');
    expect(appendPage(page(1, 'fed'), page(1, 'dcb', false)).more).toBe(false);
  });

  it('keep their older pages when newer pictures come, and are continued under the new search', () => {
    const refreshed = refreshPage(page(1, 'fedcba', false), page(2, 'hgfe'));
    expect(keysOf(refreshed)).toBe('hgfedcba');
    expect(refreshed).toMatchObject({ search: 2, more: true });
  });

  it('lose what is gone from the newest page', () => {
    expect(keysOf(refreshPage(page(1, 'fedcba'), page(2, 'fdc')))).toBe('fdcba');
  });

  it('begin anew where nothing ties old and new together', () => {
    expect(keysOf(refreshPage(page(1, 'cba'), page(2, 'zyx')))).toBe('zyx');
    expect(keysOf(refreshPage(page(1, 'cba'), page(2, '', false)))).toBe('');
    expect(keysOf(refreshPage(null, page(2, 'zyx')))).toBe('zyx');
  });
});

describe('a picture that has just been drawn', () => {
  const drawn = (job: string, run: number) => ({ ...item(`${job}${run}`), job, run });
  const shown = { search: 1, items: [drawn('c', 0), drawn('c', 2), drawn('a', 0)], more: false };

  it.each([
    ['of a newer job comes first', drawn('d', 0), 'd0c0c2a0'],
    ['of a job on show comes between its runs', drawn('c', 1), 'c0c1c2a0'],
    ['of an older job comes behind newer ones', drawn('b', 0), 'c0c2b0a0'],
    ['that is shown already is not shown twice', drawn('c', 2), 'c0c2a0'],
  ])('%s', (_, newcomer, order) => {
    expect(keysOf(insertDrawn(shown, newcomer))).toBe(order);
  });
});

describe('the keyboard in a grid of three columns and seven pictures', () => {
  it.each([
    ['ArrowRight', 2, 3],
    ['ArrowLeft', 3, 2],
    ['ArrowDown', 1, 4],
    ['ArrowUp', 4, 1],
    ['ArrowDown', 5, null],
    ['ArrowUp', 2, null],
    ['ArrowRight', 6, null],
    ['Home', 5, 0],
    ['End', 0, 6],
    ['x', 0, null],
  ])('%s leads from %d to %s', (key, at, to) => {
    expect(gridStep(key, at, 7, 3)).toBe(to);
  });
});

it('the words of a search come back, and rubbish does not', () => {
  expect(readState({ words: 'sword' })).toEqual({ words: 'sword' });
  expect(readState({ words: 3 })).toEqual({ words: '' });
});

it.each([
  [16, 16, 6],
  [32, 48, 2],
  [64, 64, 1],
  [1024, 512, 1],
])('a sprite of %d by %d cells is shown at the whole zoom %d', (width, height, zoom) => {
  expect(wholeZoom(width, height)).toBe(zoom);
});
