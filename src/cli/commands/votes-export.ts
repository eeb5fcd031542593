import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { replaceFile } from '../../local/write-file.ts';
import { standingVotes } from '../../project/votes/standing.ts';
import { votesToCsv, votesToJson } from '../../project/votes/votes-export.ts';
import { print } from '../context.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { EXIT } from '../exit-codes.ts';
import { shortPath } from '../job/short-path.ts';
import { printable } from '../terminal/text.ts';
import { plural } from '../terminal/units.ts';
import { loadVotes } from '../votes/find-votes.ts';
import { type CommandHost, makeCommand } from './command.ts';

interface ExportOptions {
  json?: boolean;
  csv?: boolean;
  out?: string;
}

/** `votes export`: a record per comparison, without a worker. */
export function votesExportCommand({ context, outcome }: CommandHost): Command {
  const command = makeCommand('export', 'one record per comparison; needs no worker', [
    'votes export --csv -o votes.csv',
    'votes export --json my-game | jq ".comparisons[].winner"',
  ])
    .argument('[path]', 'votes file, or a folder of the project (default: here)')
    .addOption(new Option('--json', 'JSON: models, prompt, winner, notes').conflicts('csv'))
    .option('--csv', 'CSV: a row for each model of a comparison')
    .option('-o, --out <file>', 'write there instead of to the standard output');
  return command.action(async (path: string | undefined) => {
    const { json, csv, out } = command.opts<ExportOptions>();
    if (json !== true && csv !== true) {
      throw new PixelsError('invalid-params', 'Say which format: --json or --csv.');
    }
    const { stdout, stderr, cwd, now } = context;
    const { events } = await loadVotes(context, path);
    const votes = standingVotes(events);
    const at = new Date(now()).toISOString();
    const text = csv === true ? votesToCsv(votes) : votesToJson(votes, at);
    if (out === undefined) stdout.write(text);
    else {
      const file = resolve(cwd, out);
      await mkdir(dirname(file), { recursive: true });
      await replaceFile(file, new TextEncoder().encode(text));
      print(
        stderr,
        printable(`${plural(votes.length, 'vote')} written to ${shortPath(file, cwd)}`),
      );
    }
    outcome.exitCode = EXIT.done;
  });
}
