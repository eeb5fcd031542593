import { parentPort, workerData } from 'node:worker_threads';
import { type CaseResult, runCase, runReduced } from './case.ts';
import { CONDITIONS } from './degrade.ts';
import { loadTruths } from './truth.ts';

/** What a thread is told at its start. */
export interface WorkerInput {
  folder: string | undefined;
}

/** One picture to fix: a truth by its place, a condition by its place; `reduced` asks for half the cells. */
export interface Task {
  truth: number;
  condition: number;
  reduced: boolean;
}

const { folder } = workerData as WorkerInput;
const truths = loadTruths(folder);

parentPort!.on('message', (task: Task) => {
  const truth = truths[task.truth]!;
  const condition = CONDITIONS[task.condition]!;
  const run = task.reduced ? runReduced : runCase;
  void run(truth, condition).then((result: CaseResult) => parentPort!.postMessage(result));
});
