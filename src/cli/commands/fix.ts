import { type Command, Option } from 'commander';
import type { FixSettingsInput } from '../../pixels/fix/settings.ts';
import { encodePng } from '../../pixels/png/encode.ts';
import { fixInputOf } from '../../project/pixels/fix-input.ts';
import { pixelSettingsSchema } from '../../protocol/pixels.ts';
import { type Size, spriteSizeSchema } from '../../protocol/recipe.ts';
import { columnsOf, type Context, print } from '../context.ts';
import { EXIT, EXIT_CODES_HELP } from '../exit-codes.ts';
import { destinationOf, pathFor, SpriteWriter, withoutWritten } from '../fix/destination.ts';
import {
  failureOf,
  type FixedFile,
  type FixFailure,
  fixFile,
  fixFramesOf,
} from '../fix/fix-files.ts';
import {
  fixJson,
  type FixOutcome,
  fixSummary,
  fixSummaryText,
  fixTable,
} from '../fix/fix-report.ts';
import { shortPath } from '../job/short-path.ts';
import { parsedBy } from '../options.ts';
import { findImageFiles, type FoundFile } from '../pixels/image-files.ts';
import { addFixOptions, type FixOptions, saidPixels } from '../pixels/pixel-options.ts';
import { nodeZlib } from '../preview/zlib.ts';
import { printable } from '../terminal/text.ts';
import { plural } from '../terminal/units.ts';
import { addJsonOption, type CommandHost, makeCommand } from './command.ts';

interface Options extends FixOptions {
  out?: string;
  size?: Size;
  /** False with `--no-background`. */
  background: boolean;
  frames?: boolean;
  force?: boolean;
  strict?: boolean;
  report?: 'table' | 'json';
  json?: boolean;
}

const EXAMPLES = [
  'fix hero.png --size 32 -o hero-32.png',
  'fix drawn/ --size 32 --palette pico-8.hex -o assets',
  'fix drawn/*.png --fit keep --palette 16 -o assets --report json',
  'fix walk_*.png --frames --size 32x48 -o assets/walk',
  'fix floor.png --size 16 --no-background -o floor-16.png',
  'fix drawn/                                               # only says what is found',
];

/** `fix`: pictures of pixel art to pixel art, without a worker. */
export function fixCommand({ context, outcome }: CommandHost): Command {
  const command = makeCommand(
    'fix',
    'make PNG pictures of pixel art pixel-true; needs no worker',
    EXAMPLES,
  )
    .argument('<paths...>', 'PNG files, or folders of them')
    .option(
      '-o, --out <path>',
      'folder for the sprites, or the file of the one; without it nothing is written',
    )
    .option(
      '-s, --size <size>',
      "the sprite's own pixels: 32 or 32x48 (default: as many as are found)",
      parsedBy(spriteSizeSchema),
    )
    .option('--no-background', 'leave the background as it is');
  addFixOptions(command)
    .option('--frames', 'the files are frames of one animation: one grid, one canvas, one palette')
    .option('--force', 'replace files, also the pictures themselves')
    .option('--strict', 'fail when the cells of a picture were not found with certainty')
    .addOption(
      new Option('--report <format>', 'how to tell what was done').choices(['table', 'json']),
    )
    .addHelpText('after', `\n${EXIT_CODES_HELP}`);
  addJsonOption(command, 'the same as --report json');
  return command.action(async (paths: string[]) => {
    const options = command.opts<Options>();
    const { cwd } = context;
    const found = await findImageFiles(paths, cwd);
    const files = withoutWritten(found.files, paths, options.out, cwd);
    const input = await inputOf(options, cwd);
    const failures: FixFailure[] = found.missing.map(missing => ({
      ...missing,
      code: 'not-found',
    }));
    const outcomes = await fixAll(files, input, options, cwd, failures);
    if (found.others > 0) {
      const pictures = plural(found.others, 'picture');
      print(context.stderr, `note: passed over ${pictures} in other formats than PNG`);
    }
    // Else a mistaken folder would look as if all were well with it.
    if (found.files.length === 0 && found.missing.length === 0) {
      print(context.stderr, 'note: there are no PNG files; name pictures, or a folder of them');
    }
    const summary = fixSummary(outcomes, failures);
    tell(context, outcomes, failures, options);
    const bad = summary.failed + (options.strict === true ? summary.unsure : 0);
    if (found.missing.length > 0) outcome.exitCode = EXIT.usage;
    else outcome.exitCode = bad > 0 ? EXIT.failed : EXIT.done;
  });
}

async function inputOf(options: Options, cwd: string): Promise<FixSettingsInput> {
  const said = {
    ...(await saidPixels(options, cwd)),
    background: options.background ? 'alpha' : 'keep',
  };
  return fixInputOf(pixelSettingsSchema.parse(said), options.size ?? null);
}

/** Fixes and writes every file; one that fails does not keep the others from it. */
async function fixAll(
  files: readonly FoundFile[],
  input: FixSettingsInput,
  { out, force, frames }: Options,
  cwd: string,
  failures: FixFailure[],
): Promise<FixOutcome[]> {
  const destination = out === undefined ? null : destinationOf(out, cwd, files);
  const writer = new SpriteWriter(force === true);
  const outcomes: FixOutcome[] = [];
  const fail = ({ path }: FoundFile, error: unknown) => failures.push(failureOf(path, error));
  const write = async (fixed: FixedFile): Promise<void> => {
    const written = destination && pathFor(fixed.file, destination);
    if (written !== null) {
      await writer.write(written, encodePng(fixed.sprite, nodeZlib), fixed.file.path);
    }
    outcomes.push({ ...fixed, written });
  };
  const attempt = async (file: FoundFile, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      fail(file, error);
    }
  };
  const [first] = files;
  if (frames === true && first !== undefined) {
    let fixed: FixedFile[] = [];
    await attempt(first, async () => {
      fixed = await fixFramesOf(files, input, fail);
    });
    for (const each of fixed) await attempt(each.file, () => write(each));
    return outcomes;
  }
  for (const file of files) await attempt(file, async () => write(await fixFile(file, input)));
  return outcomes;
}

function tell(
  { stdout, stderr, cwd }: Context,
  outcomes: readonly FixOutcome[],
  failures: readonly FixFailure[],
  { report, json, out }: Options,
): void {
  const summary = fixSummary(outcomes, failures);
  if (report === 'json' || json === true) {
    print(stdout, fixJson(outcomes, failures, summary));
    return;
  }
  if (outcomes.length > 0) print(stdout, fixTable(outcomes, cwd, columnsOf(stdout)));
  for (const { file, warnings } of outcomes) {
    for (const warning of warnings) {
      print(stderr, printable(`warning: ${shortPath(file.path, cwd)}: ${warning}`));
    }
  }
  for (const { path, message } of failures) {
    print(stderr, printable(`error: ${shortPath(path, cwd)}: ${message}`));
  }
  print(stdout, fixSummaryText(summary, out !== undefined));
}
