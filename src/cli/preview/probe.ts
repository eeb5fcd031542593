import type { Environment, Input, Output } from '../context.ts';
import { CSI, ESC, ST } from './escape.ts';
import type { PixelSize } from './scale.ts';
import { KITTY_QUERY, TerminalAnswers } from './terminal-answers.ts';
import { tmuxShowsSixel } from './tmux.ts';

/** Ways of showing pictures, best first. */
export type GraphicsProtocol = 'kitty' | 'sixel' | 'half-blocks';

export interface TerminalAbilities {
  protocol: GraphicsProtocol;
  /** Size of a cell; null where the terminal does not tell. */
  cellPixels: PixelSize | null;
}

/** A terminal: the streams of a process, or of a test. */
export interface Terminal {
  stdin: Input & {
    isRaw?: boolean | undefined;
    unshift?: ((chunk: Buffer) => unknown) | undefined;
  };
  stdout: Output & { rows?: number | undefined };
  environment: Environment;
}

export interface ProbeOptions {
  /** How long a picture waits for answers; default 150, over ssh 500. */
  answerMs?: number;
  /** How long keys are held in all, so that a late answer does not land on the screen; default 1000. */
  holdMs?: number;
  /** Whether the terminal around tmux shows Sixel. */
  tmuxShowsSixel?: (environment: Environment) => Promise<boolean>;
}

export interface Probe {
  /** What to draw with; never rejects. */
  abilities: Promise<TerminalAbilities>;
  /** The keyboard is as it was before; a program waits for this before it ends. Interrupted: by Ctrl-C. */
  closed: Promise<{ interrupted: boolean }>;
}

const UNKNOWN: TerminalAbilities = { protocol: 'half-blocks', cellPixels: null };
const CTRL_C = '\u0003';

/** The device attribute that means Sixel. */
const SIXEL_ATTRIBUTE = 4;

const ASK_KITTY = `${ESC}_Gi=${KITTY_QUERY},s=1,v=1,a=q,t=d,f=24;AAAA${ST}`;
const ASK_SIZES = `${CSI}16t${CSI}14t`;
/** Every terminal answers this; so it comes last, and nothing is awaited after it. */
const ASK_ATTRIBUTES = `${CSI}c`;

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

/** tmux takes Kitty's query for a title and screen passes no pictures on; the others may print it. */
function mayKnowKitty(environment: Environment): boolean {
  const { TERM = '', TERM_PROGRAM, TMUX, STY, ZELLIJ } = environment;
  if ([TMUX, STY, ZELLIJ].some(isSet)) return false;
  return !/^(screen|tmux|linux)/.test(TERM) && TERM_PROGRAM !== 'Apple_Terminal';
}

/**
 * Asks the terminal which pictures it shows and how large its cells are. What the user types meanwhile goes back
 * into `stdin`. A terminal that says nothing, a pipe and `TERM=dumb` get half blocks.
 */
export function probeTerminal(terminal: Terminal, options: ProbeOptions = {}): Probe {
  const { stdin, stdout, environment } = terminal;
  const asks = stdin.isTTY === true && stdout.isTTY === true && environment['TERM'] !== 'dumb';
  const wasRaw = stdin.isRaw ?? false;
  if (!asks || !setRaw(stdin, true)) {
    return { abilities: Promise.resolve(UNKNOWN), closed: Promise.resolve({ interrupted: false }) };
  }
  const isRemote = isSet(environment['SSH_CONNECTION']) || isSet(environment['SSH_TTY']);
  const { answerMs = isRemote ? 500 : 150, holdMs = 1000 } = options;
  const answers = new TerminalAnswers();
  let answered = (): void => undefined;
  const untilAnswered = new Promise<void>(resolve => (answered = resolve));
  const closed = new Promise<{ interrupted: boolean }>(resolve => {
    const letGo = listen(stdin, text => {
      answers.push(text);
      if (answers.attributes !== null || answers.unclaimed.includes(CTRL_C)) close();
    });
    const answerTimer = setTimeout(answered, answerMs);
    const holdTimer = setTimeout(close, holdMs);
    function close(): void {
      clearTimeout(answerTimer);
      clearTimeout(holdTimer);
      answers.end();
      letGo(answers.typed);
      setRaw(stdin, wasRaw);
      answered();
      resolve({ interrupted: answers.typed.includes(CTRL_C) });
    }
  });
  const kitty = mayKnowKitty(environment) ? ASK_KITTY : '';
  stdout.write(`${kitty}${ASK_SIZES}${ASK_ATTRIBUTES}`);
  return { abilities: untilAnswered.then(() => abilitiesOf(answers, terminal, options)), closed };
}

/** @returns whether the keyboard does as told: there may be none, or its terminal may be gone */
function setRaw(stdin: Terminal['stdin'], raw: boolean): boolean {
  if (stdin.setRawMode === undefined) return false;
  try {
    stdin.setRawMode(raw);
    return true;
  } catch {
    return false;
  }
}

/** @returns lets go of the keyboard, and puts what was typed back into it */
function listen(stdin: Terminal['stdin'], take: (text: string) => void): (typed: string) => void {
  const listener = (data: Buffer | string) => {
    take((typeof data === 'string' ? Buffer.from(data) : data).toString('latin1'));
  };
  stdin.on('data', listener);
  stdin.resume();
  return typed => {
    stdin.off('data', listener);
    stdin.pause();
    if (typed !== '') stdin.unshift?.(Buffer.from(typed, 'latin1'));
  };
}

async function abilitiesOf(
  answers: TerminalAnswers,
  { stdout, environment }: Terminal,
  options: ProbeOptions,
): Promise<TerminalAbilities> {
  const cellPixels = cellOf(answers, stdout);
  if (answers.kitty) return { protocol: 'kitty', cellPixels };
  let sixel = answers.attributes?.includes(SIXEL_ATTRIBUTE) ?? false;
  if (sixel && isSet(environment['TMUX'])) {
    sixel = await (options.tmuxShowsSixel ?? tmuxShowsSixel)(environment);
  }
  return { protocol: sixel ? 'sixel' : 'half-blocks', cellPixels };
}

function cellOf({ cell, textArea }: TerminalAnswers, { columns, rows }: Terminal['stdout']) {
  if (cell !== null && isSensible(cell)) return cell;
  if (textArea === null || columns === undefined || rows === undefined) return null;
  const share = {
    width: Math.floor(textArea.width / columns),
    height: Math.floor(textArea.height / rows),
  };
  return isSensible(share) ? share : null;
}

/** Some terminals answer zeros. */
function isSensible({ width, height }: PixelSize): boolean {
  return [width, height].every(size => size >= 2 && size <= 256);
}
