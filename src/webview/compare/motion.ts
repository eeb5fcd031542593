/** Class that the editor gives its pages where a person chose less motion there. */
const CLASS = 'vscode-reduce-motion';

const query = (): MediaQueryList => matchMedia('(prefers-reduced-motion: reduce)');

/** Whether nothing should move by itself: by the system's setting or the editor's. */
export function wantsStill(): boolean {
  return query().matches || document.body.classList.contains(CLASS);
}

/** Calls back when that may have changed. @returns ends it */
export function onStillChange(listener: (still: boolean) => void): () => void {
  const media = query();
  const tell = (): void => listener(wantsStill());
  media.addEventListener('change', tell);
  const observer = new MutationObserver(tell);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  return () => {
    media.removeEventListener('change', tell);
    observer.disconnect();
  };
}
