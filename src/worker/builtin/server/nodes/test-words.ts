import { NodeFailure, outOfMemory } from '../failures.ts';

/**
 * Words in a positive prompt that make the sampler misbehave on purpose, so that clients can be
 * tested against every end a run can have.
 */
export interface TestWords {
  /** `__nan__`: the picture comes out black, as when a model overflows. */
  nan: boolean;
  /** `__slow__`: every step takes ten times as long. */
  slow: boolean;
}

/**
 * @throws NodeFailure for `__fail__` (RuntimeError) and `__oom__` (torch.OutOfMemoryError)
 */
export function readTestWords(prompt: string): TestWords {
  const words = new Set(prompt.match(/__[a-z]+__/g));
  if (words.has('__fail__')) {
    throw new NodeFailure('RuntimeError', 'The prompt holds the test word __fail__.');
  }
  if (words.has('__oom__')) throw outOfMemory(40);
  return { nan: words.has('__nan__'), slow: words.has('__slow__') };
}
