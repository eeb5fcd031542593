import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectJsonSchema } from '../src/project/project-file/json-schema.ts';

export const PROJECT_SCHEMA = join(
  import.meta.dirname,
  '..',
  'media',
  'schemas',
  'project.schema.json',
);

/** Text of the file, made of the code's own schema. */
export function renderProjectSchema(): string {
  return `${JSON.stringify(projectJsonSchema(), null, 2)}\n`;
}

if (import.meta.main) {
  mkdirSync(dirname(PROJECT_SCHEMA), { recursive: true });
  writeFileSync(PROJECT_SCHEMA, renderProjectSchema());
}
