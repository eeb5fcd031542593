import { type Command, Option } from 'commander';
import { leaderboardOf } from '../../project/votes/leaderboard.ts';
import {
  type CompareMode,
  compareModeSchema,
  SPRITE_CATEGORIES,
  type SpriteCategory,
} from '../../protocol/compare.ts';
import { type Size, spriteSizeSchema } from '../../protocol/recipe.ts';
import { columnsOf, print } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { parsedBy } from '../options.ts';
import { loadVotes } from '../votes/find-votes.ts';
import { leaderboardJson, leaderboardText } from '../votes/leaderboard-report.ts';
import { addJsonOption, type CommandHost, makeCommand } from './command.ts';

interface ShowOptions {
  category?: SpriteCategory;
  size?: Size;
  mode?: CompareMode;
  json?: boolean;
}

/** `votes show`: the leaderboard and its verdict, without a worker. */
export function votesShowCommand({ context, outcome }: CommandHost): Command {
  const command = makeCommand('show', 'the leaderboard and its verdict; needs no worker', [
    'votes show',
    'votes show my-game --category character --size 32',
    'votes show --mode full --json',
  ])
    .argument('[path]', 'votes file, or a folder of the project (default: here)')
    .addOption(
      new Option('--category <category>', 'only votes on such sprites').choices(SPRITE_CATEGORIES),
    )
    .option('-s, --size <size>', 'only votes on sprites of that size', parsedBy(spriteSizeSchema))
    .addOption(
      new Option('--mode <mode>', 'only votes on drafts, or on full renders').choices(
        compareModeSchema.options,
      ),
    );
  return addJsonOption(command).action(async (path: string | undefined) => {
    const { json, ...filter } = command.opts<ShowOptions>();
    const { events, problems } = await loadVotes(context, path);
    const board = leaderboardOf(events, filter);
    const { stdout } = context;
    if (json === true) print(stdout, leaderboardJson(board, problems));
    else print(stdout, leaderboardText(board, columnsOf(stdout)));
    outcome.exitCode = EXIT.done;
  });
}
