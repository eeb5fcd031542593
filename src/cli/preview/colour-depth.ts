import type { Environment } from '../context.ts';

/** Terminals that show 24 bits, by a TERM that ssh passes on where it drops COLORTERM. */
const TRUE_COLOUR_TERM =
  /-(direct|truecolor)$|^(xterm-)?(kitty|ghostty)|^(alacritty|wezterm|foot|contour)/;

const TRUE_COLOUR_PROGRAMS = new Set(['vscode', 'iTerm.app', 'WezTerm', 'ghostty']);

/** Whether the terminal shows 24-bit colours; else it is taken to have the 256 of xterm. */
export function showsTrueColour(
  environment: Environment,
  platform: NodeJS.Platform = process.platform,
): boolean {
  const { TERM = '', COLORTERM = '', TERM_PROGRAM = '' } = environment;
  // tmux knows what the terminal around it shows, and reduces colours itself.
  if ((environment['TMUX'] ?? '') !== '') return true;
  // GNU screen passes COLORTERM of the terminal around it on, yet reads 24-bit colours as attributes.
  if ((environment['STY'] ?? '') !== '') return false;
  if (/^(truecolor|24bit)$/i.test(COLORTERM)) return true;
  if (TRUE_COLOUR_TERM.test(TERM) || TRUE_COLOUR_PROGRAMS.has(TERM_PROGRAM)) return true;
  return platform === 'win32';
}
