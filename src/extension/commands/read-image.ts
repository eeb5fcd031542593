import * as vscode from 'vscode';
import { LIMITS } from '../../protocol/limits.ts';
import { uriOf } from '../generate/output-folder.ts';
import { t } from '../l10n.ts';
import { Problem } from '../problem.ts';
import type { CellSize } from '../prompts/size.ts';

export interface ImageFile {
  uri: vscode.Uri;
  bytes: Uint8Array;
  /** Of a PNG; null for other kinds. */
  size: CellSize | null;
}

const KINDS: readonly (readonly [offset: number, signature: string])[] = [
  [0, '\x89PNG'],
  [0, '\xff\xd8\xff'],
  [8, 'WEBP'],
  [0, 'GIF8'],
];

function isImage(bytes: Uint8Array): boolean {
  const text = (from: number, length: number) =>
    String.fromCharCode(...bytes.subarray(from, from + length));
  return KINDS.some(([offset, signature]) => text(offset, signature.length) === signature);
}

/** Width and height of a PNG from its header; null for what is none. */
export function pngSize(bytes: Uint8Array): CellSize | null {
  if (bytes.byteLength < 24 || bytes[0] !== 0x89 || bytes[1] !== 0x50) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [view.getUint32(16), view.getUint32(20)];
}

/** Reads a picture. @throws Problem when there is none or it is of an unknown kind */
export async function readImage(named: unknown): Promise<ImageFile> {
  const uri = uriOf(named);
  const name = vscode.workspace.asRelativePath(uri);
  let bytes: Uint8Array;
  try {
    bytes = await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    throw new Problem('not-found', t('{0} cannot be read.', name), [], { cause: error });
  }
  if (!isImage(bytes)) {
    throw new Problem('invalid-image', t('{0} is no PNG, JPEG, WebP or GIF picture.', name));
  }
  if (bytes.byteLength > LIMITS.artifactBytes) {
    const most = Math.floor(LIMITS.artifactBytes / 2 ** 20);
    throw new Problem(
      'invalid-image',
      t('{0} is larger than the {1} MB that can be sent.', name, most),
    );
  }
  return { uri, bytes, size: pngSize(bytes) };
}
