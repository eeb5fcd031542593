import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { JobView } from '../../../src/client/follow-job.ts';
import { progressDisplay } from '../../../src/cli/job/progress-display.ts';
import { bar, progressLine, progressText } from '../../../src/cli/job/progress-line.ts';
import { displayWidth } from '../../../src/cli/terminal/text.ts';
import { FakeOutput } from './fake-context.ts';
import { runningJob } from './records.ts';

const running: JobView = {
  job: runningJob,
  active: { run: 1, stage: 'sampling', value: 14, max: 30, etaMs: 3000 },
  ahead: null,
  away: false,
};

function view(job: Partial<JobView['job']>, rest: Partial<JobView> = {}): JobView {
  return { ...running, ...rest, job: { ...runningJob, ...job } };
}

describe('the progress line', () => {
  test('shows title, bar, share, runs, stage, step and time left', () => {
    expect(progressLine(running, 79)).toBe(
      'rusty sword ███████▌░░░░░░░░░░░░   37 %  1/4  sampling 14/30  12 s left',
    );
  });

  test('shows how many runs are served before a queued job', () => {
    const queued = view({ state: 'queued', progress: 0 }, { active: null, ahead: 3 });
    expect(progressLine(queued, 79)).toContain('queued, 3 ahead');
    expect(progressLine(queued, 79)).not.toContain('left');
  });

  test('tells of failed runs, of placeholder art and of a worker that is away', () => {
    const runs = { ...runningJob.runs, failed: 1, lost: 1 };
    expect(progressLine(view({ runs }), 99)).toContain('2 failed');
    expect(progressLine(view({ placeholder: true }), 99)).toContain('placeholder');
    const away = progressLine(view({}, { away: true }), 99);
    expect(away).toContain('worker away, waiting');
    expect(away).not.toContain('left');
  });

  test.each([20, 30, 40, 60, 80, 200])('fits %d columns', columns => {
    const long = view({ title: '勇者の剣 with a very long title that never seems to end' });
    expect(displayWidth(progressLine(long, columns))).toBeLessThanOrEqual(columns);
  });

  test('does not let a title steer the terminal', () => {
    const line = progressLine(view({ title: 'a\u001b[2J\nb' }), 80);
    expect(line.startsWith('a [2J b ')).toBe(true);
  });

  test('has a bar of constant width that fills from empty to full', () => {
    const bars = [-1, 0, 0.001, 0.3333, 0.5, 0.999, 1, 7].map(share => bar(share, 10));
    expect(new Set(bars.map(displayWidth))).toEqual(new Set([10]));
    expect(bars[1]).toBe('░░░░░░░░░░');
    expect(bars[4]).toBe('█████░░░░░');
    expect(bars[6]).toBe('██████████');
  });

  test('has plain words for logs', () => {
    expect(progressText(running)).toBe('rusty sword: running, 1 of 4 done');
    expect(progressText(view({ runs: { ...runningJob.runs, lost: 2 } }))).toContain('2 failed');
  });
});

describe('the live display', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 10_000 });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  function liveDisplay() {
    const output = new FakeOutput(true, 80);
    return { output, display: progressDisplay(output, {}, Date.now) };
  }

  test('redraws at most 20 times a second and ends on the newest state', () => {
    const { output, display } = liveDisplay();
    for (let step = 0; step < 1000; step++) {
      display.update(view({ progress: step / 1000 }, { active: null }));
      vi.advanceTimersByTime(1);
    }
    vi.advanceTimersByTime(100);
    expect(output.writes.length).toBeLessThanOrEqual(21);
    expect(output.writes.length).toBeGreaterThan(15);
    expect(output.writes.at(-1)).toContain('99 %');
  });

  test('redraws in place and writes nothing when nothing changed', () => {
    const { output, display } = liveDisplay();
    display.update(running);
    vi.advanceTimersByTime(1000);
    display.update(running);
    vi.advanceTimersByTime(1000);
    expect(output.writes).toHaveLength(1);
    expect(output.text.startsWith('\r\u001b[2K')).toBe(true);
    expect(output.text).not.toContain('\n');
  });

  test('prints other lines above the progress, to where they belong', () => {
    const { output, display } = liveDisplay();
    const files = new FakeOutput(true);
    display.update(running);
    display.line('sword.png', files);
    expect(files.text).toBe('sword.png\n');
    expect(output.writes.slice(1)).toEqual(['\r\u001b[2K', output.writes[0]]);
  });

  test('holds everything back while a question stands, then shows it in order', () => {
    const { output, display } = liveDisplay();
    display.update(running);
    display.pause();
    const before = output.text;
    display.line('first');
    display.line('second');
    display.update(view({ progress: 0.9 }));
    vi.advanceTimersByTime(1000);
    expect(output.text).toBe(before);
    display.resume();
    expect(output.text.slice(before.length)).toMatch(/^first\nsecond\n.*90 %/s);
  });

  test('leaves a clean line and nothing to come when it is closed', () => {
    const { output, display } = liveDisplay();
    display.update(running);
    display.update(view({ progress: 0.5 }));
    display.close();
    const after = output.text;
    vi.advanceTimersByTime(1000);
    expect(output.text).toBe(after);
    expect(after.endsWith('\r\u001b[2K')).toBe(true);
  });
});

describe('the plain display', () => {
  test.each([
    ['a pipe', new FakeOutput(false), {}],
    ['a dumb terminal', new FakeOutput(true), { TERM: 'dumb' }],
  ])('writes a line per change to %s, without control characters', (_what, output, environment) => {
    const display = progressDisplay(output, environment, Date.now);
    display.update(running);
    display.update(running);
    display.update(view({ state: 'done' }));
    expect(output.lines).toEqual([
      'rusty sword: running, 1 of 4 done',
      'rusty sword: done, 1 of 4 done',
    ]);
    display.close();
    expect(output.text).not.toContain('\u001b');
  });
});
