import { execFile } from 'node:child_process';
import type { Environment } from '../context.ts';

const TIMEOUT_MS = 300;

/**
 * Whether the terminal around tmux shows Sixel: tmux says so of itself whenever it was built with it, and paints a
 * placeholder where the terminal cannot. When tmux does not tell, its own word counts.
 */
export function tmuxShowsSixel(environment: Environment): Promise<boolean> {
  return new Promise(resolve => {
    execFile(
      'tmux',
      ['display-message', '-p', '#{client_termfeatures}'],
      { timeout: TIMEOUT_MS, env: environment },
      (error, stdout) => {
        const features = error === null ? stdout.trim() : '';
        resolve(features === '' || features.split(',').includes('sixel'));
      },
    );
  });
}
