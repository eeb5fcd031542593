import { css } from 'lit';

/** Styles of the page. */
export const pageStyles = css`
  :host {
    display: grid;
    grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
    height: 100%;
  }

  main {
    display: flex;
    flex-direction: column;
    min-height: 0;
  }

  dgx-overview,
  dgx-set {
    flex: 1 1 0;
  }

  footer {
    padding: 2px 12px;
    min-height: 24px;
    border-top: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
  }

  .centre {
    display: grid;
    place-content: center;
    padding: 24px;
    text-align: center;
  }
`;
