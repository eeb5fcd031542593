/** Bundles have a copy of this file each; what they count is one. */
const COUNT = Symbol.for('dgx-pixels.questions');

const shared = globalThis as { [COUNT]?: number };

/** Whether one of our questions is open at the top of the window. */
export function isAsking(): boolean {
  return (shared[COUNT] ?? 0) > 0;
}

/** Counts a question as open until it is answered or left. */
export async function asking<T>(question: PromiseLike<T>): Promise<T> {
  shared[COUNT] = (shared[COUNT] ?? 0) + 1;
  try {
    return await question;
  } finally {
    shared[COUNT] -= 1;
  }
}
