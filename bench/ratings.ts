import { parseArgs } from 'node:util';
import type { Fit } from '../src/project/ratings/fit.ts';
import { type Figure, reportFigures, tableOf } from './lib/report.ts';
import { leaderboardTimes } from './ratings/leaderboard-times.ts';
import { type Ending, lookedAtSeries, randomSeries } from './ratings/series.ts';
import { votesFileTimes } from './ratings/votes-file-times.ts';
import { carelessVoter, luceVoter, randomOf, thresholdVoter, type Voter } from './ratings/voter.ts';

/*
 * Whether intervals hold what they say and verdicts come neither falsely nor late: simulated voters, every run seeded.
 */

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '2000' },
    json: { type: 'string' },
    only: { type: 'string' },
  },
});
const runs = Number(options.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a whole number ≥ 1.');

/** Votes after which a series ends. */
const LIMIT = 200;
const NINETY = 1.6448536269514722;
const figures: Record<string, Figure> = {};
const voters: [name: string, voter: Voter][] = [
  ['luce', luceVoter],
  ['careless', carelessVoter],
  ['threshold', thresholdVoter],
];

function share(count: number, of: number): number {
  return (100 * count) / of;
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function sized(contenders: number, value: number): number[] {
  return Array.from({ length: contenders }, () => value);
}

/** Contenders and votes of series whose intervals are looked at. */
const SERIES = [
  [2, 20],
  [4, 30],
  [4, 100],
  [8, 200],
] as const;

/** How many true strengths lie inside their intervals. */
function heldBy(fit: Fit, strengths: readonly number[]): number {
  const count = strengths.length;
  const mean = strengths.reduce((sum, one) => sum + one, 0) / count;
  return strengths.filter((strength, place) => {
    const sd = Math.sqrt(fit.covariance[place * count + place] ?? 0);
    return Math.abs(strength - mean - (fit.strengths[place] ?? 0)) <= NINETY * sd;
  }).length;
}

/** Shares of true strengths inside their intervals. */
function coverage(): void {
  const rows: string[][] = [];
  for (const [contenders, votes] of SERIES) {
    for (const shown of [2, 4].filter(count => count <= contenders)) {
      const cells = voters.map(([name, voter]) => {
        let inside = 0;
        for (let run = 0; run < runs; run += 1) {
          const random = randomOf(run * 7919 + contenders * 31 + votes);
          const strengths = sized(contenders, 0).map(() => random() * 3 - 1.5);
          inside += heldBy(randomSeries(strengths, shown, votes, voter, random), strengths);
        }
        const covered = share(inside, runs * contenders);
        const held = name === 'luce' ? { atLeast: 87, atMost: 93 } : {};
        figures[`cover_${contenders}x${votes}_${shown}_${name}`] = { value: covered, ...held };
        return covered.toFixed(1);
      });
      rows.push([`${contenders} contenders, ${votes} votes, ${shown} shown`, ...cells]);
    }
  }
  print('Coverage of the 90 % intervals, %', ['', ...voters.map(([name]) => name)], rows);
}

/** The same for strengths that are given, not drawn: the prior helps equals, and costs those at its edges. */
function givenStrengths(): void {
  const kinds: [name: string, strengthAt: (place: number, contenders: number) => number][] = [
    ['equal', () => 0],
    ['halves', (place, contenders) => (place < contenders / 2 ? -0.6 : 0.6)],
    ['one', place => (place === 0 ? 1.5 : 0)],
    ['even', (place, contenders) => (3 * place) / (contenders - 1) - 1.5],
  ];
  const columns = SERIES.flatMap(([contenders, votes]) =>
    [2, 4].filter(count => count <= contenders).map(shown => ({ contenders, votes, shown })),
  );
  const rows = kinds.map(([name, strengthAt]) => [
    name,
    ...columns.map(({ contenders, votes, shown }) => {
      const strengths = sized(contenders, 0).map((_, place) => strengthAt(place, contenders));
      let inside = 0;
      for (let run = 0; run < runs; run += 1) {
        const random = randomOf(run * 6007 + contenders * 37 + votes + shown);
        inside += heldBy(randomSeries(strengths, shown, votes, luceVoter, random), strengths);
      }
      const covered = share(inside, runs * contenders);
      figures[`cover_${name}_${contenders}x${votes}_${shown}`] = { value: covered };
      return covered.toFixed(1);
    }),
  ]);
  const head = columns.map(({ contenders, votes, shown }) => `${contenders}x${votes}, ${shown}`);
  print('Coverage of the 90 % intervals with given strengths, %', ['', ...head], rows);
}

function endings(
  strengths: readonly number[],
  shown: number,
  voter: Voter,
  more: { untilApart?: boolean; asked?: number } = {},
): Ending[] {
  return Array.from({ length: runs }, (_, run) =>
    lookedAtSeries({
      strengths,
      shown,
      voter,
      seed: run * 104_729 + strengths.length * 17 + shown,
      limit: LIMIT,
      ...more,
    }),
  );
}

const SHAPES = [
  [2, 2],
  [3, 2],
  [4, 2],
  [3, 3],
  [4, 4],
] as const;

/** Equals, and one that is three times as good as its equals. */
function verdicts(): void {
  const rows = SHAPES.map(([contenders, shown]) => {
    const name = `${contenders}_${shown}`;
    const equal = voters.map(([label, voter]) => {
      const given = endings(sized(contenders, 0), shown, voter).filter(({ best }) => best >= 0);
      const value = share(given.length, runs);
      figures[`false_${name}_${label}`] = { value, ...(label === 'luce' && { atMost: 10 }) };
      return value.toFixed(1);
    });
    const better = [...sized(contenders - 1, 0), Math.log(3)];
    const found = endings(better, shown, luceVoter, { untilApart: true, asked: 10 });
    const median = medianOf(found.map(({ votes }) => votes));
    const right = found.filter(({ best }) => best === contenders - 1).length;
    const apart = medianOf(found.map(one => one.apart.votes));
    figures[`votes_${name}`] = { value: median, atMost: shown === 2 ? 32 : 36 };
    figures[`right_${name}`] = { value: share(right, found.filter(one => one.best >= 0).length) };
    figures[`votes_apart_${name}`] = { value: apart };
    const told = found.flatMap(({ forecast, votes }) =>
      forecast === null || votes <= 10 ? [] : [votes - 10 - forecast],
    );
    figures[`forecast_late_${name}`] = {
      value: share(told.filter(one => one > 0).length, told.length),
    };
    return [
      `${contenders} contenders, ${shown} shown`,
      ...equal,
      String(median),
      figures[`right_${name}`]?.value.toFixed(1) ?? '',
      Number.isFinite(apart) ? String(apart) : `> ${LIMIT}`,
      figures[`forecast_late_${name}`]?.value.toFixed(0) ?? '',
    ];
  });
  print(
    `Series looked at after each of ${LIMIT} votes: equals that got a verdict, %; one 3:1 better, votes (median)`,
    [
      '',
      'luce',
      'careless',
      'threshold',
      'verdict',
      'right %',
      'told apart',
      'later than forecast %',
    ],
    rows,
  );
}

/** Two equal best among worse ones: they may be ahead, but must not be told apart. */
function pairs(): void {
  const rows: string[][] = [];
  for (const [contenders, shown] of [
    [4, 2],
    [4, 4],
  ] as const) {
    for (const gap of [0.7, 1.1, 1.5]) {
      const strengths = [...sized(contenders - 2, 0), gap, gap];
      const ended = endings(strengths, shown, luceVoter, { untilApart: true });
      const name = `${contenders}_${shown}_${gap}`;
      const given = ended.filter(({ best }) => best >= 0).length;
      const worse = ended.filter(({ best }) => best >= 0 && best < contenders - 2).length;
      const apart = ended.filter(one => one.apart.best >= 0).length;
      figures[`pair_ahead_${name}`] = { value: share(given, runs) };
      figures[`pair_worse_${name}`] = { value: share(worse, runs) };
      figures[`pair_apart_${name}`] = { value: share(apart, runs) };
      rows.push([
        `${contenders} contenders, ${shown} shown, two best by ${gap}`,
        ...[given, worse, apart].map(count => share(count, runs).toFixed(1)),
      ]);
    }
  }
  print(
    `Two equal best among worse ones, % of series of ${LIMIT} votes`,
    ['', 'ahead of the others', 'a worse one ahead', 'told apart (false)'],
    rows,
  );
}

function print(title: string, head: readonly string[], rows: readonly string[][]): void {
  process.stdout.write(`\n${title}, ${runs} runs\n\n${tableOf(head, rows)}\n`);
}

async function timed(): Promise<void> {
  const times = leaderboardTimes(100_000);
  figures['leaderboard_100k_ms'] = { value: times.leaderboardMs, atMost: 1000 };
  figures['read_100k_ms'] = { value: times.readMs };
  figures['read_100k_mb'] = { value: times.megabytes };
  const file = await votesFileTimes(100_000);
  figures['open_100k_ms'] = { value: file.openMs };
  figures['open_stall_100k_ms'] = { value: file.stallMs };
  figures['append_100k_ms'] = { value: file.appendMs };
}

const parts: Record<string, () => void | Promise<void>> = {
  coverage,
  given: givenStrengths,
  verdicts,
  pairs,
  timed,
};
const { only } = options;
if (only !== undefined && !Object.hasOwn(parts, only)) {
  throw new Error(`--only takes one of: ${Object.keys(parts).join(', ')}.`);
}
for (const [name, run] of Object.entries(parts)) {
  if (only === undefined || only === name) await run();
}
reportFigures(figures, options.json);
