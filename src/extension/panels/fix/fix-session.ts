import * as vscode from 'vscode';
import { report } from '../../commands/report.ts';
import { Disposable } from '../../dispose.ts';
import { t } from '../../l10n.ts';
import { loadPixelsPart } from '../../pixels/load-part.ts';
import { openExternal } from '../../pixels/open-external.ts';
import { fileName } from '../../pixels/picture-name.ts';
import type { PictureStore } from '../../pixels/picture-store.ts';
import { codeOf } from '../../problem.ts';
import type { Services } from '../../services.ts';
import { HostEnd } from '../host-end.ts';
import { plainBytes } from '../messages/bytes.ts';
import type {
  FixContent,
  FixMessages,
  FixPicture,
  FixRemedy,
  WriteAnswer,
} from '../messages/fix.ts';
import { LatestOnly, type Snapshot, Versions } from '../messages/newest.ts';
import { watchFile } from '../result/file-watch.ts';
import { confirmReplacing, saveCopy } from './ask.ts';
import { pickPalette } from './pick-palette.ts';
import { workerScript } from './worker-script.ts';

/** Milliseconds after which a file that was found torn is read again: somebody may be writing it. */
const AGAIN_MS = 300;

/** One picture that is being fixed: hands its pixels to the page, writes what comes of it, and follows the file. */
export class FixSession extends Disposable {
  readonly #file: vscode.Uri;
  readonly #services: Services;
  readonly #store: PictureStore;
  readonly #versions = new Versions();
  readonly #reading = new LatestOnly();
  readonly #page: HostEnd<FixMessages>;
  #content: Promise<Snapshot<FixContent>>;
  /** What the file held when it was last read or written here: a change of it is somebody else's. */
  #known: Uint8Array = new Uint8Array();
  #text: Readonly<Record<string, string>> = {};

  constructor(
    file: vscode.Uri,
    panel: vscode.WebviewPanel,
    services: Services,
    store: PictureStore,
  ) {
    super();
    this.#file = file;
    this.#services = services;
    this.#store = store;
    const { log, context } = services;
    const told = async <T>(work: Promise<T>): Promise<T> => {
      // The person reads it in the page; the buttons that help are in the notification.
      return work.catch((error: unknown) => {
        report(error, log);
        throw error;
      });
    };
    this.#page = this._register(
      new HostEnd<FixMessages>({
        postbox: panel.webview,
        retained: false,
        onError: error => log.warn('a message to the page of Fix Pixels was lost', error),
        handlers: {
          requests: {
            ready: () => this.#content,
            workerScript: () => workerScript(context.extensionUri),
            pickPalette: () => pickPalette(context.extensionPath, file),
            apply: ({ sprite }) => told(this.#apply(sprite)),
            saveAs: ({ sprite }) => told(this.#saveAs(sprite)),
            restore: () => told(this.#restore()),
            openExternal: () => told(openExternal(file)),
            remedy: ({ remedy }) => told(this.#remedy(remedy)),
          },
          notices: { fault: fault => log.error(`the page of Fix Pixels failed: ${fault}`) },
        },
      }),
    );
    this._register(
      panel.onDidChangeViewState(() => {
        this.#page.setVisible(panel.visible);
      }),
    );
    this._register(watchFile(file, () => void this.#changed()));
    this._register({ dispose: () => this.#reading.cancel() });
    this.#content = this.#read(null).then(content => this.#versions.of(content));
  }

  /** Writes a sprite over the file, asking first unless that was agreed to before. */
  async #apply(sprite: FixPicture): Promise<WriteAnswer> {
    const name = fileName(this.#file.path);
    const bytes = this.#encode(sprite);
    if (!(await confirmReplacing(this.#services.context, name))) return this.#unchanged();
    const present = await this.#store.read(this.#file);
    await this.#store.replace(this.#file, present, bytes);
    this.#known = bytes;
    await this.#contentIsRestorable();
    return {
      done: true,
      message: t('{0} is now {1} × {2}; what it was is kept.', name, sprite.width, sprite.height),
      canRestore: true,
    };
  }

  async #saveAs(sprite: FixPicture): Promise<WriteAnswer> {
    const target = await saveCopy(this.#store, this.#file, this.#encode(sprite));
    if (target === null) return this.#unchanged();
    const { value } = await this.#content;
    const canRestore = value.kind === 'picture' && value.canRestore;
    const shown = vscode.workspace.asRelativePath(target);
    return { done: true, message: t('Saved as {0}.', shown), canRestore };
  }

  async #restore(): Promise<WriteAnswer> {
    await this.#store.restore(this.#file);
    await this.#reload(null);
    const name = fileName(this.#file.path);
    const { value } = await this.#content;
    const canRestore = value.kind === 'picture' && value.canRestore;
    return { done: true, message: t('{0} is what it was before.', name), canRestore };
  }

  async #remedy(remedy: FixRemedy): Promise<void> {
    if (remedy === 'preview') {
      await vscode.commands.executeCommand('vscode.open', this.#file);
    } else if (remedy === 'restore') await this.#restore();
    else await this.#reload(null);
  }

  async #unchanged(): Promise<WriteAnswer> {
    const { value } = await this.#content;
    return { done: false, message: '', canRestore: value.kind === 'picture' && value.canRestore };
  }

  #encode({ width, height, pixels }: FixPicture): Uint8Array {
    const part = loadPixelsPart(this.#services.context.extensionPath);
    const data = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.byteLength);
    return part.encodePicture({ width, height, data }, this.#text);
  }

  async #contentIsRestorable(): Promise<void> {
    const { value } = await this.#content;
    if (value.kind !== 'picture' || value.canRestore) return;
    // The page was told by its answer; a page that is loaded anew must hear it too.
    this.#content = Promise.resolve(this.#versions.of({ ...value, canRestore: true }));
  }

  /** Somebody wrote the file. Our own writing is no news. */
  async #changed(): Promise<void> {
    const present = await this.#store.read(this.#file).catch(() => null);
    if (present !== null && equal(present, this.#known)) return;
    const name = fileName(this.#file.path);
    await this.#reload(t('{0} was changed outside of this panel, and read again.', name));
  }

  async #reload(news: string | null): Promise<void> {
    await this.#reading.run(
      async () => {
        const content = await this.#read(news);
        if (content.kind === 'picture' || news === null) return content;
        await new Promise(resolve => setTimeout(resolve, AGAIN_MS));
        return this.#read(news);
      },
      content => {
        const snapshot = this.#versions.of(content);
        this.#content = Promise.resolve(snapshot);
        this.#page.publish('content', snapshot);
      },
    );
  }

  async #read(news: string | null): Promise<FixContent> {
    const file = this.#file.toString();
    const name = fileName(this.#file.path);
    try {
      const present = await this.#store.read(this.#file);
      this.#known = present;
      const kept = await this.#store.original(this.#file, present);
      const notes = news === null ? [] : [news];
      let bytes = present;
      if (kept?.untouched === true) {
        bytes = kept.bytes;
        notes.push(t('{0} was fixed before; shown is what it was made from.', name));
      }
      const part = loadPixelsPart(this.#services.context.extensionPath);
      const { image, text, deep, animated } = part.decodePicture(bytes);
      this.#text = text;
      if (deep) notes.push(t('Of the 16 bits of each channel 8 are kept.'));
      if (animated) notes.push(t('It is animated; only its first frame is fixed and kept.'));
      const { width, height, data } = image;
      const picture = { width, height, pixels: plainBytes(data) };
      return { kind: 'picture', file, picture, notes, canRestore: kept !== null };
    } catch (error) {
      const kept = await this.#store.original(this.#file, new Uint8Array()).catch(() => null);
      return { kind: 'unreadable', file, ...unreadable(name, error, kept !== null) };
    }
  }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function unreadable(
  name: string,
  error: unknown,
  kept: boolean,
): { message: string; remedy: FixRemedy } {
  const reason = error instanceof Error ? error.message : String(error);
  switch (codeOf(error)) {
    case 'not-png':
      return {
        message: t('{0} is not a PNG, and only those can be fixed.', name),
        remedy: 'preview',
      };
    case 'too-large':
      return {
        message: t('{0} is too large to be fixed here: at most 4096 × 4096 pixels are.', name),
        remedy: 'preview',
      };
    case 'not-found':
      return { message: reason, remedy: kept ? 'restore' : 'retry' };
    default:
      return {
        message: t('{0} cannot be read: {1}', name, reason),
        remedy: kept ? 'restore' : 'retry',
      };
  }
}
