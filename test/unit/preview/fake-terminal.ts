import { EventEmitter } from 'node:events';
import type { Terminal } from '../../../src/cli/preview/probe.ts';

/** A keyboard that keeps what is put back, and notes whether keys would be lost or shown. */
class Keyboard extends EventEmitter {
  isTTY: boolean | undefined = true;
  isRaw = false;
  isFlowing = false;
  putBack = '';

  setRawMode = (raw: boolean): void => {
    this.isRaw = raw;
  };

  resume(): void {
    this.isFlowing = true;
  }

  pause(): void {
    this.isFlowing = false;
  }

  unshift(chunk: Buffer): void {
    this.putBack = chunk.toString() + this.putBack;
  }
}

/** A terminal that answers as it is told to. What comes while its keys are not held is echoed, as a real one does. */
export class FakeTerminal implements Terminal {
  readonly stdin = new Keyboard();
  readonly environment: Record<string, string>;
  written = '';
  echoed = '';
  readonly stdout = {
    isTTY: true as boolean | undefined,
    columns: 80,
    rows: 24,
    write: (text: string): void => {
      this.written += text;
      for (const [question, answer] of this.#answers) {
        if (text.includes(question)) this.send(answer);
      }
    },
  };
  readonly #answers: readonly (readonly [question: string, answer: string])[];

  constructor(
    answers: Readonly<Record<string, string>> = {},
    environment: Record<string, string> = { TERM: 'xterm-256color' },
  ) {
    this.#answers = Object.entries(answers);
    this.environment = environment;
  }

  send(text: string): void {
    if (!this.stdin.isRaw) this.echoed += text;
    if (this.stdin.isFlowing) this.stdin.emit('data', Buffer.from(text));
  }
}
