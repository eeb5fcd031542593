import { EventEmitter } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { watchInterrupt } from '../../../src/cli/job/interrupt.ts';
import { FakeInput, FakeOutput } from './fake-context.ts';

function watch(isTerminal: boolean) {
  const stdin = new FakeInput(isTerminal);
  const stderr = new FakeOutput(isTerminal);
  const signals = new EventEmitter();
  const display = {
    update: vi.fn(),
    line: vi.fn(),
    pause: vi.fn(),
    resume: vi.fn(),
    close: vi.fn(),
  };
  const onCancel = vi.fn();
  const onForce = vi.fn();
  const interrupt = watchInterrupt({ stdin, stderr, signals }, display, onCancel, onForce);
  const press = () => signals.emit('SIGINT');
  return { stdin, stderr, signals, display, onCancel, onForce, interrupt, press };
}

describe('Ctrl-C on a terminal', () => {
  test('asks once and cancels nothing by itself', () => {
    const { press, stderr, onCancel, display, stdin } = watch(true);
    press();
    expect(stderr.text).toContain('Cancel this job?');
    expect(display.pause).toHaveBeenCalledOnce();
    expect(stdin.raw).toBe(true);
    expect(onCancel).not.toHaveBeenCalled();
  });

  test.each([
    ['y', 'y'],
    ['Y', 'Y'],
    ['a second Ctrl-C', '\u0003'],
  ])('%s cancels and gives the keyboard back', (_what, key) => {
    const { press, stdin, onCancel, display } = watch(true);
    press();
    stdin.type(key);
    expect(onCancel).toHaveBeenCalledOnce();
    expect(stdin.raw).toBe(false);
    expect(stdin.listenerCount('data')).toBe(0);
    expect(display.resume).toHaveBeenCalledOnce();
  });

  test('a second Ctrl-C that comes as a signal cancels too', () => {
    const { press, onCancel } = watch(true);
    press();
    press();
    expect(onCancel).toHaveBeenCalledOnce();
  });

  test.each(['n', '\r', '\u001b'])('%j goes on, and the next Ctrl-C asks again', key => {
    const { press, stdin, stderr, onCancel, display } = watch(true);
    press();
    stdin.type(key);
    expect(onCancel).not.toHaveBeenCalled();
    expect(display.resume).toHaveBeenCalledOnce();
    press();
    expect(stderr.text.match(/Cancel this job\?/g)).toHaveLength(2);
  });

  test('while cancelling, a further one leaves at once', () => {
    const { press, stdin, onForce } = watch(true);
    press();
    stdin.type('y');
    expect(onForce).not.toHaveBeenCalled();
    press();
    expect(onForce).toHaveBeenCalledOnce();
  });

  test('a question that the end of the job overtakes gives the keyboard back', () => {
    const { press, stdin, signals, interrupt } = watch(true);
    press();
    interrupt.close();
    expect(stdin.raw).toBe(false);
    expect(stdin.listenerCount('data')).toBe(0);
    expect(signals.listenerCount('SIGINT')).toBe(0);
  });
});

test('where nobody can answer, Ctrl-C cancels at once', () => {
  const { press, stderr, onCancel } = watch(false);
  press();
  expect(onCancel).toHaveBeenCalledOnce();
  expect(stderr.text).toBe('');
});
