import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PROTOCOL_DOCS, renderProtocolDocs } from '../../../scripts/protocol-docs.ts';
import { JOURNALED_EVENTS, LOSSY_EVENTS } from '../../../src/protocol/events.ts';
import { METHODS } from '../../../src/protocol/methods.ts';

it('docs/protocol.md is what `node scripts/protocol-docs.ts` writes', () => {
  expect(readFileSync(PROTOCOL_DOCS, 'utf8')).toBe(renderProtocolDocs());
});

it('docs/protocol.md has a section for every method and event', () => {
  const text = renderProtocolDocs();
  for (const method of Object.keys(METHODS)) expect(text).toContain(`\n### ${method}\n`);
  for (const type of Object.keys({ ...JOURNALED_EVENTS, ...LOSSY_EVENTS })) {
    expect(text).toMatch(new RegExp(`\\n### ${type.replace('.', '\\.')}(/‹.*›)?\\n`));
  }
});
