import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { probeTerminal } from '../../../src/cli/preview/probe.ts';
import { FakeTerminal } from './fake-terminal.ts';

const ESC = '\u001b';
const KITTY_QUERY = `${ESC}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA${ESC}\\`;
const KITTY_OK = `${ESC}_Gi=31;OK${ESC}\\`;
const ATTRIBUTES_QUERY = `${ESC}[c`;
const PLAIN = `${ESC}[?62;22c`;
const WITH_SIXEL = `${ESC}[?62;4;22c`;
const UNKNOWN = { protocol: 'half-blocks', cellPixels: null };

/** Answers in the order of the questions. */
function kitty(answer = KITTY_OK): FakeTerminal {
  return new FakeTerminal({ [KITTY_QUERY]: answer, [ATTRIBUTES_QUERY]: PLAIN });
}

function others(attributes: string, environment?: Record<string, string>): FakeTerminal {
  return new FakeTerminal({ [ATTRIBUTES_QUERY]: attributes }, environment);
}

function expectReleased({ stdin, echoed }: FakeTerminal): void {
  expect(stdin.isRaw).toBe(false);
  expect(stdin.isFlowing).toBe(false);
  expect(stdin.listenerCount('data')).toBe(0);
  expect(echoed).toBe('');
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('a terminal that is asked what it shows', () => {
  test('shows Kitty pictures when it says OK', async () => {
    const terminal = kitty();
    const probe = probeTerminal(terminal);
    expect(await probe.abilities).toEqual({ protocol: 'kitty', cellPixels: null });
    expect(await probe.closed).toEqual({ interrupted: false });
    expectReleased(terminal);
    expect(terminal.stdin.putBack).toBe('');
  });

  test('shows no Kitty pictures when it answers with an error', async () => {
    const terminal = kitty(`${ESC}_Gi=31;ENOTSUP:no pictures here${ESC}\\`);
    expect(await probeTerminal(terminal).abilities).toEqual(UNKNOWN);
    expect(terminal.stdin.putBack).toBe('');
  });

  test.each([
    [WITH_SIXEL, 'sixel'],
    [`${ESC}[?4c`, 'sixel'],
    [`${ESC}[?63;1;2;4c`, 'sixel'],
    [PLAIN, 'half-blocks'],
    [`${ESC}[?1;2c`, 'half-blocks'],
    [`${ESC}[?64;14;44;42c`, 'half-blocks'],
    [`${ESC}[?6c`, 'half-blocks'],
    [`${ESC}[?c`, 'half-blocks'],
  ])('with the attributes %j shows %s', async (attributes, protocol) => {
    const terminal = others(attributes);
    expect(await probeTerminal(terminal).abilities).toEqual({ protocol, cellPixels: null });
    expectReleased(terminal);
    expect(terminal.stdin.putBack).toBe('');
  });

  test('prefers Kitty over Sixel', async () => {
    const terminal = new FakeTerminal({ [KITTY_QUERY]: KITTY_OK, [ATTRIBUTES_QUERY]: WITH_SIXEL });
    expect((await probeTerminal(terminal).abilities).protocol).toBe('kitty');
  });

  test('may answer in pieces', async () => {
    const terminal = new FakeTerminal();
    const probe = probeTerminal(terminal);
    for (const character of KITTY_OK + WITH_SIXEL) terminal.send(character);
    expect((await probe.abilities).protocol).toBe('kitty');
    expectReleased(terminal);
    expect(terminal.stdin.putBack).toBe('');
  });

  test('tells the size of its cells', async () => {
    const terminal = new FakeTerminal({
      [`${ESC}[16t`]: `${ESC}[6;20;10t`,
      [`${ESC}[14t`]: `${ESC}[4;9999;9999t`,
      [ATTRIBUTES_QUERY]: PLAIN,
    });
    const { cellPixels } = await probeTerminal(terminal).abilities;
    expect(cellPixels).toEqual({ width: 10, height: 20 });
  });

  test('may tell the size of its whole text instead', async () => {
    const terminal = new FakeTerminal({
      [`${ESC}[14t`]: `${ESC}[4;408;723t`,
      [ATTRIBUTES_QUERY]: PLAIN,
    });
    const { cellPixels } = await probeTerminal(terminal).abilities;
    expect(cellPixels).toEqual({ width: 9, height: 17 });
  });

  test('is not believed cells of no size', async () => {
    const terminal = new FakeTerminal({
      [`${ESC}[16t`]: `${ESC}[6;0;0t`,
      [ATTRIBUTES_QUERY]: PLAIN,
    });
    expect((await probeTerminal(terminal).abilities).cellPixels).toBeNull();
  });

  test('is not waited for longer than 150 ms when it is silent', async () => {
    const terminal = new FakeTerminal();
    const probe = probeTerminal(terminal);
    const told = vi.fn();
    void probe.abilities.then(told);
    await vi.advanceTimersByTimeAsync(149);
    expect(told).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(told).toHaveBeenCalledExactlyOnceWith(UNKNOWN);
    await vi.runAllTimersAsync();
    expect(await probe.closed).toEqual({ interrupted: false });
    expectReleased(terminal);
  });

  test('has longer over ssh', async () => {
    const terminal = new FakeTerminal(
      {},
      { TERM: 'xterm', SSH_CONNECTION: '10.0.0.1 5 10.0.0.2 22' },
    );
    const probe = probeTerminal(terminal);
    await vi.advanceTimersByTimeAsync(300);
    terminal.send(KITTY_OK + PLAIN);
    expect((await probe.abilities).protocol).toBe('kitty');
  });

  test('answers too late: the picture does not wait, and the answer lands nowhere', async () => {
    const terminal = new FakeTerminal();
    const probe = probeTerminal(terminal);
    await vi.advanceTimersByTimeAsync(150);
    expect(await probe.abilities).toEqual(UNKNOWN);
    expect(terminal.stdin.isRaw).toBe(true);
    await vi.advanceTimersByTimeAsync(250);
    terminal.send(KITTY_OK + WITH_SIXEL);
    await probe.closed;
    expectReleased(terminal);
    expect(terminal.stdin.putBack).toBe('');
  });

  test('loses no key that was typed before, between and after its answers', async () => {
    const terminal = new FakeTerminal();
    const probe = probeTerminal(terminal);
    terminal.send('ls\r');
    terminal.send(`${ESC}[A${KITTY_OK}é${WITH_SIXEL}${ESC}[5~git `);
    expect((await probe.abilities).protocol).toBe('kitty');
    await probe.closed;
    expectReleased(terminal);
    expect(terminal.stdin.putBack).toBe(`ls\r${ESC}[Aé${ESC}[5~git `);
  });

  test('gives typed keys back when it is silent, but not half an answer', async () => {
    const terminal = new FakeTerminal();
    const probe = probeTerminal(terminal);
    terminal.send(`make${ESC}`);
    terminal.send(`${ESC}[?62;`);
    await vi.runAllTimersAsync();
    await probe.closed;
    expect(terminal.stdin.putBack).toBe(`make${ESC}`);
  });

  test('is left at once on Ctrl-C', async () => {
    const terminal = new FakeTerminal();
    const probe = probeTerminal(terminal);
    terminal.send('\u0003');
    expect(await probe.closed).toEqual({ interrupted: true });
    expect(await probe.abilities).toEqual(UNKNOWN);
    expectReleased(terminal);
  });

  test('keeps the raw mode it had', async () => {
    const terminal = others(PLAIN);
    terminal.stdin.isRaw = true;
    await probeTerminal(terminal).closed;
    expect(terminal.stdin.isRaw).toBe(true);
  });

  test.each<[string, (terminal: FakeTerminal) => void]>([
    ['input that is no terminal', terminal => (terminal.stdin.isTTY = undefined)],
    ['output that is no terminal', terminal => (terminal.stdout.isTTY = undefined)],
    ['a dumb terminal', terminal => (terminal.environment['TERM'] = 'dumb')],
  ])('is not asked when it is %s', async (_, change) => {
    const terminal = kitty();
    change(terminal);
    const probe = probeTerminal(terminal);
    expect(await probe.abilities).toEqual(UNKNOWN);
    await probe.closed;
    expect(terminal.written).toBe('');
  });

  test('is not asked when its keyboard is gone', async () => {
    const terminal = kitty();
    terminal.stdin.setRawMode = () => {
      throw new Error('setRawMode EIO');
    };
    const probe = probeTerminal(terminal);
    expect(await probe.abilities).toEqual(UNKNOWN);
    expect(await probe.closed).toEqual({ interrupted: false });
    expect(terminal.written).toBe('');
  });

  test.each([
    { TERM: 'tmux-256color', TMUX: '/nowhere/tmux,1,0' },
    { TERM: 'screen', STY: '1234.pts-0.host' },
    { TERM: 'screen-256color' },
    { TERM: 'xterm-256color', STY: '1234.pts-0.host' },
    { TERM: 'xterm-256color', TMUX: '/nowhere/tmux,1,0' },
    { TERM: 'xterm-256color', ZELLIJ: '0' },
    { TERM: 'linux' },
    { TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal' },
  ])('is not asked for Kitty pictures with %j', async environment => {
    const terminal = others(PLAIN, environment);
    expect(await probeTerminal(terminal).abilities).toEqual(UNKNOWN);
    expect(terminal.written).not.toContain('_G');
    expect(terminal.written).toContain(ATTRIBUTES_QUERY);
  });

  test.each([
    [true, 'sixel'],
    [false, 'half-blocks'],
  ])('around tmux decides about Sixel: %s gives %s', async (shows, protocol) => {
    const terminal = others(WITH_SIXEL, { TERM: 'tmux-256color', TMUX: '/nowhere/tmux,1,0' });
    const probe = probeTerminal(terminal, { tmuxShowsSixel: async () => shows });
    expect((await probe.abilities).protocol).toBe(protocol);
  });
});
