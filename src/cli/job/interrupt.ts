import type { Context } from '../context.ts';
import type { ProgressDisplay } from './progress-display.ts';

const CTRL_C = '\u0003';
const QUESTION = 'Cancel this job? y or Ctrl-C cancels it, n goes on; it runs meanwhile. ';

/** What is done about Ctrl-C while a job runs. */
export interface Interrupt {
  /** Ends the watch; the terminal is as before. */
  close(): void;
}

/**
 * Watches for Ctrl-C. On a terminal the first one asks and the job goes on meanwhile; `y` or a second one cancels. Where nobody
 * can answer, the first one cancels. After `onCancel`, a further Ctrl-C calls `onForce`.
 */
export function watchInterrupt(
  context: Pick<Context, 'stdin' | 'stderr' | 'signals'>,
  display: ProgressDisplay,
  onCancel: () => void,
  onForce: () => void,
): Interrupt {
  const { stdin, stderr, signals } = context;
  const canAsk =
    stdin.isTTY === true && stderr.isTTY === true && typeof stdin.setRawMode === 'function';
  let state: 'watching' | 'asking' | 'cancelling' = 'watching';

  const endQuestion = () => {
    stdin.off('data', onKey);
    stdin.setRawMode?.(false);
    stdin.pause();
  };
  const cancel = () => {
    state = 'cancelling';
    display.resume();
    onCancel();
  };
  const onKey = (data: Buffer | string) => {
    const key = data.toString()[0]?.toLowerCase();
    if (key === 'y' || key === CTRL_C) {
      endQuestion();
      stderr.write('cancelling\n');
      cancel();
    } else if (key !== undefined) {
      endQuestion();
      stderr.write('going on\n');
      state = 'watching';
      display.resume();
    }
  };
  const onSignal = () => {
    if (state === 'cancelling') onForce();
    else if (state === 'asking') onKey(CTRL_C);
    else if (canAsk) {
      state = 'asking';
      display.pause();
      stderr.write(`\n${QUESTION}`);
      stdin.setRawMode?.(true);
      stdin.on('data', onKey);
      stdin.resume();
    } else cancel();
  };
  signals.on('SIGINT', onSignal);
  return {
    close: () => {
      signals.off('SIGINT', onSignal);
      if (state !== 'asking') return;
      endQuestion();
      stderr.write('the job has ended\n');
    },
  };
}
