import { PixelsError } from '../protocol/errors.ts';
import { type Lora, loraSchema } from '../protocol/recipe.ts';
import { describeIssues } from '../protocol/validate.ts';

/**
 * Reads a LoRA as a person writes it: `name`, `name:0.8`, or `name:0.8:0.5` with a strength of its own on the text encoder.
 * @throws PixelsError `invalid-params`
 */
export function parseLora(text: string): Lora {
  const [name = '', strength, clipStrength, ...rest] = text.split(':').map(part => part.trim());
  const numbers = [strength, clipStrength].filter(part => part !== undefined);
  const wellFormed = numbers.every(part => /^[+-]?(\d+\.?\d*|\.\d+)$/.test(part));
  if (rest.length > 0 || !wellFormed) {
    throw new PixelsError(
      'invalid-params',
      `"${text}" is not a LoRA with a strength; write it as name:0.8.`,
    );
  }
  const parsed = loraSchema.safeParse({
    name,
    ...(strength !== undefined && { strength: Number(strength) }),
    ...(clipStrength !== undefined && { clipStrength: Number(clipStrength) }),
  });
  if (parsed.success) return parsed.data;
  const { sentence } = describeIssues(parsed.error);
  throw new PixelsError('invalid-params', `The LoRA "${text}" is not valid: ${sentence}.`);
}
