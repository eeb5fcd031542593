import { nextBackdrop } from './backdrops.ts';
import type { KeyName } from './keys.ts';
import { MODES } from './modes.ts';
import type { CompareState } from './state.ts';

/** What a key changes of what is shown; null where it changes nothing that is remembered. */
export function settingOf(name: KeyName, settings: CompareState): Partial<CompareState> | null {
  const mode = MODES.find(each => each === name);
  if (mode !== undefined) {
    const off = mode === 'blink' && settings.mode === 'blink';
    return { mode: off ? 'sideBySide' : mode };
  }
  switch (name) {
    case 'raw':
      return { raw: !settings.raw };
    case 'grid':
      return { grid: !settings.grid };
    case 'loupe':
      return { loupe: !settings.loupe };
    case 'backdrop':
      return { backdrop: nextBackdrop(settings.backdrop) };
    default:
      return null;
  }
}
