import { css } from 'lit';

/** Styles of a set: everything keeps its height but the pictures, which take what is left. */
export const setViewStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    overflow: hidden;
  }

  header,
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    padding: 4px 8px;
    border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
  }

  h2 {
    margin: 0 4px;
    font-size: 1em;
    font-weight: 600;
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }

  .prompt {
    flex: 0 1 auto;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .end {
    margin-left: auto;
  }

  dgx-stage {
    flex: 1 1 0;
    min-height: 160px;
  }

  dgx-details {
    flex: 0 1 auto;
    max-height: min(36%, 300px);
  }
`;
