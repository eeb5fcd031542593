import { css } from 'lit';

/** Windows of a set, laid out by script onto whole device pixels. */
export const stageStyles = css`
  :host {
    position: relative;
    display: block;
    min-width: 0;
    min-height: 0;
    overflow: hidden;
    contain: strict;
    background: var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
  }

  .window {
    position: absolute;
    overflow: hidden;
    background: var(--vscode-editor-background);
  }

  header {
    display: flex;
    align-items: center;
    gap: 12px;
    height: 28px;
    padding: 0 8px;
    white-space: nowrap;
    overflow: hidden;
  }

  .title {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .title b {
    display: inline-block;
    min-width: 1.7em;
    text-align: center;
    border-radius: 4px;
    border: 1px solid var(--vscode-contrastBorder, transparent);
    background: var(--vscode-badge-background);
    color: var(--vscode-badge-foreground);
  }

  .title.best {
    font-weight: 600;
  }

  .star {
    color: var(--vscode-charts-yellow, currentColor);
  }

  .faint {
    color: var(--vscode-descriptionForeground);
  }

  .stage {
    position: absolute;
    left: 0;
    display: block;
    cursor: crosshair;
    touch-action: none;
    image-rendering: pixelated;
  }

  .stage.dragging {
    cursor: grabbing;
  }

  .inset {
    position: absolute;
    right: 8px;
    bottom: 8px;
    outline: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border, transparent));
    outline-offset: 2px;
    background: var(--vscode-editorWidget-background);
    image-rendering: pixelated;
    pointer-events: none;
  }

  .inset[hidden] {
    display: none;
  }

  .state {
    position: absolute;
    inset: 28px 0 0;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 8px;
    padding: 16px;
    text-align: center;
    overflow-wrap: anywhere;
    pointer-events: none;
  }

  .state > * {
    pointer-events: auto;
    max-width: 100%;
  }

  .state p {
    margin: 0;
    max-width: 48ch;
  }

  .state progress {
    width: min(200px, 100%);
  }

  .state img {
    width: 128px;
    height: 128px;
    object-fit: contain;
    image-rendering: pixelated;
  }

  .handle {
    position: absolute;
    top: 28px;
    bottom: 0;
    width: 13px;
    margin-left: -6.5px;
    cursor: ew-resize;
    touch-action: none;
    background: linear-gradient(
      to right,
      transparent 5px,
      var(--vscode-editor-background) 5px 6px,
      var(--vscode-focusBorder) 6px 7px,
      var(--vscode-editor-background) 7px 8px,
      transparent 8px
    );
  }

  .handle::after {
    content: '';
    position: absolute;
    top: 50%;
    left: 1px;
    width: 11px;
    height: 32px;
    margin-top: -16px;
    border-radius: 4px;
    border: 1px solid var(--vscode-focusBorder);
    background: var(--vscode-editorWidget-background);
  }

  .handle:focus-visible::after {
    background: var(--vscode-focusBorder);
  }
`;
