import { ALL_VOTES, type BoardFilter } from '../../extension/panels/messages/leaderboard.ts';

/** What the page remembers over a reload of the window. */
export interface BoardState {
  /** Address of the workspace folder: the host opens it again. */
  folder: string;
  filter: BoardFilter;
}

export const STATE_VERSION = 1;
export const FIRST_STATE: BoardState = { folder: '', filter: ALL_VOTES };

const CATEGORIES: readonly unknown[] = ['character', 'item', 'tile', 'icon', 'other'];
const MODES: readonly unknown[] = ['draft', 'full'];

/** Takes what is whole from a stored state, the rest from the first one. */
export function readState(stored: object): BoardState {
  const { folder, filter } = stored as Partial<Record<keyof BoardState, unknown>>;
  return { folder: typeof folder === 'string' ? folder : '', filter: readFilter(filter) };
}

function readFilter(stored: unknown): BoardFilter {
  if (typeof stored !== 'object' || stored === null) return ALL_VOTES;
  const { category, size, mode, job, without } = stored as Partial<
    Record<keyof BoardFilter, unknown>
  >;
  return {
    category: CATEGORIES.includes(category) ? (category as BoardFilter['category']) : null,
    size: typeof size === 'string' && /^\d{1,3}x\d{1,3}$/.test(size) ? size : null,
    mode: MODES.includes(mode) ? (mode as BoardFilter['mode']) : null,
    job: typeof job === 'string' ? job : null,
    without: Array.isArray(without) ? without.filter(one => typeof one === 'string') : [],
  };
}

/** Whether every vote counts. */
export function countsAll({ category, size, mode, job, without }: BoardFilter): boolean {
  return [category, size, mode, job].every(part => part === null) && without.length === 0;
}
