import type { CellSize } from '../prompts/size.ts';
import { sizeText } from '../prompts/size.ts';
import { t } from '../l10n.ts';
import type { Memory } from './pending-jobs.ts';

/** What a person chose beside the prompt. */
export interface Choice {
  size: CellSize;
  count: number;
  /** null: the workflow decides. */
  checkpoint: string | null;
  loras: readonly { name: string; strength: number }[];
  /** null: the worker's first. */
  workflow: string | null;
  /** null: a random one. */
  seed: number | null;
  /** Preset of the project's file; null: its defaults alone. */
  preset: string | null;
}

const CHOICE = 'dgx-pixels.choice.1';
const PROMPTS = 'dgx-pixels.prompts.1';
const PROMPTS_KEPT = 50;
const FIRST: Choice = {
  size: [32, 32],
  count: 1,
  checkpoint: null,
  loras: [],
  workflow: null,
  seed: null,
  preset: null,
};

/** Sizes that are offered; another one can be typed. */
export const COMMON_SIZES: readonly CellSize[] = [
  [16, 16],
  [24, 24],
  [32, 32],
  [48, 48],
  [64, 64],
  [96, 96],
  [128, 128],
  [16, 32],
  [32, 64],
];

/** The choice and the prompts of a workspace. */
export class LastChoice {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  get(): Choice {
    return { ...FIRST, ...(this.#memory.get(CHOICE) as Partial<Choice> | undefined) };
  }

  /** Whether a person ever chose anything here. */
  get made(): boolean {
    return this.#memory.get(CHOICE) !== undefined;
  }

  /** What draws is left to the project's defaults again, as after somebody set them. */
  async leaveToProject(): Promise<void> {
    if (!this.made) return;
    await this.set({ ...this.get(), checkpoint: null, loras: [], workflow: null, preset: null });
  }

  async set(choice: Choice): Promise<void> {
    await this.#memory.update(CHOICE, choice);
  }

  /** Prompts, the newest first. */
  prompts(): readonly string[] {
    return (this.#memory.get(PROMPTS) as string[] | undefined) ?? [];
  }

  async addPrompts(prompts: readonly string[]): Promise<void> {
    const all = [...prompts, ...this.prompts()];
    await this.#memory.update(PROMPTS, [...new Set(all)].slice(0, PROMPTS_KEPT));
  }
}

/** A model's or workflow's name as it is short to read. */
export function shortName(name: string): string {
  return name.replace(/^.*[/\\]/, '').replace(/\.(?:safetensors|ckpt|gguf|pt|sft)$/i, '');
}

/** A choice in one line, for the button that draws. */
export function choiceText({ size, count, seed }: Choice): string {
  const what = count === 1 ? t('1 sprite') : t('{0} sprites', count);
  return `${what}, ${sizeText(size)}${seed === null ? '' : `, ${t('seed {0}', seed)}`}`;
}
