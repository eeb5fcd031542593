import { css } from 'lit';

/** Styles of the standings and of the head-to-head table. */
export const tableStyles = css`
  table {
    border-collapse: collapse;
  }

  th {
    font-weight: 600;
    text-align: left;
  }

  thead th {
    color: var(--vscode-descriptionForeground);
    vertical-align: bottom;
  }

  th,
  td {
    padding: 3px 8px;
  }

  tr {
    border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
  }

  .standings {
    width: 100%;
  }

  .number,
  .rank {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }

  .rank {
    color: var(--vscode-descriptionForeground);
  }

  .name {
    max-width: 26ch;
    overflow-wrap: anywhere;
  }

  .difference {
    display: block;
    color: var(--vscode-descriptionForeground);
    font-size: 0.92em;
    font-weight: normal;
  }

  .standings .chart {
    width: 40%;
    min-width: 160px;
    padding: 0 4px;
  }

  svg.axis,
  svg.interval {
    display: block;
    width: 100%;
    overflow: visible;
  }

  .axis text {
    fill: var(--vscode-descriptionForeground);
    font-size: 11px;
  }

  .axis line {
    stroke: var(--vscode-descriptionForeground);
  }

  .interval .band {
    fill: var(--vscode-charts-blue, currentColor);
    fill-opacity: 0.14;
    stroke: var(--vscode-contrastActiveBorder, transparent);
  }

  .interval .average {
    stroke: var(--vscode-descriptionForeground);
    stroke-dasharray: 2 3;
  }

  .interval .reach {
    stroke: currentColor;
    stroke-width: 1.5;
  }

  .interval circle {
    fill: currentColor;
  }

  .interval.first .reach {
    stroke: var(--vscode-charts-blue, currentColor);
    stroke-width: 2.5;
  }

  .interval.first circle {
    fill: var(--vscode-charts-blue, currentColor);
  }

  .act {
    text-align: right;
  }

  /* The toolkit's buttons break their text. */
  .act dgx-button {
    min-width: max-content;
  }

  .scroller {
    /* What only screen readers read would else make the page wider. */
    position: relative;
    overflow-x: auto;
    padding-bottom: 6px;
  }

  .pairs th,
  .pairs td {
    white-space: nowrap;
  }

  .pairs thead th,
  .pairs td {
    text-align: center;
    font-variant-numeric: tabular-nums;
  }

  .pairs tbody th {
    position: sticky;
    left: 0;
    max-width: 30ch;
    overflow: hidden;
    text-overflow: ellipsis;
    background: var(--vscode-editor-background);
    font-weight: normal;
  }

  .pairs .ahead {
    font-weight: 600;
  }

  .pairs .self {
    background: var(--vscode-editorWidget-background);
  }

  /* Rows as blocks: name, strength and button, the interval below them, then the counts. */
  @media (max-width: 640px) {
    .standings,
    .standings tbody {
      display: block;
    }

    .standings thead,
    .standings thead tr {
      display: block;
      border: none;
    }

    .standings thead th:not(.chart) {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    .standings thead .chart {
      display: block;
      width: 100%;
    }

    .standings tbody tr {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) auto auto;
      align-items: center;
      padding: 6px 0;
    }

    .standings tbody td,
    .standings tbody th {
      padding: 2px 4px;
    }

    .standings .name {
      max-width: none;
    }

    .standings tbody .chart {
      grid-row: 2;
      grid-column: 1 / -1;
      width: 100%;
    }

    .standings .count {
      grid-row: 3;
      text-align: left;
    }

    .standings .count::before {
      content: attr(data-label) ' ';
      color: var(--vscode-descriptionForeground);
    }

    .standings .count:nth-of-type(4) {
      grid-column: 1 / 3;
    }

    .pairs tbody th {
      max-width: 16ch;
    }

    .standings .act {
      grid-row: 1;
      grid-column: 4;
    }
  }
`;
