import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PROJECT_SCHEMA, renderProjectSchema } from '../../../../scripts/project-schema.ts';

test('media/schemas/project.schema.json is what `node scripts/project-schema.ts` writes', () => {
  expect(readFileSync(PROJECT_SCHEMA, 'utf8')).toBe(renderProjectSchema());
});

interface Shape {
  description?: string;
  properties: Record<string, Shape>;
  additionalProperties: false | Shape;
}

test('the schema refuses unknown keys and tells what each setting is', () => {
  const { properties, additionalProperties } = JSON.parse(renderProjectSchema()) as Shape;
  expect(additionalProperties).toBe(false);
  const preset = properties['presets']?.additionalProperties;
  const sections = [properties['defaults'], preset === false ? undefined : preset];
  for (const section of sections) {
    expect(section?.additionalProperties).toBe(false);
    const settings = Object.entries(section?.properties ?? {});
    expect(settings.length).toBeGreaterThan(10);
    for (const [name, { description = '' }] of settings) {
      expect(`${name}: ${description}`).toMatch(/: .{4}/);
    }
  }
});
