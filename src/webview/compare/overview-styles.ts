import { css } from 'lit';

/** CSS pixels of a row: all the same, so that only those that are seen need to exist. */
export const ROW_HEIGHT = 120;

/** Styles of the overview. */
export const overviewStyles = css`
  :host {
    position: relative;
    display: block;
    min-height: 0;
    min-width: 0;
  }

  .table {
    position: absolute;
    inset: 0;
    overflow: auto;
  }

  .head,
  .row {
    display: grid;
    align-items: center;
    gap: 8px;
    padding: 0 12px;
  }

  .head {
    position: sticky;
    top: 0;
    z-index: 2;
    min-height: 34px;
    font-weight: 600;
    background: var(--vscode-editor-background);
    border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
  }

  .name {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 8px;
    padding: 4px 0;
    text-align: center;
    overflow-wrap: anywhere;
  }

  .rows {
    position: relative;
  }

  .row {
    position: absolute;
    left: 0;
    right: 0;
    height: ${ROW_HEIGHT}px;
    cursor: pointer;
    contain: layout style;
    border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
  }

  .row:hover {
    background: var(--vscode-list-hoverBackground);
  }

  .about {
    display: flex;
    flex-direction: column;
    align-items: start;
    gap: 4px;
    min-width: 0;
    overflow: hidden;
  }

  .prompt {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow-wrap: anywhere;
  }

  .marks {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 8px;
  }

  .chip {
    padding: 0 6px;
    border-radius: 4px;
    border: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
  }

  .chip.toVote {
    border-color: transparent;
    outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
    background: var(--vscode-badge-background);
    color: var(--vscode-badge-foreground);
  }

  .cell {
    position: relative;
    display: grid;
    place-items: center;
    min-width: 0;
  }

  .cell.best dgx-thumb {
    outline: 2px solid var(--vscode-focusBorder);
    outline-offset: 2px;
  }

  .star {
    position: absolute;
    top: 0;
    left: calc(50% + 44px);
    padding: 0 4px;
    border-radius: 4px;
    background: var(--vscode-badge-background);
    color: var(--vscode-badge-foreground);
  }

  .empty {
    display: grid;
    place-content: center;
    width: 104px;
    height: 104px;
    color: var(--vscode-descriptionForeground);
    border: 1px dashed var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
  }

  .state {
    display: grid;
    justify-items: center;
    gap: 4px;
    max-width: 100%;
    max-height: 112px;
    overflow: hidden;
    text-align: center;
    font-size: 0.92em;
    cursor: default;
  }

  .state p {
    margin: 0;
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow-wrap: anywhere;
  }

  .state progress {
    width: 90px;
  }

  .state img {
    width: 40px;
    height: 40px;
    object-fit: contain;
    image-rendering: pixelated;
  }
`;
