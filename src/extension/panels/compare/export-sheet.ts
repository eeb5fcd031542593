import * as vscode from 'vscode';
import type { WorkerClient } from '../../../client/worker-client.ts';
import type { RgbaImage } from '../../../pixels/image.ts';
import { contactSheet } from '../../../pixels/contact-sheet/contact-sheet.ts';
import { encodePng } from '../../../pixels/png/encode.ts';
import { nameOfPrompt } from '../../../project/file-names.ts';
import { t } from '../../l10n.ts';
import { decodePicture } from '../../pixels/codec.ts';
import { nodeZlib } from '../../pixels/node-zlib.ts';
import type { Outcome } from '../messages/compare.ts';
import { imageOf } from './cell-run.ts';
import { type CompareView, done, notDone, type ViewedSet } from './session-parts.ts';
import { EDGE, sheetPages } from './sheet-rows.ts';

export type SheetPictures = 'fixed' | 'raw';

async function readPictures(
  client: WorkerClient,
  { cells }: ViewedSet,
  pictures: SheetPictures,
): Promise<ReadonlyMap<number, RgbaImage>> {
  const images = new Map<number, RgbaImage>();
  await Promise.all(
    cells.map(async ({ run, index }) => {
      const image = imageOf(run);
      if (image === null) return;
      const bytes = await client.fetchArtifact(pictures === 'raw' ? image.raw : image.sprite);
      images.set(index, decodePicture(bytes).image);
    }),
  );
  return images;
}

/**
 * Writes a comparison as a contact sheet; one that is taller than viewers open goes on in further files.
 * @returns the files
 * @throws what the worker or the file system says; PngError for a picture that is no PNG
 */
export async function writeSheet(
  view: CompareView,
  pictures: SheetPictures,
  target: vscode.Uri,
): Promise<vscode.Uri[]> {
  const client = view.client();
  const files: vscode.Uri[] = [];
  const pages = sheetPages(view, viewed => readPictures(client, viewed, pictures));
  for await (const { columns, rows } of pages) {
    const ending = files.length === 0 ? '.png' : `-${files.length + 1}.png`;
    const file = target.with({ path: target.path.replace(/(\.png)?$/i, ending) });
    const sheet = contactSheet(columns, rows, { edge: EDGE });
    await vscode.workspace.fs.writeFile(file, encodePng(sheet, nodeZlib));
    files.push(file);
  }
  return files;
}

/** Asks where to save the contact sheet. */
export async function exportSheet(view: CompareView, pictures: SheetPictures): Promise<Outcome> {
  const name = `compare-${nameOfPrompt(view.spec.prompts[0]?.prompt ?? '')}.png`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: t('Save the Contact Sheet'),
    filters: { [t('Pictures')]: ['png'] },
    ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (target === undefined) return notDone();
  const [first] = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: t('DGX-Pixels: drawing the contact sheet') },
    () => writeSheet(view, pictures, target),
  );
  return done(t('Saved as {0}.', vscode.workspace.asRelativePath(first ?? target)));
}
