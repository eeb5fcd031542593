import type { ComparePrompt, CompareMode, Contender } from '../../protocol/compare.ts';
import type { Memory } from '../generate/pending-jobs.ts';
import type { CellSize } from '../prompts/size.ts';

/** All that is chosen before models are compared. */
export interface CompareChoice {
  contenders: readonly Contender[];
  prompts: readonly ComparePrompt[];
  /** Cells. */
  size: CellSize;
  /** Number of seeds of each prompt. */
  seeds: number;
  /** null: a random one. */
  seed: number | null;
  mode: CompareMode;
}

const CHOICE = 'dgx-pixels.compare.choice.1';
const FIRST: CompareChoice = {
  contenders: [],
  prompts: [],
  size: [32, 32],
  seeds: 2,
  seed: null,
  mode: 'full',
};

/** What was compared last in a workspace. */
export class LastComparison {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  get(): CompareChoice {
    return { ...FIRST, ...(this.#memory.get(CHOICE) as Partial<CompareChoice> | undefined) };
  }

  /** The seed is chosen anew each time. */
  async set(choice: CompareChoice): Promise<void> {
    await this.#memory.update(CHOICE, { ...choice, seed: null });
  }
}
