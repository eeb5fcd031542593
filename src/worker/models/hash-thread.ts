import { constants, platform, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { readFacts } from './facts.ts';
import { ModelFileError } from './safetensors/problem.ts';
import { scanFile } from './safetensors/scan.ts';
import type { ThreadAnswer, ThreadTask } from './thread-messages.ts';

/*
 * The thread that reads model files. Its reads block, which is what it is for; between the pieces of a large file it looks at
 * what else it was asked, so that a header never waits for gigabytes.
 */

function lowerPriority(): void {
  // Elsewhere than on Linux this would slow down the whole process.
  if (platform() !== 'linux') return;
  try {
    setPriority(constants.priority.PRIORITY_LOW);
  } catch {
    // Hashing is then as urgent as the rest.
  }
}

function answer(message: ThreadAnswer): void {
  parentPort?.postMessage(message);
}

async function scan(id: number, path: string): Promise<void> {
  try {
    const pause = (): Promise<void> => new Promise(resolve => void setImmediate(resolve));
    answer({ id, scan: await scanFile(path, pause) });
  } catch (error) {
    const problem =
      error instanceof ModelFileError
        ? error.toProblem()
        : { kind: 'unreadable' as const, what: `it cannot be read (${String(error)})` };
    answer({ id, problem });
  }
}

lowerPriority();
parentPort?.on('message', (task: ThreadTask) => {
  if (task.task === 'facts') answer({ id: task.id, facts: readFacts(task.path, task.kind) });
  else void scan(task.id, task.path);
});
