/** Calls back after each change of the editor's colours. @returns ends it */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'data-vscode-theme-id'],
  });
  return () => observer.disconnect();
}

/** A colour of the page's style sheets, or another where it is not set. */
export function themeColor(element: Element, property: string, otherwise: string): string {
  return getComputedStyle(element).getPropertyValue(property).trim() || otherwise;
}
