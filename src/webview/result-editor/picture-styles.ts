import { css } from 'lit';

/** Styles of the picture and its inset. */
export const pictureStyles = css`
  :host {
    position: relative;
    display: block;
    min-width: 0;
    min-height: 0;
    overflow: hidden;
    background: var(--vscode-editor-background);
  }

  .stage {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    cursor: crosshair;
    touch-action: none;
  }

  .stage.dragging {
    cursor: grabbing;
  }

  .inset {
    position: absolute;
    right: 12px;
    bottom: 12px;
    padding: 4px;
    background: var(--vscode-editorWidget-background);
    border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border));
    pointer-events: none;
  }

  .inset canvas {
    display: block;
  }
`;
