import { describe, expect, test } from 'vitest';
import { showsTrueColour } from '../../../src/cli/preview/colour-depth.ts';

describe('24-bit colours', () => {
  test.each([
    { COLORTERM: 'truecolor', TERM: 'xterm-256color' },
    { COLORTERM: '24bit' },
    { TERM: 'xterm-kitty' },
    { TERM: 'xterm-direct' },
    { TERM: 'foot' },
    { TERM: 'xterm-256color', TERM_PROGRAM: 'vscode' },
    {
      TERM: 'screen-256color',
      COLORTERM: 'truecolor',
      TMUX: '/tmp/tmux-0/default,1,0',
      STY: '1.a',
    },
  ])('are shown with %j', environment => {
    expect(showsTrueColour(environment, 'linux')).toBe(true);
  });

  test.each([
    {},
    { TERM: 'xterm-256color' },
    { TERM: 'xterm', COLORTERM: '' },
    { TERM: 'screen', COLORTERM: 'truecolor', STY: '1234.pts-0' },
    { TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal' },
  ])('are not shown with %j', environment => {
    expect(showsTrueColour(environment, 'linux')).toBe(false);
  });

  test('are shown by consoles of Windows, which say nothing', () => {
    expect(showsTrueColour({}, 'win32')).toBe(true);
  });
});
