import * as vscode from 'vscode';
import type { TargetName } from '../../../pixels/export/targets.ts';
import type { Sheet } from '../../../pixels/sheet/sheet.ts';
import type { ExportAction } from '../../../project/sheets/plan-export.ts';
import { uriOf } from '../../generate/output-folder.ts';
import { t } from '../../l10n.ts';
import { codeOf, Problem } from '../../problem.ts';
import { loadPixelsPart, type PixelsPart } from '../load-part.ts';
import { fileName } from '../picture-name.ts';
import { picturesMeant } from '../pictures-meant.ts';
import type { PixelsParts } from '../pixels-parts.ts';
import { askConflict, askCut, askFolder, askName, askTarget, conflictText } from './ask-export.ts';
import type { InputFile, SheetInput } from './sheet-input.ts';
import { bytesAt, gameProject, inputAt, inputsOf } from './workspace-files.ts';

/** What a program may say. With `to`, nothing is asked. */
export interface ExportArguments {
  to?: string;
  /** Base of the file names. */
  name?: string;
  /** Folder of the files; beside the pictures when left out. */
  folder?: unknown;
  /** Cuts a single picture. */
  frame?: { width: number; height: number };
  /** Replaces files that no export wrote. */
  force?: boolean;
}

export interface ExportAnswer {
  target: TargetName;
  name: string;
  frames: number;
  tags: string[];
  files: { path: string; action: ExportAction }[];
  warnings: string[];
}

/** Everything is decided. */
interface Order {
  target: TargetName;
  sheet: Sheet;
  columns: number | null;
  folder: vscode.Uri;
  notes: readonly string[];
}

/**
 * Export Sheet…: puts pictures on a sheet and writes beside it what a game engine reads; what was set in the engine stays.
 * @returns null when a person left it
 * @throws Problem, or SheetError with a sentence
 */
export async function exportSheet(
  { context }: Pick<PixelsParts, 'context'>,
  named: unknown,
  all: unknown,
): Promise<ExportAnswer | null> {
  const part = loadPixelsPart(context.extensionPath);
  const given = argumentsOf(all);
  const selected = await picturesMeant(named, given === null ? all : undefined, {
    title: t('Frames of the sheet'),
    canSelectMany: true,
    filters: { [t('Frames, or Aseprite JSON')]: ['png', 'json'] },
  });
  const [first] = selected;
  if (first === undefined) return null;
  const files = await inputsOf(selected);
  const beside = await folderOf(first);
  const order = await (given === null
    ? askOrder(part, files, selected, beside)
    : givenOrder(part, files, beside, given));
  if (order === null) return null;
  return carryOut(part, order, given);
}

function argumentsOf(value: unknown): ExportArguments | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return 'to' in value ? (value as ExportArguments) : null;
}

async function folderOf(selected: vscode.Uri): Promise<vscode.Uri> {
  const { type } = await vscode.workspace.fs.stat(selected);
  const isFolder = (type & vscode.FileType.Directory) !== 0;
  return isFolder ? selected : vscode.Uri.joinPath(selected, '..');
}

function reader(beside: vscode.Uri): (name: string) => Promise<InputFile | null> {
  return async name => {
    const file = vscode.Uri.joinPath(beside, name);
    return (await bytesAt(file)) === null ? null : inputAt(file, true);
  };
}

async function givenOrder(
  part: PixelsPart,
  files: readonly InputFile[],
  beside: vscode.Uri,
  { to, name, folder, frame }: ExportArguments,
): Promise<Order> {
  const target = Object.keys(part.TARGETS).find(known => known === to) as TargetName | undefined;
  if (target === undefined) {
    throw new Problem('invalid-params', t('“{0}” is no format.', String(to)));
  }
  const input = await part.sheetFromFiles(files, frame ?? null, reader(beside));
  const sheet = name === undefined ? input.sheet : { ...input.sheet, name };
  return orderOf(input, sheet, target, folder === undefined ? beside : uriOf(folder));
}

function orderOf(
  { columns, notes }: SheetInput,
  sheet: Sheet,
  target: TargetName,
  folder: vscode.Uri,
): Order {
  return { target, sheet, columns: columns ?? null, folder, notes };
}

async function askOrder(
  part: PixelsPart,
  files: readonly InputFile[],
  selected: readonly vscode.Uri[],
  beside: vscode.Uri,
): Promise<Order | null> {
  let cut: { width: number; height: number } | null | undefined = null;
  const [single, second] = files;
  if (single !== undefined && second === undefined && /\.png$/i.test(single.name)) {
    const { sheet } = await part.sheetFromFiles(
      [{ ...single, chosen: true }],
      null,
      reader(beside),
    );
    const image = sheet.frames[0]?.image ?? { width: 1, height: 1 };
    const sizes = part.frameSizes(image.width, image.height);
    if (sizes.length > 0) cut = await askCut(single.name, image, sizes);
    if (cut === undefined) return null;
  }
  const input = await part.sheetFromFiles(files, cut, reader(beside));
  const project = await gameProject(beside);
  const target = await askTarget(part.TARGETS, project?.engine ?? null);
  if (target === null) return null;
  const name = await askName(input.sheet.name);
  if (name === null) return null;
  const isFolder = selected.some(uri => uri.toString() === beside.toString());
  const up = vscode.Uri.joinPath(beside, '..');
  const folder = await askFolder(
    isFolder && vscode.workspace.getWorkspaceFolder(up) !== undefined ? [beside, up] : [beside],
  );
  return folder === null ? null : orderOf(input, { ...input.sheet, name }, target, folder);
}

/** Writes; a person is asked about what would be lost, a program told. */
async function carryOut(
  part: PixelsPart,
  order: Order,
  given: ExportArguments | null,
): Promise<ExportAnswer | null> {
  const { target, sheet, folder, columns } = order;
  let force = given?.force === true;
  let { name } = sheet;
  for (;;) {
    const project = await gameProject(folder);
    const root = project?.root.path.replace(/\/$/, '') ?? null;
    const inProject = root === null ? '' : folder.path.slice(root.length).replace(/^\/+/, '');
    const planned = await vscode.window
      .withProgress(
        { location: vscode.ProgressLocation.Notification, title: t('Exporting {0}', name) },
        () =>
          part.planExport({
            sheet: { ...sheet, name },
            layout: columns === null ? {} : { columns },
            target,
            inProject: engineOf(target) === project?.engine ? inProject : '',
            force,
            zlib: part.nodeZlib,
            read: path => bytesAt(vscode.Uri.joinPath(folder, path)),
          }),
      )
      .then(
        plan => ({ plan, message: null }),
        (error: unknown) => {
          if (!isAboutFile(error) || !(error instanceof Error)) throw error;
          return { plan: null, message: error.message };
        },
      );
    const lost = planned.plan?.files.filter(({ action }) => action === 'replaced') ?? [];
    if (planned.plan !== null && (lost.length === 0 || force)) {
      await write(part, folder, planned.plan.files);
      const files = planned.plan.files.map(({ path, action }) => ({
        path: vscode.Uri.joinPath(folder, path).fsPath,
        action,
      }));
      const warnings = [...order.notes, ...planned.plan.warnings];
      const tags = sheet.tags.map(tag => tag.name);
      const answer = { target, name, frames: sheet.frames.length, tags, files, warnings };
      if (given === null) void tell(answer, folder);
      return answer;
    }
    const message = planned.message ?? conflictText(lost.map(({ path }) => path));
    if (given !== null) throw new Problem('conflict', message);
    const decision = await askConflict(message);
    if (decision === null) return null;
    if (decision === 'replace') force = true;
    else {
      const other = await askName(`${name}-sheet`);
      if (other === null) return null;
      name = other;
    }
  }
}

function isAboutFile(error: unknown): boolean {
  return codeOf(error) === 'unreadable' || codeOf(error) === 'foreign-file';
}

function engineOf(target: TargetName): string {
  return target === 'godot-atlas' ? 'godot' : target;
}

async function write(
  part: PixelsPart,
  folder: vscode.Uri,
  files: readonly { path: string; bytes: Uint8Array; action: ExportAction }[],
): Promise<void> {
  for (const { path, bytes, action } of files) {
    if (action === 'unchanged') continue;
    const file = vscode.Uri.joinPath(folder, path);
    try {
      await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(file, '..'));
      if (file.scheme === 'file') await part.replaceFile(file.fsPath, bytes);
      else await vscode.workspace.fs.writeFile(file, bytes);
    } catch (error) {
      throw new Problem(
        'not-writable',
        t('{0} cannot be written. Choose another folder.', fileName(path)),
        [],
        { cause: error },
      );
    }
  }
}

async function tell(answer: ExportAnswer, folder: vscode.Uri): Promise<void> {
  const { name, frames, tags, files, warnings } = answer;
  for (const warning of warnings.slice(0, 3)) void vscode.window.showWarningMessage(warning);
  const changed = files.filter(({ action }) => action !== 'unchanged').length;
  const animations = tags.length === 0 ? '' : ` ${t('Animations: {0}.', tags.join(', '))}`;
  const text =
    changed === 0
      ? t('{0}: nothing has changed since the last export.', name)
      : t(
          '{0}: {1} frames in {2} files, in {3}.',
          name,
          frames,
          files.length,
          vscode.workspace.asRelativePath(folder),
        );
  const show = t('Show in Explorer');
  const merged = files.some(({ action }) => action === 'merged');
  const kept = merged ? ` ${t('What was set in the engine is kept.')}` : '';
  const answered = await vscode.window.showInformationMessage(`${text}${animations}${kept}`, show);
  const [main] = files;
  if (answered === show && main !== undefined) {
    await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(main.path));
  }
}
