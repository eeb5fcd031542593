import { resolve } from 'node:path';
import type { Command } from 'commander';
import { digestSchema } from '../../protocol/names.ts';
import { print } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { shortPath } from '../job/short-path.ts';
import { replaceFile } from '../../local/write-file.ts';
import { parseBytes, parsedBy } from '../options.ts';
import { printable } from '../terminal/text.ts';
import { bytes, plural } from '../terminal/units.ts';
import { addJsonOption, type CommandHost, makeCommand, onWorker } from './command.ts';

function infoCommand(host: CommandHost): Command {
  const command = makeCommand('info', 'show what is known of an artifact', [
    'artifacts info 9f2b…64-digits',
  ]).argument('<digest>', 'SHA-256 of the artifact', parsedBy(digestSchema));
  addJsonOption(command);
  return onWorker(host, command, 'starts', async (connection, [digest = '']) => {
    const { json } = command.opts<{ json?: boolean }>();
    const artifact = await connection.request('artifacts.info', { digest });
    const { stdout } = host.context;
    if (json === true) {
      print(stdout, JSON.stringify(artifact, null, 2));
      return EXIT.done;
    }
    const { mime, width, height, origin, pinned, createdAt } = artifact;
    const size = width === null || height === null ? '' : `, ${width}×${height}`;
    const from = origin === null ? 'uploaded' : `${origin.role} of ${origin.job} run ${origin.run}`;
    print(stdout, `${mime}${size}, ${bytes(artifact.bytes)}`);
    print(stdout, printable(`${from}, ${new Date(createdAt).toISOString()}`));
    print(stdout, pinned ? 'pinned: never pruned' : 'not pinned: may be pruned');
    return EXIT.done;
  });
}

function getCommand(host: CommandHost): Command {
  const command = makeCommand('get', 'write an artifact as a file', [
    'artifacts get 9f2b…64-digits -o sword.png',
  ])
    .argument('<digest>', 'SHA-256 of the artifact', parsedBy(digestSchema))
    .requiredOption('-o, --output <file>', 'where to; an existing file is replaced');
  return onWorker(host, command, 'starts', async (connection, [digest = '']) => {
    const { output } = command.opts<{ output: string }>();
    const content = await connection.fetchArtifact(digest);
    const path = resolve(host.context.cwd, output);
    await replaceFile(path, content);
    const shown = shortPath(path, host.context.cwd);
    print(host.context.stdout, printable(`${shown}  ${bytes(content.byteLength)}`));
    return EXIT.done;
  });
}

interface PruneOptions {
  to: number;
  dryRun?: boolean;
  json?: boolean;
}

function pruneCommand(host: CommandHost): Command {
  const command = makeCommand('prune', 'remove unpinned artifacts, oldest first, down to a size', [
    'artifacts prune --to 2GB --dry-run',
    'artifacts prune --to 0',
  ])
    .requiredOption('--to <size>', 'how large the store may stay, e.g. 500MB', parseBytes)
    .option('--dry-run', 'only say what would be removed');
  addJsonOption(command);
  return onWorker(host, command, 'starts', async connection => {
    const { to, dryRun = false, json } = command.opts<PruneOptions>();
    const removed = await connection.request('artifacts.prune', { toBytes: to, dryRun });
    const what = `${plural(removed.artifacts, 'artifact')}, ${bytes(removed.bytes)}`;
    const text = dryRun ? `Would remove ${what}.` : `Removed ${what}.`;
    print(host.context.stdout, json === true ? JSON.stringify(removed) : text);
    return EXIT.done;
  });
}

/** `artifacts` and its sub-commands. */
export function artifactsCommand(host: CommandHost): Command {
  const command = makeCommand('artifacts', "see, fetch and prune the worker's images", [
    'artifacts get 9f2b…64-digits -o sword.png',
    'artifacts prune --to 2GB',
  ]);
  command.addCommand(infoCommand(host));
  command.addCommand(getCommand(host));
  command.addCommand(pruneCommand(host));
  return command;
}
