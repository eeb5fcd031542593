import { randomInt } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import * as z from 'zod';
import type { WorkerConnection } from '../../client/worker-connection.ts';
import { parseLora } from '../../project/lora-text.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { fileNameSchema } from '../../protocol/names.ts';
import { type Lora, type RecipeInput, renderSizeSchema, type Size } from '../../protocol/recipe.ts';
import { shortPath } from '../job/short-path.ts';
import { markdownOf } from '../bench/markdown.ts';
import { measure } from '../bench/measure.ts';
import type { BenchResult, Measure, Skipped } from '../bench/result.ts';
import { type Context, print } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import {
  asArgumentError,
  collect,
  type ConnectionOptions,
  numberBy,
  parsedBy,
} from '../options.ts';
import { printable } from '../terminal/text.ts';
import { addJsonOption, type CommandHost, makeCommand, onWorker } from './command.ts';

interface BenchOptions extends ConnectionOptions {
  workflow?: string;
  checkpoint?: string;
  vae?: string;
  lora?: Lora[];
  renderSize?: Size;
  steps?: number;
  cfg?: number;
  sampler?: string;
  scheduler?: string;
  prompt: string;
  batches: number[];
  runs: number;
  cold: boolean;
  out: string;
  json?: boolean;
}

const MAX_BATCH = 64;
/** Errors after which nothing else can be measured. */
const ENDS_ALL: ReadonlySet<string> = new Set(['cancelled', 'disconnected', 'timeout']);

function parseBatches(text: string): number[] {
  const batches = text.split(',').map(part => Number(part.trim()));
  if (batches.some(batch => !Number.isInteger(batch) || batch < 1 || batch > MAX_BATCH)) {
    throw new InvalidArgumentError(
      `Write numbers from 1 to ${MAX_BATCH} with commas, such as 1,4,8.`,
    );
  }
  return [...new Set(batches)];
}

/** What is drawn; the picture stays as the engine delivers it, since the pixel stage is not measured. */
function recipeOf(options: BenchOptions, batch: number): RecipeInput {
  const { workflow, checkpoint, vae, lora, renderSize, steps, cfg, sampler, scheduler } = options;
  return {
    prompt: options.prompt,
    ...(workflow !== undefined && { workflow }),
    ...(checkpoint !== undefined && { checkpoint }),
    ...(vae !== undefined && { vae }),
    ...(lora !== undefined && { loras: lora }),
    ...(renderSize !== undefined && { renderSize }),
    ...(steps !== undefined && { steps }),
    ...(cfg !== undefined && { cfg }),
    ...(sampler !== undefined && { sampler }),
    ...(scheduler !== undefined && { scheduler }),
    ...(batch > 1 && { batch }),
    pixels: { fix: 'none', background: 'keep' },
  };
}

async function refuseBusy(connection: WorkerConnection): Promise<void> {
  const { jobs } = await connection.request('status', {});
  if (jobs.unfinished === 0) return;
  throw new PixelsError(
    'conflict',
    'The worker has unfinished jobs, and times beside them would say nothing. Wait for them, or see "dgx-pixels jobs list".',
  );
}

/** Measures cold first, then each batch size warm; what cannot be measured is told and does not stop the rest. */
async function measureAll(
  context: Context,
  connection: WorkerConnection,
  options: BenchOptions,
): Promise<{ measures: Measure[]; skipped: Skipped[] }> {
  const measures: Measure[] = [];
  const skipped: Skipped[] = [];
  let seed = randomInt(2 ** 40);
  const attempt = async (kind: Measure['kind'], batch: number, runs: number): Promise<boolean> => {
    try {
      const recipe = { ...recipeOf(options, batch), seed, batch };
      seed += runs;
      const result = await measure(context, connection, recipe, kind, runs);
      measures.push(result);
      return true;
    } catch (error) {
      if (!PixelsError.is(error) || ENDS_ALL.has(error.code)) throw error;
      skipped.push({ kind, batch, reason: error.message });
      return false;
    }
  };
  if (options.cold) {
    try {
      await connection.request('engines.free', {});
      await attempt('cold', 1, 1);
    } catch (error) {
      if (!PixelsError.is(error, 'conflict', 'engine-unavailable')) throw error;
      skipped.push({ kind: 'cold', batch: 1, reason: error.message });
    }
  }
  for (const batch of options.batches) {
    // The first run of a batch size loads, chooses kernels and allocates: it is not counted.
    if (await attempt('warm', batch, 1)) {
      measures.pop();
      await attempt('warm', batch, options.runs);
    }
  }
  return { measures, skipped };
}

async function bench(
  context: Context,
  connection: WorkerConnection,
  options: BenchOptions,
): Promise<BenchResult> {
  await refuseBusy(connection);
  const { recipe, warnings } = await connection.request('recipes.resolve', {
    recipe: recipeOf(options, 1),
  });
  for (const warning of warnings) print(context.stderr, printable(`warning: ${warning}`));
  const at = new Date(context.now()).toISOString();
  const [system, { engines }, inventory] = await Promise.all([
    connection.request('system.report', {}),
    connection.request('engines.report', {}),
    connection.request('models.list', {}),
  ]);
  const { measures, skipped } = await measureAll(context, connection, options);
  const { cpu: after } = await connection.request('system.report', {});
  const { host: _host, disk: _disk, ...host } = system;
  const { seed: _seed, batch: _batch, pixels: _pixels, init: _init, ...drawn } = recipe;
  const used = new Set(measures.flatMap(({ servers }) => servers));
  const hashOf = (list: typeof inventory.checkpoints, name: string): string | null =>
    list.find(model => model.name === name)?.sha256 ?? null;
  return {
    format: 'dgx-pixels/bench-inference/1',
    at,
    placeholder: engines.some(({ engine, server }) => engine === 'builtin' && used.has(server)),
    dgxPixels: context.version,
    host,
    loadAfter: after.load1,
    engines: engines
      .filter(({ server }) => used.has(server))
      .map(({ process: _process, ...engine }) => engine),
    recipe: drawn,
    models: [
      {
        kind: 'checkpoint',
        name: recipe.checkpoint,
        sha256: hashOf(inventory.checkpoints, recipe.checkpoint),
      },
      ...(recipe.vae === null
        ? []
        : [{ kind: 'vae', name: recipe.vae, sha256: hashOf(inventory.vaes, recipe.vae) }]),
      ...recipe.loras.map(({ name }) => ({
        kind: 'lora',
        name,
        sha256: hashOf(inventory.loras, name),
      })),
    ],
    measures,
    skipped,
  };
}

async function writeResult(context: Context, out: string, result: BenchResult): Promise<string> {
  const folder = resolve(context.cwd, out);
  await mkdir(folder, { recursive: true });
  const model = result.recipe.checkpoint.replace(/\.\w+$/, '').replaceAll(/[^A-Za-z0-9]+/g, '-');
  const time = result.at.slice(0, 19).replaceAll(':', '-');
  const path = join(folder, `inference-${model}-${time}`);
  await writeFile(`${path}.json`, `${JSON.stringify(result, null, 2)}\n`);
  await writeFile(`${path}.md`, markdownOf(result));
  return path;
}

/** `bench inference`: how fast the worker's servers draw. */
export function benchInferenceCommand(host: CommandHost): Command {
  const { context } = host;
  const command = makeCommand(
    'inference',
    'measure seconds per image, images per minute and peak memory, and write them with the host’s profile',
    [
      'bench inference --checkpoint sdxl.safetensors --steps 8 --cfg 1',
      'bench inference --workflow draft-sdxl --batches 1,4,8 --runs 10',
      'bench inference --render-size 768 --out results --json',
    ],
  )
    .option(
      '--workflow <name>',
      "workflow (default: the worker's choice)",
      parsedBy(fileNameSchema),
    )
    .option('--checkpoint <name>', 'checkpoint')
    .option('--vae <name>', 'VAE')
    .option(
      '--lora <name[:strength]>',
      'LoRA, may be repeated',
      collect(asArgumentError(parseLora)),
    )
    .option(
      '--render-size <size>',
      "the engine's pixels, such as 1024x1024",
      parsedBy(renderSizeSchema),
    )
    .option('--steps <n>', 'sampling steps', numberBy(z.int().min(1).max(1000)))
    .option('--cfg <n>', 'guidance; 1 switches it off', numberBy(z.number().min(0).max(100)))
    .option('--sampler <name>', 'sampler')
    .option('--scheduler <name>', 'scheduler')
    .option('--prompt <text>', 'what is drawn', 'a rusty sword, game sprite')
    .option('--batches <list>', 'images per run', parseBatches, [1, 4, 8])
    .option(
      '--runs <n>',
      'runs of each batch size that count',
      numberBy(z.int().min(2).max(1000)),
      3,
    )
    .option('--no-cold', 'do not unload models for a cold run first')
    .option('--out <folder>', 'where to write', join('bench', 'results'));
  addJsonOption(command, 'print the result as JSON too');
  return onWorker(host, command, 'starts', async connection => {
    const options = command.opts<BenchOptions>();
    const result = await bench(context, connection, options);
    const { measures, skipped } = result;
    if (measures.length === 0) {
      throw new PixelsError('engine-failed', skipped[0]?.reason ?? 'Nothing could be measured.');
    }
    const path = await writeResult(context, options.out, result);
    if (options.json === true) print(context.stdout, JSON.stringify(result, null, 2));
    else print(context.stdout, markdownOf(result));
    print(context.stderr, `Written to ${shortPath(path, context.cwd)}.json and .md`);
    return skipped.length === 0 ? EXIT.done : EXIT.failed;
  });
}
