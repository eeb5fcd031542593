import * as vscode from 'vscode';
import { pickOne } from '../../commands/pick.ts';
import { t } from '../../l10n.ts';
import { loadPixelsPart } from '../../pixels/load-part.ts';
import { PALETTE_ENDINGS } from '../../pixels/palette-endings.ts';
import { fileName } from '../../pixels/picture-name.ts';
import type { ChosenPalette } from '../messages/fix.ts';

interface PaletteItem extends vscode.QuickPickItem {
  file: vscode.Uri | null;
}

/** Palette files of the workspace that are offered. */
const MOST = 200;

/**
 * Lets a person choose a palette file, of the workspace or from elsewhere.
 * @returns null when they left it
 * @throws Problem `invalid-palette`
 */
export async function pickPalette(
  extensionFolder: string,
  picture: vscode.Uri,
): Promise<ChosenPalette | null> {
  const found = await vscode.workspace.findFiles('**/*.{hex,gpl,pal}', undefined, MOST);
  const items: PaletteItem[] = found
    .map(file => ({
      label: fileName(file.path),
      description: vscode.workspace.asRelativePath(vscode.Uri.joinPath(file, '..')),
      file,
    }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
  const browse: PaletteItem = { label: t('$(folder-opened) Choose a File…'), file: null };
  const picked =
    items.length === 0
      ? browse
      : await pickOne([...items, browse], {
          title: t('Palette'),
          placeholder: t('.hex, .gpl, JASC .pal, Paint.NET .txt, or a PNG with the colours'),
          matchOnDescription: true,
        });
  if (picked === null) return null;
  const file = picked.file ?? (await browseFile(picture));
  if (file === null) return null;
  return readPaletteFile(extensionFolder, file);
}

async function browseFile(picture: vscode.Uri): Promise<vscode.Uri | null> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: t('Palette'),
      defaultUri: vscode.Uri.joinPath(picture, '..'),
      filters: { [t('Palettes')]: [...PALETTE_ENDINGS] },
    })) ?? [];
  return file ?? null;
}

/** @throws Problem `invalid-palette` with the line to mend */
export async function readPaletteFile(
  extensionFolder: string,
  file: vscode.Uri,
): Promise<ChosenPalette> {
  const bytes = await vscode.workspace.fs.readFile(file);
  const name = fileName(file.path);
  const { colours } = loadPixelsPart(extensionFolder).paletteFrom(bytes, name);
  const hex = (channel: number): string => channel.toString(16).padStart(2, '0');
  const colors = colours.map(([red, green, blue]) => `#${hex(red)}${hex(green)}${hex(blue)}`);
  return { name, colors: [...new Set(colors)] };
}
