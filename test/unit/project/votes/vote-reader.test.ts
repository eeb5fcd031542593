import { describe, expect, it } from 'vitest';
import { voteEventSchema } from '../../../../src/project/votes/vote-event.ts';
import { VoteReader } from '../../../../src/project/votes/vote-reader.ts';
import { contender, idOf, skip, undo, vote } from './events.ts';

const lora = {
  name: 'pixel.safetensors',
  strength: 0.8,
  clipStrength: 0.5,
  sha256: '7'.repeat(64),
};
const rich = contender('rich "{}', {
  loras: [lora],
  checkpointSha256: 'e'.repeat(64),
  seconds: null,
});
const first = vote(1, ['a', 'b'], ['a']);
const second = {
  ...vote(2, ['a', 'b'], []),
  contenders: [contender('b'), rich, contender('a', { image: '9'.repeat(64), seconds: 0.25 })],
  best: [rich.digest, contender('a').digest],
  note: '"contenders":[{"digest":"',
};

/** A reader that has read its contenders before, so that it knows them. */
function practised(): VoteReader {
  const reader = new VoteReader();
  for (const event of [first, second]) reader.read(JSON.stringify(event));
  return reader;
}

describe('a reader that knows the contenders', () => {
  it('reads what the schema reads', () => {
    const reader = practised();
    for (const event of [first, second, undo(3, 1), skip(4, 2), second]) {
      const line = JSON.stringify(event);
      expect(reader.read(line)).toEqual(voteEventSchema.parse(JSON.parse(line)));
    }
  });

  it('keeps what votes share once', () => {
    const reader = practised();
    const [one, other] = [first, vote(3, ['a', 'b'], ['b'])].map(event =>
      reader.read(JSON.stringify(event)),
    );
    if (typeof one !== 'object' || one.kind !== 'vote') throw new Error('not read');
    if (typeof other !== 'object' || other.kind !== 'vote') throw new Error('not read');
    expect(one.contenders[0]?.settings).toBe(other.contenders[0]?.settings);
    expect(one.contenders[0]?.loras).toBe(other.contenders[0]?.loras);
  });

  const [a, b] = [contender('a'), contender('b')];
  const edits: [what: string, changes: object][] = [
    ['a later version', { v: 2 }],
    ['an old version', { v: 0 }],
    ['another kind', { kind: 'veto' }],
    ['an id in capitals', { id: idOf(10).toUpperCase() }],
    ['a time without milliseconds', { time: '2026-11-01T10:00:00Z' }],
    ['a time on no day', { time: '2026-02-30T10:00:00.000Z' }],
    ['a time on the last day', { time: '2028-02-29T10:00:00.000Z' }],
    ['a time with an offset', { time: '2026-11-01T10:00:00.000+01:00' }],
    ['no voter', { voter: '' }],
    ['a voter of many words', { voter: 'x'.repeat(201) }],
    ['a job that is none', { job: 'mine' }],
    ['half a set', { set: 1.5 }],
    ['a set before the first', { set: -1 }],
    ['one contender', { contenders: [a] }],
    ['the same twice', { contenders: [a, a], best: [] }],
    ['five', { contenders: [a, b, rich, contender('c'), contender('d')] }],
    ['a contender with another name', { contenders: [a, { ...b, name: 'other' }] }],
    ['a contender without a name', { contenders: [a, { ...b, name: '' }] }],
    ['a contender with more', { contenders: [a, { ...b, more: 1 }] }],
    ['a contender without a time', { contenders: [a, { ...b, seconds: undefined }] }],
    ['a contender with a time in words', { contenders: [a, { ...b, seconds: '3' }] }],
    ['an image that is none', { contenders: [a, { ...b, image: 'x' }] }],
    ['settings of another kind', { contenders: [a, { ...b, settings: { steps: [28] } }] }],
    [
      'a LoRA without a strength',
      { contenders: [a, { ...b, loras: [{ name: 'x', sha256: null }] }] },
    ],
    ['a best that was not shown', { best: ['d'.repeat(64)] }],
    ['a best named twice', { best: [a.digest, a.digest] }],
    ['best in words', { best: a.digest }],
    ['a recipe that is none', { recipe: 'x' }],
    ['no prompt', { prompt: undefined }],
    ['a seed below zero', { seed: -1 }],
    ['an unknown category', { category: 'hero' }],
    ['a size in words', { size: '32x48' }],
    ['a size of one number', { size: 32 }],
    ['a size of three', { size: [1, 2, 3] }],
    ['a huge size', { size: [32, 513] }],
    ['another mode', { mode: 'sketch' }],
    ['a duration below zero', { durationMs: -1 }],
    ['a duration in words', { durationMs: '5' }],
    ['a long note', { note: 'x'.repeat(2001) }],
    ['no note', { note: undefined }],
    ['more fields', { more: true }],
  ];
  for (const [what, changes] of edits) {
    it(`reads ${what} as the schema does`, () => {
      const line = JSON.stringify({ ...first, ...changes });
      const parsed = voteEventSchema.safeParse(JSON.parse(line));
      const read = practised().read(line);
      if (parsed.success) expect(read).toEqual(parsed.data);
      else expect(typeof read).toBe('string');
    });
  }

  const text = JSON.stringify(first);
  const tricks: [what: string, line: string][] = [
    ['an endless duration', text.replace('"durationMs":1500', '"durationMs":1e999')],
    ['an endless time', text.replaceAll('"seconds":3.5', '"seconds":-1e999')],
    ['a number that is none', text.replaceAll('"seconds":3.5', '"seconds":03.5')],
    ['two lists of contenders', text.replace('"seed"', '"contenders":[],"seed"')],
    ['another list before it', text.replace('"set"', '"contenders":7,"set"')],
    ['contenders in something else', text.replace('"v":1', '"v":1,"x":{"y":0').replace(/$/, '}')],
    ['no comma behind the settings', text.replaceAll('},"seconds"', '};"seconds"')],
    ['a comma too many', text.replace('],"best"', ',],"best"')],
    ['a field too many in a contender', text.replaceAll('"seconds":3.5', '"seconds":3.5,"x":1')],
    ['a brace in an image', text.replaceAll('"image":"b', '"image":"}')],
    ['a torn line', text.slice(0, -5)],
    ['a line torn in a contender', text.slice(0, text.indexOf('"image"') + 5)],
    ['blanks between its parts', JSON.stringify(first, null, 1).replaceAll('\n', '')],
  ];
  for (const [what, line] of tricks) {
    it(`is not misled by ${what}`, () => {
      let expected: unknown = 'refused';
      try {
        const parsed = voteEventSchema.safeParse(JSON.parse(line));
        if (parsed.success) expected = parsed.data;
      } catch {
        // No JSON.
      }
      const read = practised().read(line);
      expect(typeof read === 'string' ? 'refused' : read).toEqual(expected);
    });
  }
});
