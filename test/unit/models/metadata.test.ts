import { describe, expect, it } from 'vitest';
import { licenseOf, triggerWordsOf } from '../../../src/worker/models/metadata-words.ts';

const tags = (frequency: object, folders?: object) => ({
  ss_tag_frequency: JSON.stringify(frequency),
  ...(folders === undefined ? {} : { ss_dataset_dirs: JSON.stringify(folders) }),
});

describe('trigger words', () => {
  it('are what the trainer wrote as the trigger phrase', () => {
    expect(
      triggerWordsOf({ 'modelspec.trigger_phrase': 'pixelsprite, 16-bit , pixelsprite' }),
    ).toEqual(['pixelsprite', '16-bit']);
  });

  it('are else the tags of nearly every caption', () => {
    const metadata = tags(
      { '10_x': { pixelsprite: 50, 'pixel art': 49, sword: 12 } },
      { '10_x': { n_repeats: 10, img_count: 50 } },
    );
    expect(triggerWordsOf(metadata)).toEqual(['pixelsprite', 'pixel art']);
  });

  it('are none when no tag is in most captions', () => {
    const metadata = tags({ x: { sword: 12, shield: 8 } }, { x: { img_count: 50 } });
    expect(triggerWordsOf(metadata)).toEqual([]);
  });

  it('are none when every tag is in every caption, as with whole sentences', () => {
    const sentence = Object.fromEntries('a sprite of one knight'.split(' ').map(word => [word, 1]));
    expect(triggerWordsOf(tags({ x: { ...sentence, red: 1 } }))).toEqual([]);
  });

  it.each(['', '{', 'null', '[1, 2]', '{"a": null}', '{"a": {"b": "c"}}', '"x"'])(
    'of the tag list %s are none',
    text => {
      expect(triggerWordsOf({ ss_tag_frequency: text, ss_dataset_dirs: text })).toEqual([]);
    },
  );

  it('are single lines of bounded length without control characters', () => {
    const [word] = triggerWordsOf({
      'modelspec.trigger_phrase': `a\u001b[31m\nb${'x'.repeat(500)}`,
    });
    expect(word).toMatch(/^a \[31m bx+…$/);
    expect(word).toHaveLength(100);
  });
});

describe('the licence', () => {
  it('is the one that the metadata names, else none', () => {
    expect(licenseOf({ 'modelspec.license': 'CreativeML Open RAIL++-M' })).toBe(
      'CreativeML Open RAIL++-M',
    );
    expect(licenseOf({ license: ' mit ' })).toBe('mit');
    expect(licenseOf({ 'modelspec.license': ' ' })).toBeNull();
    expect(licenseOf({})).toBeNull();
  });
});
