import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { type Manifest, manifestItems, parseManifest } from '../../project/manifest.ts';
import type { Run } from '../../protocol/jobs.ts';
import { columnsOf, type Context, print } from '../context.ts';
import { type DemoPlaces, demoPlaces } from '../demo/places.ts';
import { type PrivateWorker, startPrivateWorker } from '../demo/private-worker.ts';
import { decodePicture } from '../decode-picture.ts';
import { EXIT } from '../exit-codes.ts';
import { progressDisplay } from '../job/progress-display.ts';
import { runFaults, runJob } from '../job/run-job.ts';
import { saveRun } from '../../client/save-images.ts';
import { writeNewFile } from '../../local/write-file.ts';
import { shortPath } from '../job/short-path.ts';
import { countColours } from '../preview/pixels.ts';
import { table } from '../terminal/table.ts';
import { printable } from '../terminal/text.ts';
import { plural } from '../terminal/units.ts';
import { uuid7 } from '../../client/uuid7.ts';
import { connectRunning } from '../worker/connect.ts';
import { type CommandHost, makeCommand } from './command.ts';

interface DemoOptions {
  out?: string;
  keep?: boolean;
}

interface DrawnSprite {
  run: number;
  cells: string[];
}

interface DemoResult {
  drawn: DrawnSprite[];
  failed: number;
  exitCode: number;
}

const COLUMNS = [
  { title: 'SPRITE' },
  { title: 'SIZE', align: 'right' },
  { title: 'COLOURS', align: 'right' },
  { title: 'SEED', align: 'right' },
  { title: 'MS', align: 'right' },
  { title: 'FILE', shrinks: true },
] as const;

async function draw(
  context: Context,
  worker: PrivateWorker,
  manifest: Manifest,
  { assets }: DemoPlaces,
): Promise<DemoResult> {
  const { connection } = worker;
  const { stderr, environment, now, cwd } = context;
  const drawn: DrawnSprite[] = [];
  const display = progressDisplay(stderr, environment, now);
  const onRun = async (run: Run) => {
    const files = await saveRun(connection, run, {
      write: (...file) => writeNewFile(assets, ...file, true),
      name: null,
      runsPerName: ({ name }) => manifest.sprites.find(sprite => sprite.name === name)?.count ?? 1,
      raw: false,
      metadata: 'digest',
    });
    for (const { path, image, content } of files) {
      const ms = (run.finishedAt ?? 0) - (run.startedAt ?? run.finishedAt ?? 0);
      const colours = countColours(decodePicture(content, path));
      drawn.push({
        run: run.index,
        cells: [
          run.name ?? '',
          `${image.width}×${image.height}`,
          String(colours),
          String(run.recipe.seed),
          String(Math.round(ms)),
          shortPath(path, cwd),
        ],
      });
    }
  };
  const submit = {
    id: uuid7(now()),
    spec: { kind: 'generate' as const, items: manifestItems(manifest) },
    title: 'dungeon',
  };
  const { job, exitCode } = await Promise.race([
    runJob(context, connection, submit, { display, onRun }),
    worker.died,
  ]);
  for (const { name, state, message } of await runFaults(connection, job)) {
    print(stderr, printable(`${name ?? 'run'} ${state}: ${message}`));
  }
  drawn.sort((a, b) => a.run - b.run);
  return { drawn, failed: job.runs.total - job.runs.done, exitCode };
}

/** How it ended, for the last line: what a person cancelled did not fail. */
export function outcomeOf(runs: number, failed: number, exitCode: number): string {
  if (exitCode === EXIT.cancelled) return `cancelled, ${runs - failed} of ${runs} sprites`;
  return `${runs} sprites, ${failed} failed`;
}

async function demo(context: Context, options: DemoOptions): Promise<number> {
  const { stdout, stderr, environment, program, cwd, now } = context;
  const begin = now();
  const places = demoPlaces(program, cwd, options.out ?? null);
  const manifest = parseManifest(readFileSync(places.manifest, 'utf8'), 'sprites.yaml');
  const engine = environment['COMFYUI_URL'];
  const drawer = engine === undefined || engine === '' ? 'the built-in engine' : engine;
  print(stderr, `Drawing ${plural(manifest.sprites.length, 'sprite')} with ${drawer}.`);
  const worker = await startPrivateWorker(context, here =>
    connectRunning({ ...context, environment: here }),
  );
  let result: DemoResult;
  try {
    result = await draw(context, worker, manifest, places);
  } finally {
    await worker.close(options.keep === true);
  }
  const { drawn, failed, exitCode } = result;
  const rows = drawn.map(({ cells }) => cells);
  print(stdout, `\n${table(COLUMNS, rows, columnsOf(stdout))}\n`);
  if (failed === 0) {
    const page = join(places.game, 'index.html');
    print(stdout, `Play the game: open ${shortPath(page, cwd)} in a browser,`);
    print(stdout, `  ${pathToFileURL(page).href}`);
  }
  if (options.keep === true) print(stdout, `The worker's files are kept: ${worker.data}`);
  const runs = manifest.sprites.reduce((sum, { count }) => sum + count, 0);
  const seconds = ((now() - begin) / 1000).toFixed(1);
  print(stdout, `demo: ${outcomeOf(runs, failed, exitCode)}, ${seconds} s`);
  return failed === 0 ? EXIT.done : exitCode === EXIT.done ? EXIT.failed : exitCode;
}

/** `demo`: draws the sprites of a small game. */
export function demoCommand({ context, outcome }: CommandHost): Command {
  const command = makeCommand(
    'demo',
    "draw a small game's sprites with a worker of its own, then play it",
    ['demo', 'demo --out my-dungeon', 'COMFYUI_URL=http://127.0.0.1:8188 dgx-pixels demo'],
  )
    .option('-o, --out <folder>', 'copy the game there (default: in place, or ./dgx-pixels-demo)')
    .option('--keep', "keep the worker's temporary files");
  return command.action(async () => {
    outcome.exitCode = await demo(context, command.opts<DemoOptions>());
  });
}
