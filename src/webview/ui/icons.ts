import { svg, html, type TemplateResult } from 'lit';

/** An icon of 16 units that takes the text's colour; the control around it has the name. */
function icon(shape: TemplateResult): TemplateResult {
  return html`<svg
    class="icon"
    width="16"
    height="16"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    stroke-width="1.2"
    aria-hidden="true"
    focusable="false"
  >
    ${shape}
  </svg>`;
}

export const ICONS = {
  zoomIn: icon(svg`<path d="M8 2.5v11M2.5 8h11" />`),
  zoomOut: icon(svg`<path d="M2.5 8h11" />`),
  fit: icon(svg`<path d="M2.5 6v-3.5h3.5M10 2.5h3.5v3.5M13.5 10v3.5h-3.5M6 13.5h-3.5v-3.5" />`),
  grid: icon(
    svg`<path d="M2.5 2.5h11v11h-11zM6.200 2.5v11M9.800 2.5v11M2.5 6.200h11M2.5 9.800h11" />`,
  ),
  backdropChecker: icon(
    svg`<path d="M2.5 2.5h11v11h-11z" /><path fill="currentColor" stroke="none" d="M3 3h5v5h5v5h-5v-5h-5z" />`,
  ),
  backdropEditor: icon(svg`<path d="M2.5 2.5h11v11h-11zM2.5 5h11" />`),
  backdropDark: icon(svg`<circle cx="8" cy="8" r="5.5" fill="#101010" />`),
  backdropLight: icon(svg`<circle cx="8" cy="8" r="5.5" fill="#f4f4f4" />`),
  copy: icon(svg`<path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" />`),
  open: icon(svg`<path d="M9 2.5h4.5v4.5M13.5 2.5l-6 6M12.5 9.5v4h-10v-10h4" />`),
  keep: icon(svg`<path d="M4 2.5h8v11l-4-3.5l-4 3.5z" />`),
  kept: icon(svg`<path d="M4 2.5h8v11l-4-3.5l-4 3.5z" fill="currentColor" />`),
  discard: icon(svg`<path d="M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.5 9h6l.5-9M6.700 7v4M9.300 7v4" />`),
  compare: icon(svg`<path d="M2.5 2.5h11v11h-11zM8 2.5v11" />`),
  input: icon(svg`<path d="M2.5 8h8M7.5 5l3 3l-3 3M9 2.5h4.5v11h-4.5" />`),
} as const;
