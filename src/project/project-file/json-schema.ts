import * as z from 'zod';
import { projectFileSchema } from './schema.ts';

/** JSON Schema of `.dgx-pixels/project.yaml` as a person writes it, for editors. */
export function projectJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(projectFileSchema, { io: 'input', unrepresentable: 'any' });
  return { ...schema, title: 'DGX-Pixels project' };
}
