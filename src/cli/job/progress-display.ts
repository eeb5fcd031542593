import type { Environment, Output } from '../context.ts';
import type { JobView } from '../../client/follow-job.ts';
import { progressLine, progressText } from './progress-line.ts';

const REDRAW_MS = 50;
const CLEAR_LINE = '\r\u001b[2K';

/** Shows how a job goes. */
export interface ProgressDisplay {
  update(view: JobView): void;
  /** Prints a line of its own, above the progress; elsewhere than the progress where an output is given. */
  line(text: string, output?: Output): void;
  /** Holds everything back while a question stands there. */
  pause(): void;
  resume(): void;
  close(): void;
}

/** One line that is drawn anew, at most 20 times a second. */
class LiveDisplay implements ProgressDisplay {
  readonly #output: Output;
  readonly #now: () => number;
  #view: JobView | null = null;
  #drawn = '';
  #drawnAt = -Infinity;
  #timer: NodeJS.Timeout | null = null;
  #paused = false;
  readonly #backlog: (() => void)[] = [];

  constructor(output: Output, now: () => number) {
    this.#output = output;
    this.#now = now;
  }

  update(view: JobView): void {
    this.#view = view;
    if (this.#timer !== null || this.#paused) return;
    const wait = this.#drawnAt + REDRAW_MS - this.#now();
    if (wait <= 0) this.#draw();
    else {
      this.#timer = setTimeout(() => this.#draw(), wait);
      this.#timer.unref();
    }
  }

  line(text: string, output: Output = this.#output): void {
    if (this.#paused) {
      this.#backlog.push(() => output.write(`${text}\n`));
      return;
    }
    const redraw = this.#drawn !== '';
    this.#clear();
    output.write(`${text}\n`);
    if (redraw) this.#draw();
  }

  pause(): void {
    this.#paused = true;
    this.#clear();
  }

  resume(): void {
    this.#paused = false;
    for (const write of this.#backlog.splice(0)) write();
    if (this.#view !== null) this.#draw();
  }

  close(): void {
    this.#view = null;
    this.resume();
    this.#clear();
  }

  #draw(): void {
    this.#cancelTimer();
    if (this.#view === null || this.#paused) return;
    // The last column stays free: some terminals wrap when it is written.
    const text = progressLine(this.#view, (this.#output.columns ?? 80) - 1);
    this.#drawnAt = this.#now();
    if (text === this.#drawn) return;
    this.#output.write(`${CLEAR_LINE}${text}`);
    this.#drawn = text;
  }

  #clear(): void {
    this.#cancelTimer();
    if (this.#drawn !== '') this.#output.write(CLEAR_LINE);
    this.#drawn = '';
  }

  #cancelTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

/** A line for each change of state and for each finished run, as logs want it. */
class PlainDisplay implements ProgressDisplay {
  readonly #output: Output;
  #last = '';

  constructor(output: Output) {
    this.#output = output;
  }

  update(view: JobView): void {
    const text = progressText(view);
    if (text === this.#last) return;
    this.#last = text;
    this.#output.write(`${text}\n`);
  }

  line(text: string, output: Output = this.#output): void {
    output.write(`${text}\n`);
  }

  pause(): void {
    // Nothing stands on the screen.
  }

  resume(): void {
    // Nothing stood on the screen.
  }

  close(): void {
    // Nothing stands on the screen.
  }
}

/** The display that suits an output: a live line on a terminal, plain lines elsewhere. */
export function progressDisplay(
  output: Output,
  environment: Environment,
  now: () => number,
): ProgressDisplay {
  const live = output.isTTY === true && environment['TERM'] !== 'dumb';
  return live ? new LiveDisplay(output, now) : new PlainDisplay(output);
}

/** A display that shows nothing, for `--json`. */
export const SILENT_DISPLAY: ProgressDisplay = {
  update: () => undefined,
  line: () => undefined,
  pause: () => undefined,
  resume: () => undefined,
  close: () => undefined,
};
