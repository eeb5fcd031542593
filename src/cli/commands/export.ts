import { type Command, Option } from 'commander';
import * as z from 'zod';
import { TARGET_NAMES, type TargetName } from '../../pixels/export/targets.ts';
import type { LayoutOptions } from '../../pixels/sheet/placement.ts';
import type { Sheet, SheetTag } from '../../pixels/sheet/sheet.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { type Context, print } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { destinationOf } from '../export/destination.ts';
import { readSheet, type SheetInput } from '../export/inputs.ts';
import { parseFrameSize, parsePivot, parseTag, type PivotChoice } from '../export/option-values.ts';
import { asPixelsError, type ExportOutcome, runExport } from '../export/run-export.ts';
import { shortPath } from '../job/short-path.ts';
import { collect, numberBy } from '../options.ts';
import { printable } from '../terminal/text.ts';
import { addJsonOption, type CommandHost, makeCommand } from './command.ts';

interface ExportOptions {
  to?: TargetName;
  out?: string;
  name?: string;
  frame?: { width: number; height: number };
  tag?: SheetTag[];
  duration?: number;
  pivot?: PivotChoice;
  padding?: number;
  extrude?: number;
  pot?: boolean;
  trim?: boolean;
  columns?: number;
  maxSize?: number;
  force?: boolean;
  json?: boolean;
}

const EXAMPLES = [
  'export walk_0.png walk_1.png walk_2.png --to godot -o assets/hero --name hero',
  'export frames/ -o assets                                 # the engine is found from assets upward',
  'export hero.png --frame 32x48 --tag idle=0-1 --tag walk=2-5:pingpong --to unity -o Assets/Sprites',
  'export tiles.png --frame 16 --to tiled --extrude 1',
  'export hero.json --to gif -o hero.gif                    # Aseprite JSON with its picture',
];

/** `export`: frames to a sheet and what an engine needs beside it. */
export function exportCommand({ context, outcome }: CommandHost): Command {
  const whole = (least: number, most: number) => numberBy(z.int().min(least).max(most));
  const command = makeCommand('export', 'write frames as a sheet for a game engine', EXAMPLES)
    .argument('<paths...>', 'PNG frames, a folder of them, a sheet with --frame, or Aseprite JSON')
    .addOption(
      new Option('--to <format>', 'default: that of the game project around the folder').choices(
        TARGET_NAMES,
      ),
    )
    .option('-o, --out <path>', 'folder, or the main file (default: here)')
    .option('--name <name>', 'base of the file names')
    .option('--frame <size>', 'cut the sheet into frames, as 32x48 or 32', parseFrameSize)
    .option('--tag <tag>', 'animation, as walk=0-3:pingpong:x2; may be repeated', collect(parseTag))
    .option('--duration <ms>', 'milliseconds of every frame', whole(1, 65_535))
    .option('--pivot <x,y>', 'in pixels as 16,31, or in shares as 50%,100%', parsePivot)
    .option('--padding <n>', 'pixels between frames', whole(0, 256))
    .option('--extrude <n>', 'repeat the edge of each frame around it', whole(0, 64))
    .option('--pot', 'sides of the sheet are powers of two')
    .option('--trim', 'leave out transparent edges where the format allows it')
    .option('--columns <n>', 'columns of frames of one size', whole(1, 65_535))
    .option('--max-size <n>', 'longest side of a sheet (default: 4096)', whole(1, 16_384))
    .option('--force', 'replace files that no export wrote');
  return addJsonOption(command).action(async (paths: string[]) => {
    const options = command.opts<ExportOptions>();
    const { cwd } = context;
    const destination = await destinationOf(cwd, options.to ?? null, options.out);
    const input = await asPixelsError(() => readSheet(paths, cwd, options.frame));
    const name = options.name ?? destination.name ?? input.sheet.name;
    const sheet = changed({ ...input.sheet, name }, options);
    const force = options.force === true;
    const result = await runExport(sheet, layoutOf(options, input), destination, force);
    report(context, destination.target, destination.note, input, sheet, result, options);
    outcome.exitCode = EXIT.done;
  });
}

/** The sheet with what the options say of it. */
function changed(sheet: Sheet, { tag, duration, pivot }: ExportOptions): Sheet {
  const frames = sheet.frames.map(frame => {
    const { width, height } = frame.image;
    const [x, y] = pivot?.unit === 'share' ? [width, height] : [1, 1];
    return {
      ...frame,
      ...(duration !== undefined && { durationMs: duration }),
      ...(pivot !== undefined && { pivot: { x: pivot.x * x, y: pivot.y * y } }),
    };
  });
  return { ...sheet, frames, ...(tag !== undefined && { tags: tag }) };
}

function layoutOf(options: ExportOptions, input: SheetInput): LayoutOptions {
  const { padding, extrude, pot, trim, maxSize } = options;
  if (trim === true && options.columns !== undefined) {
    throw new PixelsError('invalid-params', '--columns needs cells of one size; leave out --trim.');
  }
  const columns = options.columns ?? (trim === true ? undefined : input.columns);
  return {
    ...(padding !== undefined && { padding }),
    ...(extrude !== undefined && { extrude }),
    ...(pot !== undefined && { powerOfTwo: pot }),
    ...(trim !== undefined && { trim }),
    ...(options.columns !== undefined && { layout: 'grid' as const }),
    ...(columns !== undefined && { columns }),
    ...(maxSize !== undefined && { maxSize }),
  };
}

function report(
  { stdout, stderr, cwd }: Context,
  target: TargetName,
  note: string | null,
  { notes }: SheetInput,
  sheet: Sheet,
  { files, warnings }: ExportOutcome,
  { json }: ExportOptions,
): void {
  if (json === true) {
    const tags = sheet.tags.map(tag => tag.name);
    const record = { target, name: sheet.name, frames: sheet.frames.length, tags };
    print(stdout, JSON.stringify({ ...record, files, warnings: [...notes, ...warnings] }));
    return;
  }
  for (const line of [...(note === null ? [] : [note]), ...notes]) {
    print(stderr, printable(`note: ${line}`));
  }
  for (const warning of warnings) print(stderr, printable(`warning: ${warning}`));
  for (const { path, action } of files) {
    print(
      stdout,
      printable(`${shortPath(path, cwd)}${action === 'written' ? '' : ` (${action})`}`),
    );
  }
}
