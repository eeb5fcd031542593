import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import * as z from 'zod';
import { type LintCode, SHEET_CODES, SPRITE_CODES } from '../../pixels/lint/finding.ts';
import type { LintRules } from '../../pixels/lint/rules.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { type Size, spriteSizeSchema } from '../../protocol/recipe.ts';
import { columnsOf, print } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { asFileFault } from '../file-fault.ts';
import { shortPath } from '../job/short-path.ts';
import { collect, numberBy, parsedBy } from '../options.ts';
import { findImageFiles, type FoundFile, type FoundFiles } from '../pixels/image-files.ts';
import { type FileReport, lintFile, lintFrames, type LintSettings } from '../pixels/lint-files.ts';
import {
  type Failure,
  findingsTable,
  reportJson,
  summaryOf,
  summaryText,
} from '../pixels/lint-report.ts';
import { readPaletteFile } from '../pixels/palette-option.ts';
import type { SheetGrid } from '../pixels/sheet-frames.ts';
import { printable } from '../terminal/text.ts';
import { plural } from '../terminal/units.ts';
import { addJsonOption, type CommandHost, makeCommand } from './command.ts';

interface LintOptions {
  size?: Size;
  palette?: string;
  maxColors?: number;
  tile?: boolean;
  sheet?: Size;
  frameSize?: Size;
  frames?: boolean;
  ignore?: LintCode[];
  strict?: boolean;
  fix?: boolean;
  out?: string;
  json?: boolean;
}

const CODES: readonly LintCode[] = [...SPRITE_CODES, ...SHEET_CODES];

function parseCode(text: string): LintCode {
  const code = CODES.find(known => known === text);
  if (code !== undefined) return code;
  throw new InvalidArgumentError(`It is one of: ${CODES.join(', ')}.`);
}

function parseGrid(text: string): Size {
  const match = /^([1-9]\d{0,3})x([1-9]\d{0,3})$/i.exec(text.trim());
  if (match === null) throw new InvalidArgumentError('Write columns and rows, such as 8x1.');
  return [Number(match[1]), Number(match[2])];
}

/** `lint`: what is wrong with sprites, without a worker. */
export function lintCommand({ context, outcome }: CommandHost): Command {
  const command = addOptions(
    makeCommand('lint', 'check PNG sprites and sheets; needs no worker', [
      'lint assets',
      'lint assets/*.png --size 32 --palette pico-8.hex --max-colors 16',
      'lint walk.png --sheet 8x1',
      'lint grass.png --tile',
      'lint hero.png --fix --out mended',
      'lint assets --json | jq ".files[].findings[].code"',
    ]).argument('<paths...>', 'PNG files, or folders of them'),
  );
  return command.action(async (paths: string[]) => {
    const options = command.opts<LintOptions>();
    checkOptions(options);
    const { stdout, stderr, cwd } = context;
    const found = await findImageFiles(paths, cwd);
    const settings: LintSettings = {
      rules: await rulesOf(options, cwd),
      sheet: sheetOf(options),
      fix: options.fix === true,
      out: options.out === undefined ? null : resolve(cwd, options.out),
    };
    const { reports, failures } = await lintAll(found, settings, options.frames === true);
    const summary = summaryOf(reports, failures);
    if (options.json === true) print(stdout, reportJson(reports, failures, summary));
    else {
      for (const { path, message } of failures) {
        print(stderr, printable(`error: ${shortPath(path, cwd)}: ${message}`));
      }
      if (found.others > 0) {
        print(
          stderr,
          `note: passed over ${plural(found.others, 'picture')} in other formats than PNG`,
        );
      }
      // Else a mistaken folder would look as if all were well with it.
      if (found.files.length === 0 && found.missing.length === 0) {
        print(stderr, 'note: there are no PNG files; name pictures, or a folder of them');
      }
      const lines = findingsTable(reports, cwd, columnsOf(stdout));
      if (lines !== '') print(stdout, lines);
      print(stdout, summaryText(summary));
    }
    const bad = summary.error + (options.strict === true ? summary.warning : 0) + failures.length;
    if (found.missing.length > 0) outcome.exitCode = EXIT.usage;
    else outcome.exitCode = bad > 0 ? EXIT.failed : EXIT.done;
  });
}

function addOptions(command: Command): Command {
  command
    .option(
      '-s, --size <size>',
      'size that each sprite or frame must have',
      parsedBy(spriteSizeSchema),
    )
    .option('-p, --palette <file>', 'its only colours: .hex, .gpl, JASC .pal or a PNG strip')
    .option('--max-colors <number>', 'most colours', numberBy(z.int().min(1).max(65_536)))
    .option('--tile', 'each must join itself on all sides')
    .addOption(
      new Option('--sheet <grid>', 'cut each file into frames, columns x rows: 8x1')
        .argParser(parseGrid)
        .conflicts('frameSize'),
    )
    .option(
      '--frame-size <size>',
      'cut each file into frames of that size',
      parsedBy(spriteSizeSchema),
    )
    .option('--frames', 'the files are the frames of one animation, in this order')
    .option('--ignore <code>', 'leave a kind of finding out; may be repeated', collect(parseCode))
    .option('--strict', 'fail on warnings too')
    .option('--fix', 'mend what can be mended, in the files themselves')
    .option('-o, --out <folder>', 'with --fix: write copies there instead');
  return addJsonOption(command);
}

/** @throws PixelsError `invalid-params` for options that exclude each other */
function checkOptions({ fix, out, frames, sheet, frameSize }: LintOptions): void {
  const refuse = (message: string): never => {
    throw new PixelsError('invalid-params', message);
  };
  if (out !== undefined && fix !== true) refuse('--out is for mended copies: add --fix.');
  if (frames === true && (sheet !== undefined || frameSize !== undefined)) {
    refuse('--frames takes each file as one frame; leave --sheet and --frame-size out.');
  }
  if (frames === true && fix === true) {
    refuse('--frames does not mend; run --fix on the files without it.');
  }
}

async function rulesOf(options: LintOptions, cwd: string): Promise<Partial<LintRules>> {
  const { size, palette, maxColors, tile, ignore } = options;
  return {
    ...(size !== undefined && { size: { width: size[0], height: size[1] } }),
    ...(palette !== undefined && { palette: (await readPaletteFile(palette, cwd)).colours }),
    ...(maxColors !== undefined && { maxColours: maxColors }),
    tile: tile === true,
    ignore: ignore ?? [],
  };
}

function sheetOf({ sheet, frameSize }: LintOptions): SheetGrid | null {
  if (sheet !== undefined) return { kind: 'count', columns: sheet[0], rows: sheet[1] };
  if (frameSize === undefined) return null;
  return { kind: 'size', width: frameSize[0], height: frameSize[1] };
}

/** Lints every file; one that cannot be read does not keep the others from it. */
async function lintAll(
  found: FoundFiles,
  settings: LintSettings,
  together: boolean,
): Promise<{ reports: FileReport[]; failures: Failure[] }> {
  const failures: Failure[] = found.missing.map(entry => ({ ...entry, code: 'not-found' }));
  const fail = ({ path }: FoundFile, thrown: unknown): void => {
    const error = asFileFault(thrown);
    failures.push({
      path,
      code: PixelsError.is(error) ? error.code : 'internal',
      message: error instanceof Error ? error.message : String(error),
    });
  };
  if (together) {
    return { reports: await lintFrames(found.files, settings.rules, fail), failures };
  }
  const reports: FileReport[] = [];
  for (const file of found.files) {
    try {
      reports.push(await lintFile(file, settings));
    } catch (error) {
      fail(file, error);
    }
  }
  return { reports, failures };
}
