/** The address of the folder that a panel's page stored; null where the state is not of ours. */
export function folderOfState(state: unknown): string | null {
  if (typeof state !== 'object' || state === null || !('value' in state)) return null;
  const { value } = state;
  if (typeof value !== 'object' || value === null || !('folder' in value)) return null;
  return typeof value.folder === 'string' && value.folder !== '' ? value.folder : null;
}
