import { css } from 'lit';

/** Styles of the recipe beside a picture. */
export const recipeStyles = css`
  :host {
    display: block;
    overflow: auto;
    padding: 12px;
    background: var(--vscode-sideBar-background);
    border-left: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
  }

  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }

  h2 {
    margin: 0;
    font-size: 1.1em;
    font-weight: 600;
  }

  .actions {
    display: grid;
    gap: 6px;
    margin: 12px 0;
  }

  .actions dgx-button {
    width: 100%;
  }

  dl {
    margin: 0;
  }

  .row {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: start;
    padding: 4px 0;
    border-top: 1px solid var(--vscode-widget-border, var(--vscode-panel-border, transparent));
  }

  dt {
    grid-column: 1;
    color: var(--vscode-descriptionForeground);
    font-size: 0.92em;
  }

  dd {
    grid-column: 1;
    margin: 0;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    user-select: text;
  }

  dd.long {
    max-height: 12em;
    overflow: auto;
  }

  .row dgx-button {
    grid-column: 2;
    grid-row: 1 / span 2;
  }
`;
