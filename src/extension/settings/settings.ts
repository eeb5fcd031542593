import * as vscode from 'vscode';
import { type SettingId, SETTINGS, type SettingTypes } from '../ids.ts';

/** Reads a setting; a value of another type than the declared one counts as its default. */
export function setting<K extends SettingId>(
  id: K,
  scope?: vscode.ConfigurationScope,
): SettingTypes[K] {
  const configuration = vscode.workspace.getConfiguration(undefined, scope);
  const value = configuration.get<SettingTypes[K]>(id);
  const fallback = configuration.inspect<SettingTypes[K]>(id)?.defaultValue;
  if (value !== undefined && (fallback === undefined || typeof value === typeof fallback)) {
    return value;
  }
  if (fallback === undefined) throw new Error(`${id} is not declared.`);
  return fallback;
}

/** Settings that decide which worker is used, and how a local one is started. */
export const WORKER_SETTINGS: readonly SettingId[] = [
  SETTINGS.worker,
  SETTINGS.localEngine,
  SETTINGS.comfyuiUrl,
  SETTINGS.dataFolder,
];

/** Sets a setting where it is set already, from the workspace outwards; else for the user. */
export async function writeSetting<K extends SettingId>(
  id: K,
  value: SettingTypes[K],
): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const set = configuration.inspect(id);
  const target =
    set?.workspaceValue === undefined
      ? vscode.ConfigurationTarget.Global
      : vscode.ConfigurationTarget.Workspace;
  await configuration.update(id, value, target);
}
