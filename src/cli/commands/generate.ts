import { type Command, Option } from 'commander';
import { generateItemSchema, LANES, type Run } from '../../protocol/jobs.ts';
import { fileNameSchema } from '../../protocol/names.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { initImageSchema, recipeRequestSchema, seedSchema } from '../../protocol/recipe.ts';
import { columnsOf, type Context, print } from '../context.ts';
import { EXIT, EXIT_CODES_HELP } from '../exit-codes.ts';
import { addModelOptions, addPixelOptions } from '../job/drawing-options.ts';
import { JsonReport } from '../job/json-report.ts';
import { type ProgressDisplay, progressDisplay, SILENT_DISPLAY } from '../job/progress-display.ts';
import { type JobOutcome, type RunFault, runFaults, runJob } from '../job/run-job.ts';
import { nameOfPrompt } from '../../project/file-names.ts';
import { type SavedFile, saveRun } from '../../client/save-images.ts';
import { writeNewFile } from '../../local/write-file.ts';
import { shortPath } from '../job/short-path.ts';
import { uploadInit } from '../job/upload-init.ts';
import { METADATA_MODES, type Metadata } from '../../project/stamp.ts';
import { drawingSettings, readProject } from '../job/project-settings.ts';
import { type DrawingOptions, saidSettings, submissionOf } from '../job/submission.ts';
import { type ConnectionOptions, numberBy, parsedBy } from '../options.ts';
import { fit, printable } from '../terminal/text.ts';
import { duration, plural } from '../terminal/units.ts';
import { uuid7 } from '../../client/uuid7.ts';
import type { WorkerConnection } from '../../client/worker-connection.ts';
import { shortId } from '../worker/job-ids.ts';
import { addJsonOption, type CommandHost, makeCommand, onWorker } from './command.ts';

interface GenerateOptions extends DrawingOptions, ConnectionOptions {
  preset?: string;
  out?: string;
  force?: boolean;
  raw?: boolean;
  metadata: Metadata;
  detach?: boolean;
  json?: boolean;
}

const recipe = recipeRequestSchema.shape;

function addDrawingOptions(command: Command): Command {
  command
    .option(
      '-n, --count <number>',
      'how many to draw, each with the next seed',
      numberBy(generateItemSchema.shape.count.unwrap()),
    )
    .option('--seed <number>', 'seed of the first one (default: random)', numberBy(seedSchema));
  addModelOptions(command);
  addPixelOptions(command);
  return command
    .option('--init <file>', 'image that the drawing starts from')
    .option(
      '--denoise <share>',
      'with --init: 0 keeps the image, 1 ignores it (default: 0.6)',
      numberBy(initImageSchema.shape.denoise.unwrap()),
    )
    .option(
      '--batch <number>',
      'images of one run, drawn together',
      numberBy(recipe.batch.unwrap()),
    )
    .option(
      '--batch-index <number>',
      'with --batch: only this image of it, counted from 0, as it was',
      numberBy(recipe.batchIndex.unwrap()),
    )
    .addOption(new Option('--lane <lane>', 'lane of the queue').choices(LANES))
    .option('--title <text>', "the job's title (default: the prompt)");
}

function addFileOptions(command: Command): Command {
  return command
    .option('-o, --out <folder>', "folder for the files (default: the project's, else this one)")
    .option('--name <name>', 'base of the file names (default: from the prompt)', (text: string) =>
      parsedBy(fileNameSchema)(text.replace(/\.png$/i, '')),
    )
    .option('--force', 'replace files of the same name instead of adding a number')
    .option('--raw', "write the engine's picture too, as <name>.raw.png")
    .addOption(
      new Option(
        '--metadata <kind>',
        'what the files carry: the digest of the recipe, all, nothing',
      )
        .choices(METADATA_MODES)
        .default('digest'),
    );
}

function describeFile({ path, run, image, role }: SavedFile, cwd: string): string {
  const facts = [
    shortPath(path, cwd),
    role === 'sprite' ? `${image.width}×${image.height}` : "the engine's picture",
    `seed ${run.recipe.seed}`,
  ];
  if (image.placeholder) facts.push('placeholder');
  return printable(facts.join('  '));
}

/** Says below the files how the job ended. */
function describeEnd(
  context: Context,
  { job, cancelled }: JobOutcome,
  faults: RunFault[],
  files: SavedFile[],
): void {
  const { stderr } = context;
  for (const { run, state, message } of faults) {
    print(stderr, printable(`run ${run + 1} ${state === 'lost' ? 'was lost' : state}: ${message}`));
  }
  const { done, total } = job.runs;
  const took = duration((job.finishedAt ?? context.now()) - job.createdAt);
  const sprites = plural(files.filter(file => file.role === 'sprite').length, 'sprite');
  if (job.state === 'done') print(stderr, `${sprites} in ${took}`);
  else
    print(
      stderr,
      `${cancelled ? 'cancelled' : job.state}: ${done} of ${total} runs done, ${sprites} written, ${took}`,
    );
}

async function generate(
  context: Context,
  connection: WorkerConnection,
  options: GenerateOptions,
  words: string[],
): Promise<number> {
  const { stdout, stderr, cwd } = context;
  const json = options.json === true;
  const prompt = words.join(' ');
  if (options.denoise !== undefined && options.init === undefined) {
    throw new PixelsError(
      'invalid-params',
      '--denoise says how much of an image is drawn anew; name the image with --init, or leave it out.',
    );
  }
  const id = uuid7(context.now());
  const { settings, out } = await drawingSettings(connection, cwd, await readProject(cwd), {
    preset: options.preset,
    settings: { ...(await saidSettings(options, cwd)), out: options.out },
    init: options.init !== undefined,
  });
  const init = await uploadInit(connection, options.init, cwd);
  const submit = submissionOf(id, prompt, options, settings, init);

  if (options.detach === true) {
    const { job, warnings } = await connection.request('jobs.submit', submit);
    for (const warning of warnings) print(stderr, printable(`note: ${warning}`));
    const submitted = { event: 'submitted', job: job.id, runs: job.runs.total, warnings };
    print(stdout, json ? JSON.stringify(submitted) : job.id);
    return EXIT.done;
  }

  const display: ProgressDisplay = json
    ? SILENT_DISPLAY
    : progressDisplay(stderr, context.environment, context.now);
  const report = new JsonReport(context, json);
  const files: SavedFile[] = [];
  const folder = out ?? cwd;
  const onRun = async (run: Run) => {
    const saved = await saveRun(connection, run, {
      write: (...file) => writeNewFile(folder, ...file, options.force === true),
      name: options.name ?? nameOfPrompt(prompt),
      runsPerName: () => options.count ?? 1,
      raw: options.raw === true,
      metadata: options.metadata,
    });
    files.push(...saved);
    for (const file of saved) {
      report.file(file);
      if (!json) display.line(fit(describeFile(file, cwd), columnsOf(stdout)), stdout);
    }
  };
  const ended = await runJob(context, connection, submit, {
    display,
    onSubmitted: (submitted, warnings) => {
      report.submitted(submitted, warnings);
      for (const warning of warnings) display.line(printable(`note: ${warning}`));
      if (stderr.isTTY === true && !json) display.line(`job ${shortId(submitted.id)}`);
    },
    onEvent: event => report.event(event),
    onRun,
  });
  const faults = await runFaults(connection, ended.job);
  if (json) report.summary(ended.job, faults, files);
  else describeEnd(context, ended, faults, files);
  return ended.exitCode;
}

/** `generate`: draws sprites and writes them as files. */
export function generateCommand(host: CommandHost): Command {
  const command = makeCommand('generate', 'draw sprites and write them as PNG files', [
    'generate rusty sword',
    'generate "rusty sword" --size 32 --count 4 --seed 7 --out assets',
    'generate "cave troll" --preset boss',
    'generate knight --checkpoint sdxl.safetensors --lora pixel-art:0.8 --lora knights',
    'generate "stone floor" --keep-background --name floor --force',
    'generate "night version" --init knight.png --denoise 0.5',
    'generate "" --workflow remove-background --init photo.png --name knight',
    'generate dragon --count 50 --lane batch --detach',
    'generate potion --json | jq -r "select(.event == \\"file\\").path"',
  ])
    .argument('<prompt...>', 'what to draw')
    .addHelpText('after', `\n${EXIT_CODES_HELP}`);
  addDrawingOptions(command);
  addFileOptions(command);
  command.option('--detach', 'print the job and leave it to the worker');
  addJsonOption(command, 'print JSON lines: changes of state, progress, files, a summary last');
  return onWorker(host, command, 'starts', (connection, words) =>
    generate(host.context, connection, command.opts<GenerateOptions>(), words),
  );
}
