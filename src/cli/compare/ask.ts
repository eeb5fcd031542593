import type { Context } from '../context.ts';

/** Whether somebody is there to answer. */
export function canAsk({ stdin, stderr }: Pick<Context, 'stdin' | 'stderr'>): boolean {
  return stdin.isTTY === true && stderr.isTTY === true;
}

/** Asks a question; `y` alone means yes. */
export async function askYes(
  { stdin, stderr }: Pick<Context, 'stdin' | 'stderr'>,
  question: string,
): Promise<boolean> {
  stderr.write(`${question} [y/N] `);
  const answer = await new Promise<string>(resolve => {
    const heard = (data: Buffer | string): void => {
      stdin.off('data', heard);
      stdin.pause();
      resolve(data.toString());
    };
    stdin.on('data', heard);
    stdin.resume();
  });
  return /^y(?:es)?\s*$/i.test(answer.trim());
}
