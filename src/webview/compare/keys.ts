/** A key as it was pressed, as a KeyboardEvent tells it. */
export interface Stroke {
  key: string;
  /** Place on the keyboard; digits with Shift are told by it, whatever the layout writes there. */
  code: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** What has the focus, as far as it decides who takes a key. */
export type Focus = 'page' | 'stage' | 'button' | 'slider' | 'field' | 'row';

/** What is shown. */
export type Screen = 'overview' | 'set';

interface KeyRow {
  name: string;
  /** As a person reads them. */
  keys: readonly string[];
  /** Screens on which they do something. */
  on: readonly Screen[];
  /** Heard elsewhere than by the page: by what has the focus. */
  local?: true;
}

const BOTH = ['overview', 'set'] as const;
const SET = ['set'] as const;

/**
 * Every key of the panel, once: the page acts by this table and the help is written from it, so that neither can leave one out.
 */
export const KEYS = [
  { name: 'pick', keys: ['1', '2', '3', '4'], on: SET },
  { name: 'tie', keys: ['='], on: SET },
  { name: 'confirm', keys: ['Enter'], on: SET },
  { name: 'noneGood', keys: ['0'], on: SET },
  { name: 'undo', keys: ['u'], on: SET },
  { name: 'skip', keys: ['k'], on: SET },
  { name: 'note', keys: ['n'], on: SET },
  { name: 'nextToVote', keys: ['Space'], on: BOTH },
  { name: 'previous', keys: ['ArrowLeft', 'PageUp'], on: SET },
  { name: 'next', keys: ['ArrowRight', 'PageDown'], on: SET },
  { name: 'leave', keys: ['Escape'], on: SET },
  { name: 'choose', keys: ['Shift+1', 'Shift+2', 'Shift+3', 'Shift+4'], on: SET },
  { name: 'sideBySide', keys: ['s'], on: SET },
  { name: 'wipe', keys: ['w'], on: SET },
  { name: 'blink', keys: ['b'], on: SET },
  { name: 'difference', keys: ['d'], on: SET },
  { name: 'onion', keys: ['o'], on: SET },
  { name: 'raw', keys: ['r'], on: BOTH },
  { name: 'zoomIn', keys: ['+'], on: SET },
  { name: 'zoomOut', keys: ['-'], on: SET },
  { name: 'fit', keys: ['f'], on: SET },
  { name: 'trueSize', keys: ['t'], on: SET },
  { name: 'grid', keys: ['g'], on: SET },
  { name: 'backdrop', keys: ['x'], on: BOTH },
  { name: 'loupe', keys: ['l'], on: SET },
  { name: 'play', keys: ['p'], on: SET },
  { name: 'frameBack', keys: [','], on: SET },
  { name: 'frameOn', keys: ['.'], on: SET },
  { name: 'help', keys: ['?'], on: BOTH },
  { name: 'pan', keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'], on: SET, local: true },
  { name: 'point', keys: ['Shift+Arrow'], on: SET, local: true },
  { name: 'handle', keys: ['ArrowLeft', 'ArrowRight'], on: SET, local: true },
  { name: 'rows', keys: ['ArrowUp', 'ArrowDown', 'Home', 'End'], on: ['overview'], local: true },
  { name: 'open', keys: ['Enter'], on: ['overview'], local: true },
] as const satisfies readonly KeyRow[];

export type KeyName = (typeof KEYS)[number]['name'];

/** What somebody wants who pressed a key. */
export interface Intent {
  name: KeyName;
  /** From 0; of `pick` and `choose`. */
  place: number;
}

/** Keys that go on while they are held. */
export const REPEATED: ReadonlySet<KeyName> = new Set<KeyName>([
  'previous',
  'next',
  'zoomIn',
  'zoomOut',
  'frameBack',
  'frameOn',
]);

const DIGIT = /^Digit([1-4])$/;

/** The key as the table writes it. */
function written(stroke: Stroke): string {
  const digit = DIGIT.exec(stroke.code)?.[1];
  if (digit !== undefined) return stroke.shiftKey ? `Shift+${digit}` : digit;
  if (stroke.key === ' ') return 'Space';
  return stroke.key.length === 1 ? stroke.key.toLowerCase() : stroke.key;
}

/**
 * What a key means on a screen; null where it belongs to somebody else: a shortcut of the editor, a field that is typed in, a
 * button that Enter and Space press, a stage or a handle that arrows move.
 */
export function intentOf(stroke: Stroke, screen: Screen, focus: Focus): Intent | null {
  if (stroke.ctrlKey || stroke.metaKey || stroke.altKey || focus === 'field') return null;
  const key = written(stroke);
  if (focus === 'button' && (key === 'Enter' || key === 'Space')) return null;
  if ((focus === 'stage' || focus === 'slider') && key.startsWith('Arrow')) return null;
  if (focus === 'slider' && key.startsWith('Page')) return null;
  const rows: readonly KeyRow[] = KEYS;
  const row = rows.find(
    each => each.local !== true && each.on.includes(screen) && each.keys.includes(key),
  );
  if (row === undefined) return null;
  return { name: row.name as KeyName, place: Number(/[1-4]$/.exec(key)?.[0] ?? 1) - 1 };
}
