import { Worker } from 'node:worker_threads';
import type { CaseResult } from './case.ts';
import type { Task, WorkerInput } from './worker.ts';

/** Runs tasks in threads; the results are in the order of the tasks. */
export async function runAll(
  tasks: readonly Task[],
  input: WorkerInput,
  threads: number,
): Promise<CaseResult[]> {
  const results = new Array<CaseResult>(tasks.length);
  let next = 0;
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: input });
    try {
      while (next < tasks.length) {
        const place = next++;
        results[place] = await answerOf(worker, tasks[place]!);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: threads }, work));
  return results;
}

function answerOf(worker: Worker, task: Task): Promise<CaseResult> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off('message', answered);
      worker.off('error', failed);
    };
    const answered = (result: CaseResult): void => {
      settle();
      resolve(result);
    };
    const failed = (error: Error): void => {
      settle();
      reject(error);
    };
    worker.on('message', answered);
    worker.on('error', failed);
    worker.postMessage(task);
  });
}
