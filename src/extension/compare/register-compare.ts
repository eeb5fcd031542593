import * as vscode from 'vscode';
import { type JobArgument, jobArgument } from '../commands/job-commands.ts';
import { report } from '../commands/report.ts';
import { Disposable, type Ends } from '../dispose.ts';
import { COMMANDS, COMPARE_PANEL } from '../ids.ts';
import { t } from '../l10n.ts';
import { Problem } from '../problem.ts';
import type { Services } from '../services.ts';
import { comparingOf } from './blind-check.ts';
import type { CompareArguments } from './compare-models.ts';

/** A row of the Models view names itself `checkpoint/…` or `lora/…`. */
function modelOfRow(id: string): NonNullable<CompareArguments['model']> | null {
  const [, kind, name] = /^(checkpoint|lora)\/(.+)$/.exec(id) ?? [];
  return name !== undefined && (kind === 'checkpoint' || kind === 'lora') ? { kind, name } : null;
}

/** What a menu was opened on, or what a program names. */
function argumentsOf(given: unknown): CompareArguments {
  if (given instanceof vscode.Uri) return { from: given };
  if (typeof given !== 'object' || given === null) return {};
  if ('id' in given && typeof given.id === 'string') {
    const model = modelOfRow(given.id);
    return model === null ? {} : { model };
  }
  return given;
}

function jobOf(given: unknown): string | null {
  const argument: JobArgument = jobArgument(given);
  if (argument === undefined || typeof argument === 'string') return argument ?? null;
  if ('all' in argument) throw new Problem('invalid-params', t('Name one comparison.'));
  return argument.job;
}

class Compare extends Disposable {
  readonly #services: Services;

  constructor(services: Services) {
    super();
    this.#services = services;
    this._register(
      vscode.window.registerWebviewPanelSerializer(COMPARE_PANEL, {
        deserializeWebviewPanel: (panel, state: unknown) => {
          comparingOf(services).panels.restore(panel, state);
          return Promise.resolve();
        },
      }),
    );
    this.#on(COMMANDS.compareModels, given => {
      return comparingOf(services).compareModels(argumentsOf(given));
    });
    this.#on(COMMANDS.openComparison, given => comparingOf(services).openComparison(jobOf(given)));
  }

  #on(id: string, run: (given: unknown) => Promise<string | null>): void {
    this._register(
      vscode.commands.registerCommand(id, async (given: unknown) => {
        try {
          return await run(given);
        } catch (error) {
          report(error, this.#services.log);
          return undefined;
        }
      }),
    );
  }
}

/** Registers *Compare Models…*, *Open Comparison…* and the panels that a reload brings back. */
export function registerCompare(services: Services): Ends {
  return new Compare(services);
}
