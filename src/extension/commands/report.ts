import * as vscode from 'vscode';
import type { Advice } from '../connection/state.ts';
import { COMMANDS } from '../ids.ts';
import { t } from '../l10n.ts';
import type { Log } from '../log.ts';
import { codeOf } from '../problem.ts';

/** What helps against a worker's fault. */
function adviceFor(code: string): readonly Advice[] {
  switch (code) {
    case 'disk-full':
    case 'engine-unavailable':
    case 'engine-out-of-memory':
      return [
        { title: t('Run Doctor'), command: COMMANDS.runDoctor },
        { title: t('Show Log'), command: COMMANDS.showLog },
      ];
    case 'unknown-model':
    case 'unknown-workflow':
    case 'missing-role':
    case 'invalid-params':
      return [{ title: t('Generate Sprite…'), command: COMMANDS.generateSprite }];
    default:
      return [{ title: t('Show Log'), command: COMMANDS.showLog }];
  }
}

function hasAdvice(error: Error): error is Error & { advice: readonly Advice[] } {
  return 'advice' in error && Array.isArray(error.advice);
}

/** Shows a message with buttons that run commands. Resolves when it is answered or gone. */
export async function showAdvice(
  show: (message: string, ...titles: string[]) => Thenable<string | undefined>,
  message: string,
  advice: readonly Advice[],
): Promise<void> {
  const answer = await show(message, ...advice.map(({ title }) => title));
  const chosen = advice.find(({ title }) => title === answer);
  if (chosen !== undefined) {
    await vscode.commands.executeCommand(chosen.command, ...(chosen.arguments ?? []));
  }
}

/** A fault that a person was told of. */
export interface Told {
  code: string;
  message: string;
  /** Titles of the buttons. */
  actions: readonly string[];
}

/** Faults that are remembered, for a report. */
const KEPT = 20;
const told: Told[] = [];

/** The newest faults that a person was told of, oldest first. */
export function toldFaults(): readonly Told[] {
  return told;
}

/** Tells a person what went wrong: one sentence and what mends it; the rest is in the log. Does not wait for an answer. */
export function report(error: unknown, log: Log): void {
  const code = codeOf(error);
  if (code === 'cancelled' || error instanceof vscode.CancellationError) return;
  log.error('a command failed', error);
  const message = error instanceof Error ? error.message : String(error);
  const [sentence = message] = message.split('\n');
  const own = error instanceof Error && hasAdvice(error) ? error.advice : [];
  // What says nothing of its own that mends it, is told with what helps against its kind.
  const advice = own.length > 0 ? own : adviceFor(code);
  told.push({ code, message: sentence, actions: advice.map(({ title }) => title) });
  if (told.length > KEPT) told.shift();
  void showAdvice(
    (text, ...titles) => vscode.window.showErrorMessage(text, ...titles),
    sentence,
    advice,
  );
}
