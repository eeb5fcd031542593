import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PROJECT_SCHEMA, renderProjectSchema } from '../../../../scripts/project-schema.ts';

test('media/schemas/project.schema.json is what `node scripts/project-schema.ts` writes', () => {
  expect(readFileSync(PROJECT_SCHEMA, 'utf8')).toBe(renderProjectSchema());
});

test('the schema refuses unknown keys and tells what each setting is', () => {
  const { properties, additionalProperties } = JSON.parse(renderProjectSchema());
  expect(additionalProperties).toBe(false);
  expect(properties.defaults.additionalProperties).toBe(false);
  for (const section of [properties.defaults, properties.presets.additionalProperties]) {
    for (const [name, setting] of Object.entries<{ description?: string }>(section.properties)) {
      expect(`${name}: ${setting.description ?? ''}`).toMatch(/: .{4}/);
    }
  }
});
