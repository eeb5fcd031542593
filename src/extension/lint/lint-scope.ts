import * as vscode from 'vscode';
import { Disposable } from '../dispose.ts';
import { watchFile } from '../panels/result/file-watch.ts';
import { pngPattern } from './patterns.ts';
import { type ProjectRules, projectRules } from './project-rules.ts';

export interface ScopeOptions {
  /** Entries of the settings: folders and globs. */
  folders: readonly string[];
  tiles: readonly string[];
  /** Most files of all folders together. */
  most: number;
  extensionFolder: string;
  /** A file came or changed. */
  onFile: (file: vscode.Uri) => void;
  onGone: (file: vscode.Uri) => void;
  /** The rules changed with a file that they name. */
  onRules: () => void;
}

/** Which files are linted, by which rules; follows what comes and goes. */
export class LintScope extends Disposable {
  readonly #files = new Map<string, vscode.Uri>();
  readonly #tiles = new Set<string>();
  readonly #rules = new Map<string, ProjectRules>();
  readonly faults: Error[] = [];
  /** Whether there were more files than are looked at. */
  cut = false;

  get files(): vscode.Uri[] {
    return [...this.#files.values()];
  }

  get size(): number {
    return this.#files.size;
  }

  has(file: vscode.Uri): boolean {
    return this.#files.has(file.toString());
  }

  /** The rules of a file's workspace folder; null for a file in none. */
  async rulesOf(
    file: vscode.Uri,
    extensionFolder: string,
  ): Promise<{ project: ProjectRules | null; tile: boolean }> {
    const folder = vscode.workspace.getWorkspaceFolder(file);
    if (folder === undefined) return { project: null, tile: false };
    const key = folder.uri.toString();
    const project = this.#rules.get(key) ?? (await projectRules(folder, extensionFolder));
    this.#rules.set(key, project);
    return { project, tile: this.#tiles.has(file.toString()) };
  }

  /** Takes in a workspace folder. */
  async add(folder: vscode.WorkspaceFolder, options: ScopeOptions): Promise<void> {
    const { folders, tiles, extensionFolder, onRules } = options;
    const rules = await projectRules(folder, extensionFolder);
    this.#rules.set(folder.uri.toString(), rules);
    if (rules.fault !== null) this.faults.push(rules.fault);
    if (rules.paletteFile !== null) this._register(watchFile(rules.paletteFile, onRules));
    for (const entry of tiles) await this.#take(folder, entry, true, options);
    for (const entry of folders) await this.#take(folder, entry, false, options);
  }

  async #take(
    folder: vscode.WorkspaceFolder,
    entry: string,
    tile: boolean,
    { most, onFile, onGone }: ScopeOptions,
  ): Promise<void> {
    const glob = typeof entry === 'string' ? pngPattern(entry) : null;
    if (glob === null) return;
    const pattern = new vscode.RelativePattern(folder, glob);
    const watcher = this._register(vscode.workspace.createFileSystemWatcher(pattern));
    const enter = (file: vscode.Uri): boolean => {
      const key = file.toString();
      if (!this.#files.has(key) && this.#files.size >= most) {
        this.cut = true;
        return false;
      }
      this.#files.set(key, file);
      if (tile) this.#tiles.add(key);
      return true;
    };
    const came = (file: vscode.Uri): void => {
      if (enter(file)) onFile(file);
    };
    watcher.onDidCreate(came);
    watcher.onDidChange(came);
    watcher.onDidDelete(file => {
      this.#files.delete(file.toString());
      this.#tiles.delete(file.toString());
      onGone(file);
    });
    const found = await vscode.workspace.findFiles(pattern, '**/node_modules/**', most + 1);
    for (const file of found) enter(file);
  }
}
