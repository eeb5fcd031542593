import { css } from 'lit';

/** Native controls that the toolkit lacks, in the editor's colours. */
export const controlStyles = css`
  select,
  input[type='number'] {
    height: 26px;
    padding: 0 6px;
    border-radius: 4px;
    border: 1px solid var(--vscode-dropdown-border, var(--vscode-contrastBorder, transparent));
    background: var(--vscode-dropdown-background);
    color: var(--vscode-dropdown-foreground);
    font: inherit;
  }

  input[type='number'] {
    width: 5.5ch;
    padding: 0 2px 0 6px;
    border-color: var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
    background: var(--vscode-input-background);
    color: var(--vscode-input-foreground);
  }

  input[type='color'] {
    width: 32px;
    height: 26px;
    padding: 2px;
    border-radius: 4px;
    border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
    background: var(--vscode-input-background);
  }

  input[type='range'] {
    width: 96px;
    accent-color: var(--vscode-focusBorder);
  }

  progress {
    height: 6px;
    accent-color: var(--vscode-progressBar-background, var(--vscode-focusBorder));
  }

  label {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    white-space: nowrap;
  }

  .group {
    display: inline-flex;
    align-items: center;
    gap: 4px;
  }

  .faint {
    color: var(--vscode-descriptionForeground);
  }

  kbd {
    display: inline-block;
    min-width: 1.7em;
    padding: 0 4px;
    text-align: center;
    font: inherit;
    font-size: 0.92em;
    border-radius: 3px;
    border: 1px solid
      var(--vscode-keybindingLabel-border, var(--vscode-contrastBorder, var(--vscode-foreground)));
    background: var(--vscode-keybindingLabel-background, transparent);
    color: var(--vscode-keybindingLabel-foreground, var(--vscode-foreground));
  }
`;
