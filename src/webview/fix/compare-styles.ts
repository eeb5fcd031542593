import { css } from 'lit';

/** Two panes side by side, one above the other where it is narrow. */
export const compareStyles = css`
  :host {
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr) minmax(0, 1fr);
    min-width: 0;
    min-height: 0;
    overflow: hidden;
    background: var(--vscode-editor-background);
  }

  h2 {
    margin: 0;
    padding: 4px 12px;
    font-size: 1em;
    font-weight: 600;
    border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .pane {
    position: relative;
    min-width: 0;
    min-height: 0;
  }

  .second {
    border-left: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
  }

  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    cursor: crosshair;
    touch-action: none;
  }

  canvas.dragging {
    cursor: grabbing;
  }

  @media (max-width: 640px) {
    :host {
      grid-template: auto minmax(0, 1fr) auto minmax(0, 1fr) / minmax(0, 1fr);
    }

    h2:first-of-type {
      order: -2;
    }

    .first {
      order: -1;
    }

    .second {
      border-left: none;
    }
  }
`;
