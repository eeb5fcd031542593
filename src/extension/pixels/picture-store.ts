import * as vscode from 'vscode';
import { t } from '../l10n.ts';
import { codeOf, Problem } from '../problem.ts';
import { Backups } from './backups.ts';
import { loadPixelsPart } from './load-part.ts';
import { fileName, freeName } from './picture-name.ts';

/** Larger files are no pictures of sprites. */
const MOST_BYTES = 128 * 1024 * 1024;

/** Reads and writes pictures; what is replaced is kept. */
export class PictureStore {
  readonly #extension: string;
  readonly #backups: Backups;

  constructor(context: vscode.ExtensionContext) {
    this.#extension = context.extensionPath;
    const folder = vscode.Uri.joinPath(context.globalStorageUri, 'backups');
    this.#backups = new Backups(folder.fsPath);
  }

  /** @throws Problem `not-found`, `too-large` */
  async read(file: vscode.Uri): Promise<Uint8Array> {
    const name = fileName(file.path);
    let bytes: Uint8Array;
    try {
      const { size } = await vscode.workspace.fs.stat(file);
      if (size > MOST_BYTES) throw new Problem('too-large', t('{0} is too large.', name));
      bytes = await vscode.workspace.fs.readFile(file);
    } catch (error) {
      if (codeOf(error) === 'too-large') throw error;
      const gone = codeOf(error) === 'FileNotFound' || codeOf(error) === 'EntryNotFound';
      const message = gone ? t('{0} was deleted or moved.', name) : t('{0} cannot be read.', name);
      throw new Problem('not-found', message, [], { cause: error });
    }
    return bytes;
  }

  /**
   * Replaces a picture; what it was is kept first.
   * @param before its present content
   * @throws Problem `not-writable`; then nothing has changed
   */
  async replace(file: vscode.Uri, before: Uint8Array, after: Uint8Array): Promise<void> {
    await this.#backups.keep(file.toString(), before, after);
    try {
      await this.write(file, after);
    } catch (error) {
      const kept = await this.#backups.newest(file.toString());
      if (kept !== null) await this.#backups.drop(kept);
      throw error;
    }
  }

  /** @throws Problem `not-writable` */
  async write(file: vscode.Uri, bytes: Uint8Array): Promise<void> {
    try {
      if (file.scheme === 'file') {
        await loadPixelsPart(this.#extension).replaceFile(file.fsPath, bytes);
      } else await vscode.workspace.fs.writeFile(file, bytes);
    } catch (error) {
      throw new Problem(
        'not-writable',
        t('{0} cannot be written. Save it somewhere else.', fileName(file.path)),
        [],
        { cause: error },
      );
    }
  }

  /**
   * What a picture was before we last replaced it.
   * @returns null when nothing is kept
   */
  async original(
    file: vscode.Uri,
    present: Uint8Array,
  ): Promise<{ bytes: Uint8Array; untouched: boolean } | null> {
    const kept = await this.#backups.newest(file.toString());
    if (kept === null) return null;
    const bytes = await this.#backups.read(kept);
    return { bytes, untouched: this.#backups.isWritten(kept, present) };
  }

  /**
   * Puts back what a picture was before we last replaced it. What somebody drew since is kept in turn.
   * @throws Problem `no-backup`, `not-writable`
   */
  async restore(file: vscode.Uri): Promise<void> {
    const kept = await this.#backups.newest(file.toString());
    if (kept === null) {
      throw new Problem(
        'no-backup',
        t('Nothing is kept of {0}: DGX-Pixels did not replace it.', fileName(file.path)),
      );
    }
    const bytes = await this.#backups.read(kept);
    const present = await this.read(file).catch(() => null);
    if (present === null || this.#backups.isWritten(kept, present)) await this.write(file, bytes);
    else await this.replace(file, present, bytes);
    await this.#backups.drop(kept);
  }

  /** A file beside another whose name is free. */
  async freeBeside(file: vscode.Uri, suffix: string): Promise<vscode.Uri> {
    const folder = vscode.Uri.joinPath(file, '..');
    const entries = await Promise.resolve(vscode.workspace.fs.readDirectory(folder)).catch(
      () => [],
    );
    const taken = new Set(entries.map(([name]) => name.toLowerCase()));
    return vscode.Uri.joinPath(folder, freeName(fileName(file.path), suffix, taken));
  }
}
