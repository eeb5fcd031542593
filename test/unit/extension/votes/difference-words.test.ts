import { afterEach, expect, it } from 'vitest';
import { fillIn, useTranslations } from '../../../../src/extension/l10n.ts';
import {
  differencesInWords,
  differenceText,
} from '../../../../src/extension/votes/difference-words.ts';
import { contender } from '../../project/votes/events.ts';

afterEach(() => useTranslations(fillIn));

const lora = { name: 'px', strength: 0.8, sha256: null };
const one = contender('a', { loras: [lora], vae: 'v', settings: { steps: 8, cfg: 7 } });
const other = contender('a', { settings: { cfg: 7, negative: 'blur' } });

it('what tells two contenders of one name apart is a line', () => {
  expect(differenceText(differencesInWords(one, other))).toBe(
    'VAE: v, not the checkpoint’s own; LoRAs: px:0.8, not none; negative prompt: left open, not blur; steps: 8, not left open',
  );
  expect(differenceText([])).toBe('');
});

it('it is in the editor’s language but for names and values', () => {
  useTranslations((message, ...values) =>
    values.length === 0 ? message.toUpperCase() : `<${values.join(' ')}>`,
  );
  expect(differenceText(differencesInWords(one, other))).toBe(
    '<VAE v THE CHECKPOINT’S OWN>; <LORAS px:0.8 NONE>; <NEGATIVE PROMPT LEFT OPEN blur>; <STEPS 8 LEFT OPEN>',
  );
});
