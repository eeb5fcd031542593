import { describe, expect, test } from 'vitest';
import { PixelsError } from '../../../../src/protocol/errors.ts';
import { type CompareInput, compareSpecSchema } from '../../../../src/protocol/compare.ts';
import { checkCompare, checkConfirmed } from '../../../../src/project/compare/check.ts';
import { contenderNames } from '../../../../src/project/compare/contenders.ts';
import { draftWorkflow } from '../../../../src/project/compare/draft.ts';
import { comparison } from './comparisons.ts';

function refusal(act: () => void): PixelsError {
  try {
    act();
  } catch (error) {
    if (PixelsError.is(error)) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('a comparison', () => {
  test.each([1, 5])('of %i contenders is refused by the schema, which says why', count => {
    const contenders = Array.from({ length: count }, (_, place) => ({ steps: place + 1 }));
    const parsed = compareSpecSchema.safeParse({ ...comparison(), contenders });
    expect(parsed.error?.issues[0]?.message).toContain('two to four contenders');
  });

  test('of two identical contenders is refused, and says which', () => {
    const spec = comparison({
      contenders: [
        { name: 'one', loras: [{ name: 'x', strength: 1 }] },
        { name: 'other', steps: 9 },
        { name: 'same', loras: [{ name: 'x', clipStrength: 1 }] },
      ],
    });
    const error = refusal(() => checkCompare(spec));
    expect(error.code).toBe('invalid-params');
    expect(error.message).toContain('1 ("one") and 3 ("same") are identical');
    expect(error.data).toEqual({ contenders: [0, 2] });
  });

  test('counts what a contender repeats of the base as no difference', () => {
    const spec = comparison({ base: { steps: 20 }, contenders: [{ steps: 20 }, {}] });
    expect(refusal(() => checkCompare(spec)).message).toContain('identical');
  });

  test('of two contenders with one name is refused', () => {
    const spec = comparison({
      contenders: [
        { name: 'A', steps: 1 },
        { name: 'a', steps: 2 },
      ],
    });
    expect(refusal(() => checkCompare(spec)).message).toContain('both named "a"');
  });

  test('with a seed twice is refused', () => {
    expect(refusal(() => checkCompare(comparison({ seeds: [4, 5, 4] }))).message).toContain('4');
  });

  test('of a contender with a LoRA of no strength and one without it is refused', () => {
    const spec = comparison({
      contenders: [{ checkpoint: 'a' }, { checkpoint: 'a', loras: [{ name: 'x', strength: 0 }] }],
    });
    expect(refusal(() => checkCompare(spec)).message).toContain('identical');
    const onTextAlone = { name: 'x', strength: 0, clipStrength: 0.5 };
    const other = comparison({
      contenders: [{ checkpoint: 'a' }, { checkpoint: 'a', loras: [onTextAlone] }],
    });
    expect(() => checkCompare(other)).not.toThrow();
  });

  test('with a prompt twice in one size is refused: its sets would count twice', () => {
    const twice = [{ prompt: 'knight' }, { prompt: 'gem' }, { prompt: 'knight', category: 'icon' }];
    const error = refusal(() =>
      checkCompare(comparison({ prompts: twice as CompareInput['prompts'] })),
    );
    expect(error.message).toContain('"knight" is in the list twice');
    const sized = [{ prompt: 'knight' }, { prompt: 'knight', size: '16x16' as const }];
    expect(() => checkCompare(comparison({ prompts: sized }))).not.toThrow();
  });

  test('of more cells than a job can have is refused', () => {
    const spec = comparison({ seeds: { first: 0, count: 4096 } });
    expect(refusal(() => checkCompare(spec)).code).toBe('too-large');
  });

  test('of more than a thousand cells needs to be confirmed with their number', () => {
    const many = { seeds: { first: 0, count: 167 } };
    expect(() => checkConfirmed(comparison({ seeds: { first: 0, count: 166 } }))).not.toThrow();
    const error = refusal(() => checkConfirmed(comparison(many)));
    expect(error.data).toMatchObject({ runs: 1002 });
    expect(() => checkConfirmed(comparison({ ...many, confirmed: 1001 }))).toThrow(PixelsError);
    expect(() => checkConfirmed(comparison({ ...many, confirmed: 1002 }))).not.toThrow();
  });
});

describe('the names of contenders', () => {
  test('are their own, else what they change, numbered where they are equal', () => {
    expect(
      contenderNames([
        { name: 'house' },
        {
          checkpoint: 'sdxl/arcade.safetensors',
          loras: [{ name: 'p/x.safetensors', strength: 0.8 }],
        },
        {
          checkpoint: 'other/arcade.safetensors',
          loras: [{ name: 'q/x.safetensors', strength: 0.8 }],
        },
        {},
      ]),
    ).toEqual(['house', 'arcade + x 0.8', 'arcade + x 0.8 (2)', 'base']);
  });
});

describe('drafts', () => {
  test('of the usual workflow have one of their own', () => {
    expect(draftWorkflow(comparison())).toBe('draft-sdxl');
    expect(draftWorkflow(comparison({ base: { workflow: 'sprite-sdxl' } }))).toBe('draft-sdxl');
  });

  test('of other workflows, of several and of images have none', () => {
    expect(draftWorkflow(comparison({ base: { workflow: 'mine' } }))).toBeNull();
    expect(draftWorkflow(comparison({ contenders: [{ workflow: 'mine' }, {}] }))).toBeNull();
    const init = { image: 'a'.repeat(64) };
    expect(draftWorkflow(comparison({ base: { init } }))).toBeNull();
  });
});
