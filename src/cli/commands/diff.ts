import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { replaceFile } from '../../local/write-file.ts';
import { diffAll } from '../../pixels/diff/diff-images.ts';
import { paintDiff } from '../../pixels/diff/paint-diff.ts';
import type { RgbaImage } from '../../pixels/image.ts';
import { encodePng } from '../../pixels/png/encode.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { columnsOf, print } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { type Compared, diffJson, diffText } from '../pixels/diff-report.ts';
import { readPictureFile } from '../pixels/image-files.ts';
import { nodeZlib } from '../preview/zlib.ts';
import { addJsonOption, type CommandHost, makeCommand } from './command.ts';

interface DiffCommandOptions {
  align: 'top-left' | 'best';
  out?: string;
  maskOnly?: boolean;
  json?: boolean;
}

/** `diff`: which cells and colours differ, without a worker. */
export function diffCommand({ context, outcome }: CommandHost): Command {
  const command = makeCommand('diff', 'compare PNG pictures cell by cell; needs no worker', [
    'diff old/hero.png hero.png',
    'diff old/hero.png hero.png --out changes.png',
    'diff trimmed.png padded.png --align best',
    'diff base.png one.png two.png --json',
  ])
    .argument('<base>', 'PNG that the others are held against')
    .argument('<others...>', 'one PNG or several, of any size')
    .addOption(
      new Option('--align <how>', 'which cells belong together; best looks for the translation')
        .choices(['top-left', 'best'])
        .default('top-left'),
    )
    .option('-o, --out <file>', 'paint the differences: amber changed, blue added, red removed')
    .option('--mask-only', 'with --out: leave what did not change transparent');
  addJsonOption(command);
  return command.action(async (base: string, others: string[]) => {
    const { align, out, maskOnly, json } = command.opts<DiffCommandOptions>();
    const { stdout, cwd } = context;
    if (out === undefined && maskOnly === true) {
      throw new PixelsError('invalid-params', '--mask-only is about the picture: add --out FILE.');
    }
    if (out !== undefined && others.length > 1) {
      throw new PixelsError('invalid-params', '--out paints one comparison; name two pictures.');
    }
    const before = await read(base, cwd);
    const after: RgbaImage[] = [];
    for (const other of others) after.push(await read(other, cwd));
    const compared = diffAll([before, ...after], { align }).map((diff, place): Compared => ({
      base,
      other: others[place] ?? base,
      diff,
    }));
    if (out !== undefined) {
      const path = resolve(cwd, out);
      await mkdir(dirname(path), { recursive: true });
      for (const { diff } of compared) {
        const picture = paintDiff(diff, maskOnly === true ? null : before);
        await replaceFile(path, encodePng(picture, nodeZlib));
      }
    }
    print(stdout, json === true ? diffJson(compared) : diffText(compared, columnsOf(stdout)));
    outcome.exitCode = compared.every(({ diff }) => diff.identical) ? EXIT.done : EXIT.failed;
  });
}

/** @throws PixelsError with the file's name; exit code 2, as nothing was compared */
async function read(name: string, cwd: string): Promise<RgbaImage> {
  try {
    return (await readPictureFile(resolve(cwd, name))).image;
  } catch (error) {
    if (!PixelsError.is(error) || error.message.includes(name)) throw error;
    throw new PixelsError(error.code, `${name}: ${error.message}`, undefined, { cause: error });
  }
}
