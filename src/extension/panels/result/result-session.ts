import * as vscode from 'vscode';
import { blindSentence, isBlindPicture } from '../../compare/blind-check.ts';
import { Disposable } from '../../dispose.ts';
import { COMMANDS } from '../../ids.ts';
import { t } from '../../l10n.ts';
import { codeOf } from '../../problem.ts';
import { findRecipe } from '../../recipe/find-recipe.ts';
import { stampOf } from '../../recipe/stamp-of.ts';
import type { Services } from '../../services.ts';
import { HostEnd } from '../host-end.ts';
import { LatestOnly, type Snapshot, Versions } from '../messages/newest.ts';
import type {
  RecipeSheet,
  ResultAction,
  ResultContent,
  ResultEditorMessages,
} from '../messages/result-editor.ts';
import { watchFile } from './file-watch.ts';
import { loadResultPart } from './load-part.ts';
import { recipeSheet } from './recipe-rows.ts';

/** What the page's buttons do with the file. */
const ACTIONS: Readonly<Record<ResultAction, string>> = {
  vary: COMMANDS.varyImage,
  copyCommand: COMMANDS.copyRecipeAsCommand,
  revealRecipe: COMMANDS.revealRecipe,
  compare: COMMANDS.compareModels,
};

/** Milliseconds after which a file that was found torn is read again: somebody may be writing it. */
const AGAIN_MS = 300;

/** One open picture: reads the file, follows its changes and answers its page. */
export class ResultSession extends Disposable {
  readonly #file: vscode.Uri;
  readonly #services: Services;
  readonly #versions = new Versions();
  readonly #reading = new LatestOnly();
  readonly #page: HostEnd<ResultEditorMessages>;
  #content: Promise<Snapshot<ResultContent>>;

  constructor(file: vscode.Uri, panel: vscode.WebviewPanel, services: Services) {
    super();
    this.#file = file;
    this.#services = services;
    const { log, link } = services;
    this.#page = this._register(
      new HostEnd<ResultEditorMessages>({
        postbox: panel.webview,
        retained: false,
        onError: error => log.warn('a message to a picture’s page was lost', error),
        handlers: {
          requests: {
            ready: () => this.#content,
            copy: async ({ text }) => {
              await vscode.env.clipboard.writeText(text);
            },
            act: async ({ action }) => {
              if (!Object.hasOwn(ACTIONS, action)) return;
              await vscode.commands.executeCommand(ACTIONS[action], file);
            },
          },
          notices: { fault: fault => log.error(`a picture’s page failed: ${fault}`) },
        },
      }),
    );
    this._register(
      panel.onDidChangeViewState(() => {
        this.#page.setVisible(panel.visible);
      }),
    );
    this._register(watchFile(file, () => void this.#reload()));
    this._register(
      link.onDidChangeState(({ kind }) => {
        if (kind === 'ready') void this.#reloadWithoutRecipe();
      }),
    );
    this._register({ dispose: () => this.#reading.cancel() });
    this.#content = this.#read().then(content => this.#versions.of(content));
  }

  async #reload(): Promise<void> {
    await this.#reading.run(
      () => this.#readTwice(),
      content => this.#tell(content),
    );
  }

  /** A worker that came may know what the file does not say. */
  async #reloadWithoutRecipe(): Promise<void> {
    const { value } = await this.#content;
    if (value.kind === 'picture' && value.recipe === null) await this.#reload();
  }

  #tell(content: ResultContent): void {
    const snapshot = this.#versions.of(content);
    this.#content = Promise.resolve(snapshot);
    this.#page.publish('content', snapshot);
  }

  async #readTwice(): Promise<ResultContent> {
    const content = await this.#read();
    if (content.kind === 'picture') return content;
    await new Promise(resolve => setTimeout(resolve, AGAIN_MS));
    return this.#read();
  }

  async #read(): Promise<ResultContent> {
    const name = this.#file.path.replace(/^.*\//, '');
    let bytes: Uint8Array;
    try {
      bytes = await vscode.workspace.fs.readFile(this.#file);
    } catch (error) {
      const gone = codeOf(error) === 'FileNotFound';
      const message = gone
        ? t('{0} was deleted or moved. It is shown again when it comes back.', name)
        : t('{0} cannot be read.', name);
      return { kind: 'unreadable', message };
    }
    try {
      const { decodePicture } = loadResultPart(this.#services.context.extensionPath);
      const picture = decodePicture(bytes);
      return { kind: 'picture', picture, ...(await this.#recipeOf(bytes)) };
    } catch (error) {
      return { kind: 'unreadable', message: unreadable(name, error) };
    }
  }

  async #recipeOf(bytes: Uint8Array): Promise<{ recipe: RecipeSheet | null; note: string | null }> {
    const { link, log } = this.#services;
    const isBlind = await isBlindPicture(this.#services, bytes).catch((error: unknown) => {
      log.warn('it is not known whether a picture is part of a comparison', error);
      return false;
    });
    if (isBlind) return { recipe: null, note: blindSentence() };
    const found = await findRecipe(bytes, link.current).catch((error: unknown) => {
      log.warn('a recipe could not be asked of the worker', error);
      return findRecipe(bytes, null);
    });
    if (found !== null) return { recipe: recipeSheet(found), note: null };
    if (stampOf(bytes) === null) {
      return { recipe: null, note: t('This picture carries no recipe.') };
    }
    const note =
      link.current === null
        ? t(
            'The file names its recipe by digest only; connect to the worker that made it to see it.',
          )
        : t('The file names its recipe by digest only, and this worker does not know it.');
    return { recipe: null, note };
  }
}

function unreadable(name: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  switch (codeOf(error)) {
    case 'not-png':
      return t('{0} is not a PNG; open it with another editor.', name);
    case 'too-large':
      return t('{0} is too large to be shown cell by cell; open it with the image preview.', name);
    default:
      return t('{0} cannot be shown. {1}', name, reason);
  }
}
