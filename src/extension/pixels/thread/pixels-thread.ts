import { parentPort } from 'node:worker_threads';
import { codeOf } from '../../problem.ts';
import { type TaskAnswer, type TaskMessage, TASKS } from './tasks.ts';

/*
 * A bundle of its own, dist/extension-pixels-thread.cjs: work on pictures beside the editor's extension host, which must not
 * stand still for it.
 */
parentPort?.on('message', ({ id, task, params }: TaskMessage) => {
  let answer: TaskAnswer;
  try {
    answer = { id, result: TASKS[task](params as never) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    answer = { id, error: { code: codeOf(error), message } };
  }
  parentPort?.postMessage(answer);
});
