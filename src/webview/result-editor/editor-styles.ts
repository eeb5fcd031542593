import { css } from 'lit';

/** Styles of the result editor’s page. */
export const editorStyles = css`
  :host {
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr) minmax(200px, 280px);
    height: 100%;
  }

  nav,
  footer {
    grid-column: 1 / -1;
    display: flex;
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

  nav .group {
    display: flex;
    gap: 4px;
  }

  nav .gap {
    width: 8px;
  }

  footer {
    gap: 16px;
    border-top: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
    overflow: hidden;
  }

  footer .right {
    margin-left: auto;
    color: var(--vscode-descriptionForeground);
  }

  .swatch {
    display: inline-block;
    width: 1em;
    height: 1em;
    margin-right: 6px;
    vertical-align: -0.12em;
    border: 1px solid var(--vscode-foreground);
  }

  .centre {
    grid-column: 1 / -1;
    display: grid;
    place-content: center;
    padding: 24px;
    text-align: center;
  }

  @media (max-width: 520px) {
    :host {
      grid-template: auto minmax(0, 1fr) minmax(80px, 40%) auto / minmax(0, 1fr);
    }
  }
`;
