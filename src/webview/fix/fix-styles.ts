import { css } from 'lit';

/** Layout of the page of Fix Pixels…. */
export const fixStyles = css`
  :host {
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr) minmax(240px, 320px);
    height: 100%;
  }

  nav,
  footer {
    grid-column: 1 / -1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
    padding: 4px 8px;
    min-height: 32px;
  }

  nav {
    border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
  }

  nav .zoom {
    min-width: 4ch;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }

  nav .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-left: auto;
  }

  aside {
    overflow: auto;
    padding: 12px;
    background: var(--vscode-sideBar-background);
    border-left: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
  }

  .notes {
    margin: 0 0 12px;
    padding: 0;
    list-style: none;
  }

  .notes li {
    margin-bottom: 4px;
    padding: 4px 8px;
    border-left: 3px solid
      var(--vscode-editorInfo-foreground, var(--vscode-inputValidation-infoBorder));
    background: var(--vscode-inputValidation-infoBackground, transparent);
    color: var(--vscode-inputValidation-infoForeground, inherit);
  }

  dgx-fix-report {
    margin-bottom: 16px;
  }

  .fault {
    margin: 0 0 12px;
    color: var(--vscode-errorForeground);
  }

  footer {
    gap: 16px;
    border-top: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
    font-variant-numeric: tabular-nums;
  }

  footer .right {
    margin-left: auto;
    color: var(--vscode-descriptionForeground);
  }

  .cells {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }

  .swatch {
    display: inline-block;
    width: 1em;
    height: 1em;
    border: 1px solid var(--vscode-foreground);
  }

  .centre {
    grid-column: 1 / -1;
    grid-row: 1 / -1;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 12px;
    padding: 24px;
    text-align: center;
  }

  @media (max-width: 640px) {
    :host {
      grid-template: auto minmax(0, 3fr) minmax(120px, 2fr) auto / minmax(0, 1fr);
    }

    aside {
      border-left: none;
      border-top: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
    }
  }
`;
