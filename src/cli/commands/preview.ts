import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import * as z from 'zod';
import { digestSchema } from '../../protocol/names.ts';
import { type Context, print } from '../context.ts';
import { decodePicture } from '../decode-picture.ts';
import { EXIT } from '../exit-codes.ts';
import {
  addConnectionOptions,
  connectionChoice,
  type ConnectionOptions,
  numberBy,
  readNamedFile,
} from '../options.ts';
import { showsTrueColour } from '../preview/colour-depth.ts';
import { type PreviewOptions, renderPreview } from '../preview/preview.ts';
import { probeTerminal } from '../preview/probe.ts';
import { printable } from '../terminal/text.ts';
import { type CommandHost, makeCommand } from './command.ts';

interface CommandOptions extends ConnectionOptions {
  protocol: 'auto' | 'kitty' | 'sixel' | 'blocks';
  scale?: number;
}

/** The terminal as pictures see it, and a promise of its keyboard being as it was before. */
function terminalOf(context: Context, { protocol, scale }: CommandOptions) {
  const { stdin, stdout, environment } = context;
  const room = {
    columns: stdout.columns ?? 80,
    rows: stdout.rows ?? 24,
    trueColour: showsTrueColour(environment),
    ...(scale !== undefined && { scale }),
  };
  if (protocol === 'blocks') {
    const options: PreviewOptions = { ...room, protocol: 'half-blocks' };
    return { options: Promise.resolve(options), closed: Promise.resolve({ interrupted: false }) };
  }
  const { abilities, closed } = probeTerminal({ stdin, stdout, environment });
  const options = abilities.then((able): PreviewOptions => ({
    ...room,
    protocol: protocol === 'auto' ? able.protocol : protocol,
    cellPixels: able.cellPixels,
  }));
  return { options, closed };
}

/** Bytes of a file, or of an artifact where there is no such file. */
async function bytesOf(
  context: Context,
  name: string,
  options: ConnectionOptions,
): Promise<Uint8Array> {
  const path = resolve(context.cwd, name);
  if (existsSync(path) || !digestSchema.safeParse(name).success) return readNamedFile(path);
  const choice = connectionChoice(options, context.environment);
  const connection = await context.connect({ ...choice, start: options.start !== false });
  try {
    return await connection.fetchArtifact(name);
  } finally {
    await connection.close();
  }
}

/** `preview`: shows images in the terminal. */
export function previewCommand({ context, outcome }: CommandHost): Command {
  const command = makeCommand('preview', 'show PNG images in the terminal', [
    'preview assets/sword.png',
    'preview assets/*.png --protocol blocks --scale 1',
    'preview 9f2b…64-digits',
  ])
    .argument('<images...>', 'files, or digests of artifacts')
    .addOption(
      new Option('--protocol <name>', 'how pixels are shown; auto asks the terminal')
        .choices(['auto', 'kitty', 'sixel', 'blocks'])
        .default('auto'),
    )
    .option(
      '--scale <factor>',
      'whole factor to enlarge by (default: the largest that fits)',
      numberBy(z.int().min(1).max(64)),
    );
  return addConnectionOptions(command, 'starts').action(async (images: string[]) => {
    const options = command.opts<CommandOptions>();
    const { stdout, stderr } = context;
    const terminal = terminalOf(context, options);
    try {
      for (const name of images) {
        const image = decodePicture(await bytesOf(context, name, options), name);
        const { picture, caption, note } = renderPreview(image, await terminal.options);
        stdout.write(picture);
        print(stderr, printable(`${basename(name)}  ${caption}`));
        if (note !== null) print(stderr, note);
      }
    } finally {
      const { interrupted } = await terminal.closed;
      outcome.exitCode = interrupted ? EXIT.cancelled : EXIT.done;
    }
  });
}
