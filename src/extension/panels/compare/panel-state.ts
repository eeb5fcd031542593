/** The comparison that a panel's page stored; null where the state is not of ours. */
export function jobOfState(state: unknown): string | null {
  if (typeof state !== 'object' || state === null || !('value' in state)) return null;
  const { value } = state;
  if (typeof value !== 'object' || value === null || !('job' in value)) return null;
  const { job } = value;
  return typeof job === 'string' && /^[0-9a-f-]{36}$/i.test(job) ? job : null;
}
