import { css } from 'lit';

/** Layout of the leaderboard's page. */
export const boardStyles = css`
  :host {
    display: block;
    box-sizing: border-box;
    max-width: 1100px;
    margin: 0 auto;
    padding: 12px 20px 32px;
  }

  h1 {
    margin: 0;
    font-size: 1.5em;
    font-weight: 600;
  }

  h2 {
    margin: 0 0 4px;
    font-size: 1.1em;
    font-weight: 600;
  }

  section {
    margin: 0 0 24px;
  }

  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
    margin-bottom: 12px;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-left: auto;
  }

  .hint {
    margin: 0 0 8px;
    color: var(--vscode-descriptionForeground);
  }

  .message {
    margin: 0;
  }

  .message:not(:empty) {
    margin-bottom: 12px;
    padding: 6px 10px;
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-left: 3px solid
      var(--vscode-editorInfo-foreground, var(--vscode-inputValidation-infoBorder));
    background: var(--vscode-inputValidation-infoBackground, transparent);
    color: var(--vscode-inputValidation-infoForeground, inherit);
  }

  .centre {
    display: grid;
    justify-items: center;
    gap: 8px;
    max-width: 46ch;
    margin: 48px auto;
    text-align: center;
  }

  .centre p {
    margin: 0 0 8px;
  }

  .filters {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    gap: 8px 16px;
    padding-bottom: 12px;
    border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
  }

  .selects {
    flex: 1 1 100%;
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(180px, 1fr));
    gap: 4px 16px;
  }

  .selects .field {
    grid-template-columns: minmax(0, 1fr);
    gap: 2px;
  }

  summary {
    width: fit-content;
    min-height: 26px;
    line-height: 26px;
    cursor: pointer;
  }

  .checks {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(200px, 1fr));
    gap: 0 16px;
    max-height: 260px;
    overflow-y: auto;
    padding: 2px;
  }

  .contenders {
    flex: 1 1 260px;
  }

  .verdict {
    padding: 12px 14px 4px;
    border: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
    border-radius: 4px;
    background: var(--vscode-editorWidget-background);
  }

  .verdict p[role='status'] {
    margin: 0 0 8px;
    font-size: 1.1em;
    overflow-wrap: anywhere;
  }

  .verdict dgx-button {
    margin-bottom: 8px;
  }

  .decided {
    border-left: 4px solid var(--vscode-charts-green, currentColor);
  }

  .problems ul {
    margin: 4px 0 0;
    padding: 0;
    list-style: none;
  }

  .problems li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 12px;
    padding: 4px 8px;
    border-left: 3px solid
      var(--vscode-editorWarning-foreground, var(--vscode-inputValidation-warningBorder));
    overflow-wrap: anywhere;
  }

  @media (max-width: 640px) {
    :host {
      padding: 8px 10px 24px;
    }

    .actions {
      margin-left: 0;
    }
  }
`;
