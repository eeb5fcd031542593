/** The address of the file that a panel's page stored; null where the state is not of ours. */
export function fileOfState(state: unknown): string | null {
  if (typeof state !== 'object' || state === null || !('value' in state)) return null;
  const { value } = state;
  if (typeof value !== 'object' || value === null || !('file' in value)) return null;
  const { file } = value;
  return typeof file === 'string' && /^[a-z][\w+.-]*:\//i.test(file) ? file : null;
}
