import { css } from 'lit';

/** Styles of the Results view's page. */
export const resultsStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100%;
  }

  search {
    padding: 8px 12px;
  }

  dgx-text-field {
    width: 100%;
  }

  .note {
    margin: 0;
    padding: 8px 16px;
  }

  .note dgx-button {
    width: 100%;
    margin-top: 12px;
  }

  ul {
    flex: 1;
    min-height: 0;
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(104px, 1fr));
    grid-auto-rows: max-content;
    gap: 8px;
    margin: 0;
    padding: 4px 12px 12px;
    overflow-y: auto;
    list-style: none;
  }

  li {
    position: relative;
  }

  li.last {
    grid-column: 1 / -1;
    text-align: center;
  }

  .card {
    display: block;
    width: 100%;
    padding: 0;
    border: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, transparent));
    border-radius: 4px;
    background: var(--vscode-editorWidget-background);
    color: inherit;
    font: inherit;
    text-align: left;
    cursor: pointer;
    overflow: hidden;
  }

  .card:hover {
    background: var(--vscode-list-hoverBackground);
  }

  .picture {
    display: grid;
    place-content: center;
    aspect-ratio: 1;
    background: repeating-conic-gradient(
        var(--dgx-checker-one) 0 25%,
        var(--dgx-checker-other) 0 50%
      )
      0 0 / 16px 16px;
  }

  img {
    max-width: 96px;
    max-height: 96px;
    object-fit: contain;
    image-rendering: pixelated;
  }

  .caption {
    display: block;
    padding: 3px 6px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 0.92em;
  }

  .faint {
    padding-top: 0;
    color: var(--vscode-descriptionForeground);
    font-size: 0.85em;
  }

  .marks {
    position: absolute;
    top: 4px;
    left: 4px;
    pointer-events: none;
  }

  .marks .icon {
    color: var(--vscode-badge-foreground);
    background: var(--vscode-badge-background);
    border-radius: 4px;
  }

  .actions {
    position: absolute;
    top: 4px;
    right: 4px;
    display: flex;
    flex-direction: column;
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-radius: 4px;
    background: var(--vscode-editorWidget-background);
    opacity: 0;
  }

  li:hover .actions,
  li:focus-within .actions {
    opacity: 1;
  }

  footer {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 0 12px;
  }

  footer:has(*:not(:empty)) {
    padding: 6px 12px;
  }
`;
