import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { fixPixels } from '../src/pixels/fix/fix-pixels.ts';
import { type Figure, reportFigures } from './lib/report.ts';
import { type CaseResult, decode, PLAIN, timeFix } from './pixels/case.ts';
import { CONDITIONS, degrade } from './pixels/degrade.ts';
import { runAll } from './pixels/run-all.ts';
import { seedOf } from './pixels/random.ts';
import { scenes } from './pixels/scenes.ts';
import { defaultFolder, loadTruths } from './pixels/truth.ts';
import type { Task } from './pixels/worker.ts';

/*
 * How much of a sprite comes back from a picture of 1024x1024: true sprites are drawn large under five conditions, fixed
 * without palette and background, and compared cell by cell.
 */

const { values: options } = parseArgs({
  options: {
    truth: { type: 'string' },
    builtin: { type: 'boolean', default: false },
    photos: { type: 'string' },
    json: { type: 'string' },
    only: { type: 'string' },
    sample: { type: 'string' },
    half: { type: 'string' },
    threads: { type: 'string', default: '2' },
    failures: { type: 'boolean', default: false },
  },
});

/** Pictures without cells that are looked at. */
const SCENES = 63;

/** Pictures that are timed, each the best of two runs. */
const TIMED = 60;

/** Share of cells from which a sprite counts as right. */
const RIGHT = 0.95;

if (options.truth !== undefined && !existsSync(options.truth))
  throw new Error(`There is no folder ${options.truth}.`);
const folder = options.builtin ? undefined : (options.truth ?? defaultFolder());
const truths = loadTruths(folder);
if (truths.length === 0) throw new Error(`No 16, 32 or 64 pixel PNG files are in ${folder}.`);
process.stdout.write(
  `${truths.length} sprites: ${folder ?? "the built-in engine's"}, seeds fixed\n`,
);

const sample = options.sample === undefined ? Infinity : Number(options.sample);
const chosen = truths
  .map((truth, place) => ({ ...truth, place }))
  .filter(({ name }) => options.half === undefined || seedOf(name) % 2 === Number(options.half))
  .toSorted((a, b) => seedOf(a.name) - seedOf(b.name))
  .filter(({ size }, i, all) => all.slice(0, i).filter(one => one.size === size).length < sample)
  .filter(
    ({ size }) =>
      options.only === undefined || !/^\d+$/.test(options.only) || String(size) === options.only,
  );
const conditions = CONDITIONS.map(({ name }, place) => ({ name, place })).filter(
  ({ name }) => options.only === undefined || /^\d+$/.test(options.only) || name === options.only,
);

const tasks = conditions.flatMap(({ place: condition }) =>
  chosen.map(({ place: truth }): Task => ({ truth, condition, reduced: false })),
);
const ai = CONDITIONS.findIndex(({ name }) => name === 'ai');
const halved = chosen
  .filter(({ size }) => size === 32)
  .slice(0, 100)
  .map(({ place: truth }): Task => ({ truth, condition: ai, reduced: true }));
const all = await runAll([...tasks, ...halved], { folder }, Number(options.threads));
const results = all.slice(0, tasks.length);
const reduced = all.slice(tasks.length);

/** What each figure must reach on the real sprites. */
function aimOf(size: number, condition: string): number | undefined {
  const large = { int: 99.5, frac: 99.5, jpeg: 99.5, ai: 98.5, aiplus: 95 };
  const small = { int: undefined, frac: 98, jpeg: 98, ai: 95, aiplus: 90 };
  return (size === 16 ? small : large)[condition as keyof typeof large];
}

function percent(values: readonly number[]): number {
  return values.length === 0
    ? NaN
    : (100 * values.reduce((sum, value) => sum + value, 0)) / values.length;
}

function shareOf(list: readonly CaseResult[], test: (one: CaseResult) => boolean): number {
  return percent(list.map(one => (test(one) ? 1 : 0)));
}

const figures: Record<string, Figure> = {};
for (const size of [16, 32, 64]) {
  for (const { name } of conditions) {
    const here = results.filter(one => one.size === size && one.condition === name);
    if (here.length === 0) continue;
    const aim = aimOf(size, name);
    figures[`cells_${size}_${name}`] = {
      value: percent(here.map(({ cells }) => cells)),
      ...(aim === undefined ? {} : { atLeast: aim }),
    };
    figures[`sprites_${size}_${name}`] = { value: shareOf(here, ({ cells }) => cells >= RIGHT) };
  }
}
figures['pitch_right'] = { value: shareOf(results, ({ pitchRight }) => pitchRight), atLeast: 99 };
const right = results.filter(({ cells }) => cells >= RIGHT);
figures['true_confidence'] = {
  value: shareOf(right, ({ confidence }) => confidence >= 0.5),
  atLeast: 95,
};
if (reduced.length > 0)
  figures['reduced_32'] = { value: percent(reduced.map(({ cells }) => cells)) };

if (options.only === undefined) {
  const falsely = await falseConfidence();
  figures['false_confidence'] = { value: falsely, atMost: 2 };
  const times = await timings();
  figures['fix_p95_ms'] = { value: quantile(times.fix, 0.95), atMost: 150 };
  figures['fix_p50_ms'] = { value: quantile(times.fix, 0.5) };
  figures['refix_p95_ms'] = { value: quantile(times.refix, 0.95), atMost: 8 };
}

if (options.failures) {
  for (const one of [...results, ...reduced].filter(
    ({ cells, pitchRight }) => cells < RIGHT || !pitchRight,
  )) {
    const { name, size, condition, cells, pitch, found, confidence } = one;
    process.stdout.write(
      `${size} ${condition} ${name}: ${(cells * 100).toFixed(1)} %, pitch ${pitch.toFixed(2)} found ${found.toFixed(2)}, confidence ${confidence.toFixed(2)}\n`,
    );
  }
  for (const one of right.filter(({ confidence }) => confidence < 0.5)) {
    process.stdout.write(
      `doubted: ${one.size} ${one.condition} ${one.name}, confidence ${one.confidence.toFixed(2)}\n`,
    );
  }
}
reportFigures(figures, options.json);

/** Share of pictures without cells whose pitch is trusted all the same: half of them through JPEG. */
async function falseConfidence(): Promise<number> {
  const trusted: boolean[] = [];
  const look = (name: string, image: Parameters<typeof fixPixels>[0], size: number): void => {
    const { grid } = fixPixels(image, { ...PLAIN, size: [size, size] }).report;
    trusted.push(grid.confidence >= 0.5);
    if (grid.confidence >= 0.5 && options.failures) {
      process.stdout.write(
        `trusted: ${name}, pitch ${grid.pitch[0].toFixed(2)}, confidence ${grid.confidence.toFixed(2)}\n`,
      );
    }
  };
  for (const [i, { name, image }] of scenes(SCENES).entries()) {
    const { width, height, data } = image;
    const raw = sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha();
    const seen = i % 2 === 0 ? image : await decode(await raw.jpeg({ quality: 85 }).toBuffer());
    look(name, seen, [16, 32, 64][i % 3]!);
  }
  for (const [i, file] of photoFiles(options.photos).entries()) {
    const edge = { width: 1024, height: 1024, fit: 'cover' } as const;
    const photo = await sharp(readFileSync(file)).rotate().resize(edge).png().toBuffer();
    look(file, await decode(photo), [16, 32, 64][i % 3]!);
  }
  return percent(trusted.map(Number));
}

function photoFiles(path: string | undefined): string[] {
  if (path === undefined) return [];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map(name => join(path, name))
    .filter(name => /\.(jpe?g|png|webp)$/i.test(name) && statSync(name).isFile())
    .sort();
}

async function timings(): Promise<{ fix: number[]; refix: number[] }> {
  const fix: number[] = [];
  const refix: number[] = [];
  for (let i = 0; i < TIMED; i++) {
    const truth = chosen[(i * 7) % chosen.length]!;
    const condition = CONDITIONS[i % CONDITIONS.length]!;
    const picture = await decode((await degrade(truth.image, truth.name, condition)).file);
    const runs = [timeFix(picture, truth.size), timeFix(picture, truth.size)];
    // The first pictures also compile the code.
    if (i < 5) continue;
    fix.push(Math.min(...runs.map(run => run.fix)));
    refix.push(Math.min(...runs.map(run => run.refix)));
  }
  return { fix, refix };
}

function quantile(list: readonly number[], share: number): number {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
