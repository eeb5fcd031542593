import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { uuid7 } from '../../client/uuid7.ts';
import type { SavedFile } from '../../client/save-images.ts';
import type { WorkerConnection } from '../../client/worker-connection.ts';
import { METADATA_MODES, type Metadata } from '../../project/stamp.ts';
import {
  type CompareSpec,
  compareSeedsSchema,
  SPRITE_CATEGORIES,
  type SpriteCategory,
} from '../../protocol/compare.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { LANES } from '../../protocol/jobs.ts';
import { seedSchema } from '../../protocol/recipe.ts';
import { askYes, canAsk } from '../compare/ask.ts';
import { parseContender } from '../compare/contender-option.ts';
import { mustAsk, planLines, whyAsked } from '../compare/plan-text.ts';
import type { ContenderText } from '../../project/compare/contender-text.ts';
import { parsePrompt, promptLines } from '../../project/compare/prompts.ts';
import { CompareFiles } from '../compare/save.ts';
import { chooseContenders, compareSpec } from '../compare/spec.ts';
import { type Context, print } from '../context.ts';
import { EXIT, EXIT_CODES_HELP } from '../exit-codes.ts';
import { addModelOptions, addPixelOptions } from '../job/drawing-options.ts';
import { JsonReport } from '../job/json-report.ts';
import { progressDisplay, SILENT_DISPLAY } from '../job/progress-display.ts';
import { drawingSettings, readProject } from '../job/project-settings.ts';
import { runFaults, runJob } from '../job/run-job.ts';
import { shortPath } from '../job/short-path.ts';
import { type DrawingOptions, saidSettings } from '../job/submission.ts';
import { collect, type ConnectionOptions, numberBy, readNamedFile } from '../options.ts';
import { printable } from '../terminal/text.ts';
import { duration } from '../terminal/units.ts';
import { shortId } from '../worker/job-ids.ts';
import { addJsonOption, type CommandHost, makeCommand, onWorker } from './command.ts';

interface CompareOptions extends Omit<DrawingOptions, 'count' | 'name'>, ConnectionOptions {
  preset?: string;
  contender?: ContenderText[];
  prompts?: string;
  category: SpriteCategory;
  seeds: number;
  draft?: boolean;
  out?: string;
  force?: boolean;
  raw?: boolean;
  metadata: Metadata;
  dryRun?: boolean;
  yes?: boolean;
  detach?: boolean;
  json?: boolean;
}

const seedCount = compareSeedsSchema.options[1].shape.count;

async function promptsOf(options: CompareOptions, words: readonly string[], cwd: string) {
  const lines =
    options.prompts === undefined
      ? []
      : promptLines(new TextDecoder().decode(await readNamedFile(resolve(cwd, options.prompts))));
  const prompts = [...words, ...lines].map(text => parsePrompt(text, options.category));
  if (prompts.length > 0) return prompts;
  throw new PixelsError(
    'invalid-params',
    'A comparison needs a prompt: write one behind the command, or a file of them with --prompts.',
  );
}

/** Everything that is compared, and where the files go; null = a folder of its own. */
async function specOf(
  { cwd }: Context,
  connection: WorkerConnection,
  options: CompareOptions,
  words: readonly string[],
): Promise<{ spec: CompareSpec; out: string | null }> {
  const project = await readProject(cwd);
  const { settings, out } = await drawingSettings(connection, cwd, project, {
    preset: options.preset,
    settings: { ...(await saidSettings(options, cwd)), out: options.out },
    init: false,
  });
  const spec = compareSpec({
    contenders: chooseContenders(options.contender ?? [], project?.file ?? null),
    prompts: await promptsOf(options, words, cwd),
    settings,
    seed: options.seed,
    seeds: options.seeds,
    draft: options.draft === true,
  });
  return { spec, out };
}

/**
 * Tells what it would take, and asks where that is much.
 * @returns whether to go on
 */
async function planned(
  context: Context,
  connection: WorkerConnection,
  spec: CompareSpec,
  options: CompareOptions,
): Promise<{ go: boolean; runs: number }> {
  const { stdout, stderr } = context;
  const plan = await connection.request('jobs.plan', { spec });
  if (options.json === true) print(stdout, JSON.stringify({ event: 'plan', ...plan }));
  else {
    const output = options.dryRun === true ? stdout : stderr;
    for (const line of planLines(plan)) print(output, printable(line));
    for (const warning of plan.warnings) print(stderr, printable(`note: ${warning}`));
  }
  if (options.dryRun === true) return { go: false, runs: plan.runs };
  if (!mustAsk(plan) || options.yes === true) return { go: true, runs: plan.runs };
  if (canAsk(context)) return { go: await askYes(context, 'Begin?'), runs: plan.runs };
  throw new PixelsError(
    'invalid-params',
    `${whyAsked(plan)}. Say --yes to begin, or take fewer prompts or seeds.`,
    { runs: plan.runs, disk: plan.disk, time: plan.time },
  );
}

async function compare(
  context: Context,
  connection: WorkerConnection,
  options: CompareOptions,
  words: readonly string[],
): Promise<number> {
  const { stdout, stderr, cwd, environment } = context;
  const json = options.json === true;
  const { spec, out } = await specOf(context, connection, options, words);
  const { go, runs } = await planned(context, connection, spec, options);
  if (!go) return options.dryRun === true ? EXIT.done : EXIT.cancelled;

  const id = uuid7(context.now());
  const { lane = 'batch', title } = options;
  const submit = {
    id,
    spec: { ...spec, confirmed: runs },
    lane,
    ...(title !== undefined && { title }),
  };
  if (options.detach === true) {
    const { job, warnings } = await connection.request('jobs.submit', submit);
    const submitted = { event: 'submitted', job: job.id, runs: job.runs.total, warnings };
    print(stdout, json ? JSON.stringify(submitted) : job.id);
    return EXIT.done;
  }
  const folder =
    out !== null && options.out !== undefined ? out : join(out ?? cwd, `compare-${shortId(id)}`);
  const display = json ? SILENT_DISPLAY : progressDisplay(stderr, environment, context.now);
  const report = new JsonReport(context, json);
  const files = new CompareFiles(connection, spec, folder, options.force === true);
  const saved: SavedFile[] = [];
  const ended = await runJob(context, connection, submit, {
    display,
    onSubmitted: (job, warnings) => {
      report.submitted(job, warnings);
      if (stderr.isTTY === true && !json) display.line(`job ${shortId(job.id)}`);
    },
    onEvent: event => report.event(event),
    onRun: async run => {
      const cells = await files.saveCell(run, options.raw === true, options.metadata);
      saved.push(...cells);
      for (const file of cells) report.file(file);
    },
  });
  const { job } = ended;
  const { sheets, record } = await files.finish(job);
  const faults = await runFaults(connection, job);
  if (json) {
    print(stdout, JSON.stringify({ event: 'comparison', job: id, folder, sheets, record }));
    report.summary(job, faults, saved);
    return ended.exitCode;
  }
  for (const { run, state, message } of faults) {
    print(stderr, printable(`run ${run + 1} ${state === 'lost' ? 'was lost' : state}: ${message}`));
  }
  for (const path of [...sheets, record]) print(stdout, printable(shortPath(path, cwd)));
  const took = duration((job.finishedAt ?? context.now()) - job.createdAt);
  const placeholder = job.placeholder ? ', placeholders of the built-in engine' : '';
  const state = ended.cancelled ? 'cancelled' : job.state;
  print(
    stderr,
    `${state}: ${job.runs.done} of ${job.runs.total} images, ${took}${placeholder}, in ${shortPath(folder, cwd)}`,
  );
  return ended.exitCode;
}

/** `compare`: the same prompts and seeds drawn by two to four contenders. */
export function compareCommand(host: CommandHost): Command {
  const command = makeCommand('compare', 'draw the same with two to four models, side by side', [
    'compare "rusty sword" "oak tree" --contender arcade --contender gameboy --seeds 4',
    'compare "rusty sword" --contender base=sdxl --contender styled=sdxl,pixel-art:0.8',
    'compare --prompts prompts.txt --contender a=,knights:0.6 --contender b=,knights:1 -c sdxl --draft',
    'compare knight --contender calm=sdxl,cfg=5 --contender strong=sdxl,cfg=9 --dry-run',
    'compare "item: potion" "tile: stone floor"   # contenders of .dgx-pixels/project.yaml',
  ])
    .argument('[prompts...]', 'what to draw, each a prompt; may begin with its category, "item: …"')
    .option(
      '--contender <name=checkpoint,lora:strength…>',
      "who draws: also steps=8, cfg=1, sampler=, scheduler=, workflow=, vae=; 2 to 4 times (default: the project's)",
      collect(parseContender),
    )
    .option('--prompts <file>', 'further prompts, one a line')
    .addOption(
      new Option('--category <category>', 'of prompts that name none')
        .choices(SPRITE_CATEGORIES)
        .default('other'),
    )
    .option('--seeds <number>', 'seeds of each prompt', numberBy(seedCount), 1)
    .option('--seed <number>', 'the first seed (default: random)', numberBy(seedSchema))
    .option('--draft', 'few steps, to choose by')
    .addHelpText('after', `\n${EXIT_CODES_HELP}`);
  addModelOptions(command);
  addPixelOptions(command);
  command
    .addOption(new Option('--lane <lane>', 'lane of the queue (default: batch)').choices(LANES))
    .option('--title <text>', "the job's title (default: the prompts)")
    .option('-o, --out <folder>', 'folder for the files (default: compare-…, a new one)')
    .option('--force', 'replace files of the same name instead of adding a number')
    .option('--raw', "write the engine's pictures too")
    .addOption(
      new Option('--metadata <kind>', 'what the images carry')
        .choices(METADATA_MODES)
        .default('digest'),
    )
    .option('--dry-run', 'tell number, time and disk, and end')
    .option('-y, --yes', 'begin without asking, however much it is')
    .option('--detach', 'print the job and leave it to the worker');
  addJsonOption(command, 'print JSON lines: the plan, changes of state, files, a summary last');
  return onWorker(host, command, 'starts', (connection, words) =>
    compare(host.context, connection, command.opts<CompareOptions>(), words),
  );
}
