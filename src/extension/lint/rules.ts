import {
  type Finding,
  type LintCode,
  type Severity,
  SHEET_CODES,
  SPRITE_CODES,
} from '../../pixels/lint/finding.ts';
import type { LintRules } from '../../pixels/lint/rules.ts';

/** How a finding is shown; `hint` is not listed among the problems. */
export const SHOWN_SEVERITIES = ['error', 'warning', 'info', 'hint', 'off'] as const;
export type ShownSeverity = (typeof SHOWN_SEVERITIES)[number];

/** What a project's settings hold its sprites against. */
export interface LintChoice {
  size: { width: number; height: number } | null;
  maxColors: number | null;
  severity: Partial<Record<LintCode, ShownSeverity>>;
}

const CODES: readonly string[] = [...SPRITE_CODES, ...SHEET_CODES];

/** `32` or `32x48`; null for what is no size. */
export function parseSize(text: string): { width: number; height: number } | null {
  const match = /^([1-9]\d{0,3})(?:\s*[x×]\s*([1-9]\d{0,3}))?$/i.exec(text.trim());
  if (match === null) return null;
  const width = Number(match[1]);
  return { width, height: Number(match[2] ?? width) };
}

/** What is whole of the settings; a person's typing errors are passed over. */
export function lintChoice(size: string, maxColors: number, severity: object): LintChoice {
  const known = Object.entries(severity).filter(
    ([code, shown]) => CODES.includes(code) && SHOWN_SEVERITIES.includes(shown as ShownSeverity),
  );
  return {
    size: parseSize(size),
    maxColors: Number.isInteger(maxColors) && maxColors > 0 ? maxColors : null,
    severity: Object.fromEntries(known),
  };
}

/** The rules of a choice. @param palette opaque colours, or null for any */
export function rulesFor(
  { size, maxColors, severity }: LintChoice,
  palette: LintRules['palette'],
  tile: boolean,
): Partial<LintRules> {
  const ignore = Object.entries(severity).flatMap(([code, shown]) =>
    shown === 'off' ? [code as LintCode] : [],
  );
  return { size, maxColours: maxColors, palette, tile, ignore };
}

const USUAL: Readonly<Record<Severity, ShownSeverity>> = {
  error: 'error',
  warning: 'warning',
  // Worth a look, and often meant: not a problem that a person must get rid of.
  info: 'hint',
};

/** How a finding is shown. */
export function severityOf({ code, severity }: Finding, choice: LintChoice): ShownSeverity {
  return choice.severity[code] ?? USUAL[severity];
}

/** Whether Fix Lint Findings can mend it. */
export function isFixable({ fix, severity }: Finding): boolean {
  return fix !== null && severity !== 'info';
}
