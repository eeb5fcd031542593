import * as vscode from 'vscode';
import { t } from '../l10n.ts';
import { codeOf, Problem } from '../problem.ts';
import type { Appended, Stamp, VoteFile } from './vote-file.ts';

const PIECE = 256 * 1024;

/** Votes in a folder that is on no disk, such as a repository that is only looked at: they can be read. */
export class VirtualVotes implements VoteFile {
  readonly #uri: vscode.Uri;

  constructor(uri: vscode.Uri) {
    this.#uri = uri;
  }

  async stamp(): Promise<Stamp | null> {
    try {
      const { size, mtime } = await vscode.workspace.fs.stat(this.#uri);
      return { size, mark: `${mtime} ${size}` };
    } catch (error) {
      if (['FileNotFound', 'EntryNotFound'].includes(codeOf(error))) return null;
      throw error;
    }
  }

  async *pieces(): AsyncGenerator<Uint8Array> {
    const bytes = await vscode.workspace.fs.readFile(this.#uri);
    for (let from = 0; from < bytes.length; from += PIECE) {
      yield bytes.subarray(from, from + PIECE);
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  append(): Promise<Appended> {
    const message = t('The vote was not saved: votes need a folder on a disk.');
    return Promise.reject(new Problem('not-writable', message));
  }
}
