import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { PixelsError } from '../../protocol/errors.ts';

export interface DemoPlaces {
  /** Folder of the game that is played. */
  game: string;
  /** Where its sprites go. */
  assets: string;
  /** Its list of sprites. */
  manifest: string;
}

const GAME_FILES = ['index.html', 'game.js', 'style.css', 'sprites.yaml'];

/**
 * The game whose sprites the demo draws. A checkout's own is used in place; an installed package's is copied first, since it
 * belongs to the package.
 * @param program the command line's bundle, in `dist/` of the package
 * @param out where to copy it instead; null = not asked for
 * @throws PixelsError `not-found` when the package lacks its example
 */
export function demoPlaces(program: string, cwd: string, out: string | null): DemoPlaces {
  const root = join(dirname(program), '..');
  const own = join(root, 'examples', 'dungeon');
  if (!existsSync(join(own, 'sprites.yaml'))) {
    throw new PixelsError(
      'not-found',
      `The demo's game is missing at ${own}; install dgx-pixels again.`,
    );
  }
  const isCheckout = existsSync(join(root, 'src', 'cli'));
  const game =
    out !== null ? resolve(cwd, out) : isCheckout ? own : resolve(cwd, 'dgx-pixels-demo');
  if (game !== own) {
    mkdirSync(game, { recursive: true });
    for (const file of GAME_FILES) cpSync(join(own, file), join(game, file));
  }
  return { game, assets: join(game, 'assets'), manifest: join(game, 'sprites.yaml') };
}
