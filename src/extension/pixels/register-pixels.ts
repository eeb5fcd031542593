import { join } from 'node:path';
import * as vscode from 'vscode';
import { report } from '../commands/report.ts';
import { Disposable, type Ends } from '../dispose.ts';
import { type CommandId, COMMANDS } from '../ids.ts';
import { fixLintFindings } from '../lint/fix-findings.ts';
import { SpriteLint } from '../lint/sprite-lint.ts';
import { FixPanels } from '../panels/fix/fix-panels.ts';
import type { Services } from '../services.ts';
import { exportSheet } from './export/export-sheet.ts';
import { fixPixels } from './fix-pixels.ts';
import { PictureStore } from './picture-store.ts';
import { restoreOriginal } from './restore-original.ts';
import { PixelsWorker } from './thread/pixels-worker.ts';

class Pixels extends Disposable {
  readonly #services: Services;

  constructor(services: Services) {
    super();
    this.#services = services;
    const { context } = services;
    const pictures = new PictureStore(context);
    const thread = join(context.extensionPath, 'dist', 'extension-pixels-thread.cjs');
    const worker = this._register(new PixelsWorker(thread));
    const panels = this._register(new FixPanels(services, pictures));
    const lint = this._register(new SpriteLint(services, worker));
    const parts = { ...services, pictures, worker, panels, lint };
    this.#on(COMMANDS.fixPixels, (named, all) => fixPixels(parts, named, all));
    this.#on(COMMANDS.restoreOriginal, (named, all) => restoreOriginal(parts, named, all));
    this.#on(COMMANDS.lintSprites, () => lint.lintNow());
    this.#on(COMMANDS.fixLintFindings, (named, all) => fixLintFindings(parts, named, all));
    this.#on(COMMANDS.exportSheet, (named, all) => exportSheet(parts, named, all));
  }

  #on(id: CommandId, run: (named: unknown, all: unknown) => Promise<unknown>): void {
    this._register(
      vscode.commands.registerCommand(id, async (named: unknown, all: unknown) => {
        try {
          return await run(named, all);
        } catch (error) {
          report(error, this.#services.log);
          return undefined;
        }
      }),
    );
  }
}

/** Registers what works on the workspace's own pictures: Fix Pixels…, lint, Export Sheet…. */
export function registerPixels(services: Services): Ends {
  return new Pixels(services);
}
