import type { Focus } from './keys.ts';

/** What has the focus, from the path of an event; shadow trees included. */
export function focusOf(path: readonly EventTarget[]): Focus {
  for (const target of path) {
    if (!(target instanceof HTMLElement)) continue;
    const role = target.getAttribute('role');
    if (target instanceof HTMLInputElement) return target.type === 'range' ? 'slider' : 'field';
    if (target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement)
      return 'field';
    if (target instanceof HTMLButtonElement || role === 'button') return 'button';
    if (role === 'slider') return 'slider';
    if (role === 'application') return 'stage';
    if (role === 'row') return 'row';
  }
  return 'page';
}
