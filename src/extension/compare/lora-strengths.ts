import type { Contender } from '../../protocol/compare.ts';

/** Reads `0.6, 0.8, 1`; null for anything else. */
export function parseStrengths(text: string): number[] | null {
  const parts = text.split(/[,;\s]+/).filter(part => part !== '');
  const numbers = parts.map(Number);
  const fine = numbers.every(number => Number.isFinite(number) && Math.abs(number) <= 10);
  return parts.length > 0 && fine ? [...new Set(numbers)] : null;
}

/** A LoRA on a checkpoint, once for each strength; at 0 the checkpoint without it. */
export function withStrengths(
  checkpoint: string | null,
  lora: string,
  strengths: readonly number[],
): Contender[] {
  return strengths.map(strength => ({
    ...(checkpoint !== null && { checkpoint }),
    loras: strength === 0 ? [] : [{ name: lora, strength }],
  }));
}
