import { describe, expect, onTestFinished, test } from 'vitest';
import { fillIn, useTranslations } from '../../../../src/extension/l10n.ts';
import { sheetOf, sheetPages } from '../../../../src/extension/panels/compare/sheet-rows.ts';
import { createImage } from '../../../../src/pixels/image.ts';
import { cellCount } from '../../../../src/project/compare/cells.ts';
import { comparison } from '../../project/compare/comparisons.ts';
import { ALICE, BLANK, BOB, complete, drawn, failed, Life, viewOf } from './compared.ts';

describe('a contact sheet', () => {
  const paint = () => createImage(16, 16);

  test('before all is open has places for columns, and names only of open sets', () => {
    const life = complete();
    life.set(0, failed);
    life.knowledge.set(2, { ...BLANK, opened: true });
    const { columns, rows } = sheetOf(viewOf(life), paint);
    expect(columns).toEqual(['Place 1', 'Place 2']);
    const broken = rows[0];
    expect(broken?.label).toEqual([
      'rusty sword  seed 7',
      'Place 1: contender ?   Place 2: contender ?',
    ]);
    expect(broken?.cells).toEqual(['not there yet', 'not there yet']);
    expect(rows[1]?.cells[0]).toMatchObject({ width: 16 });
    expect(rows[2]?.label[1]).toContain('Alice the first');
    expect(JSON.stringify(rows.filter((_, at) => at !== 2))).not.toMatch(/Alice|Bob/);
  });

  test('with all open has a column for each contender in their order', () => {
    const life = complete();
    for (let set = 0; set < 6; set++) life.knowledge.set(set, { ...BLANK, opened: true });
    const painted: number[][] = [];
    const { columns, rows } = sheetOf(viewOf(life), ({ contender: who }) => {
      painted.push([who]);
      return paint();
    });
    expect(columns).toEqual([ALICE.name, BOB.name]);
    expect(painted).toEqual(Array.from({ length: 6 }, () => [[0], [1]]).flat());
    expect(rows[0]?.label).toEqual(['rusty sword  seed 7']);
  });

  test('of very many sets goes on in further files, and holds the pictures of one at a time', async () => {
    const life = new Life(comparison({ contenders: [ALICE, BOB], seeds: { first: 1, count: 60 } }));
    for (let index = 0; index < cellCount(life.spec); index++) life.set(index, drawn);
    life.set(0, failed);
    const sets = 180;
    for (let set = 1; set < sets; set++) life.knowledge.set(set, { ...BLANK, opened: true });
    let read = 0;
    const pages = sheetPages(viewOf(life), ({ cells }) => {
      read += 1;
      return Promise.resolve(new Map(cells.map(({ index }) => [index, paint()])));
    });
    const first = await pages.next();
    const rows = first.done === true ? [] : first.value.rows;
    expect(read).toBeLessThan(sets / 2);
    // The set of the failed cell is blind: nothing of it is read.
    expect(rows[0]?.cells).toEqual(['not there yet', 'not there yet']);
    expect(rows[1]?.cells[0]).toMatchObject({ width: 16 });
    let all = rows.length;
    for await (const page of pages) all += page.rows.length;
    expect([all, read]).toEqual([sets, sets - 1]);
  });

  test('says in words why an open set has no picture, and of what seed it is', async () => {
    const life = complete();
    life.set(0, failed);
    for (let set = 0; set < 6; set++) life.knowledge.set(set, { ...BLANK, opened: true });
    useTranslations((message, ...values) => `<${[message, ...values].join('|')}>`);
    onTestFinished(() => useTranslations(fillIn));
    const pages = sheetPages(viewOf(life), () => Promise.resolve(new Map()));
    const first = await pages.next();
    const [row] = first.done === true ? [] : first.value.rows;
    expect(row?.label).toEqual(['<{0}  seed {1}|rusty sword|7>']);
    expect(row?.cells).toEqual(['<failed>', '<not there yet>']);
  });
});
