import * as vscode from 'vscode';
import type { TargetName } from '../../../pixels/export/targets.ts';
import type { Engine } from '../../../project/engines/detect.ts';
import { askText, pickOne } from '../../commands/pick.ts';
import { t } from '../../l10n.ts';
import { fileName } from '../picture-name.ts';

type Targets = Readonly<Record<TargetName, { title: string; ending: string }>>;

/** Formats that a game in an engine takes, its own first. */
const OF_ENGINE: Readonly<Record<Engine, readonly TargetName[]>> = {
  godot: ['godot', 'godot-atlas'],
  unity: ['unity'],
  bevy: ['bevy'],
  phaser: ['phaser'],
  pixi: ['pixi'],
};

/** All formats, those of the project's engine first. */
export function orderedTargets(all: readonly TargetName[], engine: Engine | null): TargetName[] {
  const first = engine === null ? [] : OF_ENGINE[engine];
  return [...first, ...all.filter(target => !first.includes(target))];
}

interface TargetItem extends vscode.QuickPickItem {
  target: TargetName | null;
}

/** @returns null when a person left it */
export async function askTarget(
  targets: Targets,
  engine: Engine | null,
): Promise<TargetName | null> {
  const names = orderedTargets(Object.keys(targets) as TargetName[], engine);
  const own = engine === null ? 0 : OF_ENGINE[engine].length;
  const items = names.map((target): TargetItem => ({
    label: targets[target].title,
    description: targets[target].ending,
    target,
  }));
  const line = (label: string): TargetItem => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
    target: null,
  });
  if (own > 0) {
    items.splice(own, 0, line(t('all formats')));
    items.unshift(line(t('this project')));
  }
  const picked = await pickOne(items, {
    title: t('Export Sheet'),
    placeholder: t('Format'),
    matchOnDescription: true,
  });
  return picked?.target ?? null;
}

type FrameSize = { width: number; height: number };

interface CutItem extends vscode.QuickPickItem {
  cut: FrameSize | 'other' | null;
}

/**
 * Whether a single picture is a frame or a sheet of them.
 * @param sizes that it can be cut into
 * @returns undefined when a person left it, null for one frame
 */
export async function askCut(
  name: string,
  { width, height }: FrameSize,
  sizes: readonly FrameSize[],
): Promise<FrameSize | null | undefined> {
  const items: CutItem[] = [
    { label: t('One frame'), description: `${width} × ${height}`, cut: null },
    ...sizes.map((cut): CutItem => ({
      label: t('Frames of {0} × {1}', cut.width, cut.height),
      description: t('{0} frames', (width / cut.width) * (height / cut.height)),
      cut,
    })),
    { label: t('Frames of another size…'), cut: 'other' },
  ];
  const picked = await pickOne(items, {
    title: t('Export Sheet'),
    placeholder: t('What {0} is', name),
  });
  if (picked === null) return undefined;
  if (picked.cut !== 'other') return picked.cut;
  return askFrameSize({ width, height });
}

async function askFrameSize(picture: FrameSize): Promise<FrameSize | undefined> {
  const parse = (text: string): FrameSize | null => {
    const match = /^([1-9]\d{0,4})(?:\s*[x×]\s*([1-9]\d{0,4}))?$/i.exec(text.trim());
    if (match === null) return null;
    const width = Number(match[1]);
    const height = Number(match[2] ?? width);
    return picture.width % width === 0 && picture.height % height === 0 ? { width, height } : null;
  };
  const text = await askText({
    title: t('Export Sheet'),
    prompt: t('Size of a frame, such as 32x48'),
    problem: value =>
      parse(value) === null
        ? t('Frames must fill the {0} × {1} pixels.', picture.width, picture.height)
        : null,
  });
  return text === null ? undefined : (parse(text) ?? undefined);
}

/** Base of the file names. @returns null when a person left it */
export async function askName(proposed: string): Promise<string | null> {
  const name = await askText({
    title: t('Export Sheet'),
    prompt: t('Name of the sheet; its files begin with it'),
    value: proposed,
    problem: value =>
      value.trim() === '' || /[\\/:*?"<>|]/.test(value)
        ? t('A file name cannot be empty or contain / \\ : * ? " < > |.')
        : null,
  });
  return name?.trim() ?? null;
}

interface FolderItem extends vscode.QuickPickItem {
  folder: vscode.Uri | null;
}

/** Where the files go. @returns null when a person left it */
export async function askFolder(proposed: readonly vscode.Uri[]): Promise<vscode.Uri | null> {
  const items: FolderItem[] = proposed.map(folder => ({
    label: `$(folder) ${vscode.workspace.asRelativePath(folder)}`,
    folder,
  }));
  items.push({ label: t('$(folder-opened) Another Folder…'), folder: null });
  const picked = await pickOne(items, {
    title: t('Export Sheet'),
    placeholder: t('Folder of the exported files'),
  });
  if (picked === null) return null;
  if (picked.folder !== null) return picked.folder;
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      title: t('Folder of the exported files'),
      ...(proposed[0] !== undefined && { defaultUri: proposed[0] }),
    })) ?? [];
  return folder ?? null;
}

/** What to do about files that no export wrote. */
export async function askConflict(message: string): Promise<'replace' | 'rename' | null> {
  const replace = t('Replace');
  const rename = t('Another Name…');
  const answer = await vscode.window.showWarningMessage(message, { modal: true }, replace, rename);
  if (answer === replace) return 'replace';
  return answer === rename ? 'rename' : null;
}

/** A sentence that names the files that would be lost. */
export function conflictText(paths: readonly string[]): string {
  const names = paths.slice(0, 3).map(fileName).join(', ');
  return paths.length > 3
    ? t('{0} and {1} more would be replaced, but no export wrote them.', names, paths.length - 3)
    : t('{0} would be replaced, but no export wrote it.', names);
}
