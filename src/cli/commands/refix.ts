import { resolve } from 'node:path';
import type { Command } from 'commander';
import { allRuns } from '../../client/follow-job.ts';
import { saveRun } from '../../client/save-images.ts';
import type { WorkerConnection } from '../../client/worker-connection.ts';
import { writeNewFile } from '../../local/write-file.ts';
import { pixelSettingsSchema, type PixelSettings } from '../../protocol/pixels.ts';
import type { SaidPixels } from '../../project/pixels/said.ts';
import { PixelsError } from '../../protocol/errors.ts';
import type { Run, RunImage } from '../../protocol/jobs.ts';
import { columnsOf, type Context, print } from '../context.ts';
import { EXIT, EXIT_CODES_HELP } from '../exit-codes.ts';
import { fitText } from '../fix/fix-report.ts';
import { shortPath } from '../job/short-path.ts';
import type { ConnectionOptions } from '../options.ts';
import { addFixOptions, type FixOptions, saidPixels } from '../pixels/pixel-options.ts';
import { table } from '../terminal/table.ts';
import { printable } from '../terminal/text.ts';
import { plural } from '../terminal/units.ts';
import { resolveJobId } from '../worker/job-ids.ts';
import { addJsonOption, type CommandHost, makeCommand, onWorker } from './command.ts';

interface Options extends FixOptions, ConnectionOptions {
  /** False with `--no-background`. */
  background: boolean;
  /** False with `--no-fix`. */
  fix: boolean;
  usual?: boolean;
  out?: string;
  name?: string;
  force?: boolean;
  json?: boolean;
}

/** Images that a command is about: `JOB`, `JOB:RUN` or `JOB:RUN:IMAGE`, counted from 0. */
interface Chosen {
  job: string;
  run: number | null;
  image: number | null;
}

/** @throws PixelsError `invalid-params` */
function parseChosen(text: string): Chosen {
  const match = /^([^:]+)(?::(\d{1,6})(?::(\d{1,6}))?)?$/.exec(text.trim());
  const number = (part: string | undefined) => (part === undefined ? null : Number(part));
  if (match === null) {
    throw new PixelsError(
      'invalid-params',
      `Write a job's id, JOB:RUN or JOB:RUN:IMAGE, counted from 0, not "${text}".`,
    );
  }
  const [, job = '', run, image] = match;
  return { job, run: number(run), image: number(image) };
}

/** `refix`: other sprites from pictures that were drawn before. */
export function refixCommand(host: CommandHost): Command {
  const command = makeCommand(
    'refix',
    'fix what jobs have drawn with other pixel settings; draws nothing',
    [
      'refix 5f3a91c2 --palette pico-8.hex',
      'refix 5f3a91c2:3 --fit keep -o assets --name hero',
      'refix 5f3a91c2:0:2 --outline add --holes',
    ],
  )
    .argument(
      '<images...>',
      "a job's id, or its end: JOB, JOB:RUN or JOB:RUN:IMAGE, counted from 0",
    )
    .option('--no-fix', "deliver the engine's picture as it is")
    .option('--no-background', 'leave the background as it is')
    .option('--usual', 'begin with the usual settings, not with those that each image has');
  addFixOptions(command)
    .option('-o, --out <folder>', 'write the sprites there too')
    .option('--name <name>', 'with --out: base of the file names')
    .option('--force', 'with --out: replace files of the same name instead of adding a number')
    .addHelpText('after', `\n${EXIT_CODES_HELP}`);
  addJsonOption(command);
  return onWorker(host, command, 'starts', async (connection, names) => {
    const options = command.opts<Options>();
    const { cwd } = host.context;
    const said: SaidPixels = {
      ...(await saidPixels(options, cwd)),
      ...(!options.background && { background: 'keep' }),
      ...(!options.fix && { fix: 'none' }),
    };
    const runs: Run[] = [];
    let changed = 0;
    for (const name of names) {
      const made = await refix(connection, parseChosen(name), said, options.usual === true);
      runs.push(...made.runs);
      changed += made.changed;
    }
    const files = await save(host.context, connection, runs, options);
    report(host.context, runs, changed, files, options.json === true);
    return EXIT.done;
  });
}

async function refix(
  connection: WorkerConnection,
  chosen: Chosen,
  said: SaidPixels,
  usual: boolean,
): Promise<{ runs: Run[]; changed: number }> {
  const job = await resolveJobId(connection, chosen.job);
  const runs: Run[] = [];
  let changed = 0;
  for await (const run of allRuns(connection, job)) {
    if (chosen.run === null ? run.images.length === 0 : run.index !== chosen.run) continue;
    let now = run;
    for (const image of run.images) {
      if (chosen.image !== null && image.index !== chosen.image) continue;
      const pixels = settingsOf(run, image, said, usual);
      const target = { job, run: run.index, image: image.index };
      const answer = await connection.request('images.refix', { ...target, pixels });
      changed += answer.changed;
      now = answer.run;
    }
    const kept = now.images.filter(({ index }) => chosen.image === null || index === chosen.image);
    if (kept.length > 0) runs.push({ ...now, images: kept });
  }
  if (runs.length > 0) return { runs, changed };
  throw new PixelsError(
    'not-found',
    chosen.run === null
      ? 'No run of the job has pictures yet; see "dgx-pixels jobs show".'
      : 'The job has no such run or image with a picture; see "dgx-pixels jobs show".',
    { job },
  );
}

/** The image's own settings, or the usual ones, with what was said laid over them. */
function settingsOf(
  { recipe }: Run,
  { pixels }: RunImage,
  said: SaidPixels,
  usual: boolean,
): PixelSettings {
  const given = Object.entries(said).filter(([, value]) => value !== undefined);
  const before = usual ? {} : (pixels ?? recipe.pixels);
  // Who asks for a palette wants a sprite, also of a picture that was left as it is.
  const fixes = given.length > 0 && said.fix === undefined ? { fix: 'pixels' } : {};
  return pixelSettingsSchema.parse({ ...before, ...fixes, ...Object.fromEntries(given) });
}

async function save(
  { cwd }: Context,
  connection: WorkerConnection,
  runs: readonly Run[],
  { out, name, force }: Options,
): Promise<string[]> {
  if (out === undefined) return [];
  const folder = resolve(cwd, out);
  const paths: string[] = [];
  for (const run of runs) {
    const saved = await saveRun(connection, run, {
      write: (...file) => writeNewFile(folder, ...file, force === true),
      name: name ?? null,
      runsPerName: () => runs.length,
      raw: false,
      metadata: 'digest',
    });
    paths.push(...saved.map(({ path }) => path));
  }
  return paths;
}

function report(
  { stdout, stderr, cwd }: Context,
  runs: readonly Run[],
  changed: number,
  files: readonly string[],
  json: boolean,
): void {
  const images = runs.flatMap(({ job, index: run, images: own }) =>
    own.map(image => ({ job, run, ...image })),
  );
  if (json) {
    print(stdout, JSON.stringify({ changed, images, files }, null, 2));
    return;
  }
  const columns = [
    { title: 'RUN', align: 'right' as const },
    { title: 'IMAGE', align: 'right' as const },
    { title: 'SPRITE' },
    { title: 'COLOURS' },
    { title: 'FIT' },
    { title: 'DIGEST', shrinks: true },
  ];
  const rows = images.map(({ run, index, width, height, report: fixed, sprite }) => [
    String(run),
    String(index),
    `${width}x${height}`,
    fixed === undefined ? '' : String(fixed.colors.after),
    fixed === undefined ? 'as drawn' : fitText({ action: fixed.fit, words: fixed.words }),
    sprite,
  ]);
  print(stdout, table(columns, rows, columnsOf(stdout)));
  for (const { run, warnings } of images) {
    for (const warning of warnings) print(stderr, printable(`warning: run ${run}: ${warning}`));
  }
  for (const path of files) print(stdout, printable(shortPath(path, cwd)));
  const same = images.length - changed;
  const rest = same > 0 ? `; ${same} ${same === 1 ? 'was' : 'were'} so already` : '';
  print(stdout, `${plural(changed, 'sprite')} made anew${rest}.`);
}
