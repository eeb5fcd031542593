import type { FixSettingsInput, Rgb } from '../../pixels/fix/settings.ts';

/** What the controls hold, as a person left it: numbers may be half typed. */
export interface FixForm {
  /** Empty takes the cells that the picture has. */
  size: string;
  grid: 'auto' | 'off';
  fit: 'reduce' | 'keep' | 'fail';
  palette: 'auto' | 'count' | 'file' | 'keep';
  colors: string;
  paletteName: string;
  /** `#rrggbb` each. */
  paletteColors: readonly string[];
  dither: 'none' | 'checker' | 'bayer2' | 'bayer4' | 'bayer8';
  /** Percent. */
  strength: number;
  background: boolean;
  holes: boolean;
  orphans: boolean;
  jaggies: boolean;
  outline: 'keep' | 'add' | 'remove';
  /** Takes the darkened colour beside it rather than `outlineColor`. */
  outlineOwn: boolean;
  outlineColor: string;
  corners: boolean;
  trim: boolean;
  pad: string;
  horizontal: 'left' | 'center' | 'right';
  vertical: 'top' | 'center' | 'bottom';
}

export const FIRST_FORM: FixForm = {
  size: '',
  grid: 'auto',
  fit: 'reduce',
  palette: 'auto',
  colors: '16',
  paletteName: '',
  paletteColors: [],
  dither: 'none',
  strength: 50,
  background: true,
  holes: false,
  orphans: true,
  jaggies: true,
  outline: 'keep',
  outlineOwn: true,
  outlineColor: '#000000',
  corners: false,
  trim: true,
  pad: '0',
  horizontal: 'center',
  vertical: 'center',
};

export const CHOICES = {
  grid: ['auto', 'off'],
  fit: ['reduce', 'keep', 'fail'],
  palette: ['auto', 'count', 'file', 'keep'],
  dither: ['none', 'checker', 'bayer2', 'bayer4', 'bayer8'],
  outline: ['keep', 'add', 'remove'],
  horizontal: ['left', 'center', 'right'],
  vertical: ['top', 'center', 'bottom'],
} as const;

const LIMITS = { size: 1024, colors: 256, pad: 64 };

/** A control whose content makes no sense yet. */
export type FormProblem = 'size' | 'colors' | 'pad';

/** `32` or `32x48`; null for nothing typed, undefined for what is no size. */
export function parseSize(text: string): [width: number, height: number] | null | undefined {
  if (text.trim() === '') return null;
  const match = /^(\d{1,4})(?:\s*[x×*]\s*(\d{1,4}))?$/i.exec(text.trim());
  if (match === null) return undefined;
  const width = Number(match[1]);
  const height = Number(match[2] ?? width);
  const fits = [width, height].every(edge => edge >= 1 && edge <= LIMITS.size);
  return fits ? [width, height] : undefined;
}

function whole(text: string, least: number, most: number): number | null {
  if (!/^\d{1,6}$/.test(text.trim())) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
}

/** The controls that have to be mended before anything can be fixed. */
export function problemsOf(form: FixForm): FormProblem[] {
  const problems: FormProblem[] = [];
  if (parseSize(form.size) === undefined) problems.push('size');
  if (form.palette === 'count' && whole(form.colors, 1, LIMITS.colors) === null) {
    problems.push('colors');
  }
  if (whole(form.pad, 0, LIMITS.pad) === null) problems.push('pad');
  return problems;
}

/** Red, green and blue of `#rrggbb`. */
export function rgbOf(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1, 7), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function paletteOf(form: FixForm): NonNullable<FixSettingsInput['palette']> {
  if (form.palette === 'count') {
    return { kind: 'count', colors: whole(form.colors, 1, LIMITS.colors) ?? 1 };
  }
  if (form.palette !== 'file') return { kind: form.palette };
  // Chosen, but no file yet.
  if (form.paletteColors.length === 0) return { kind: 'keep' };
  return { kind: 'fixed', colors: form.paletteColors.map(rgbOf) };
}

/** The settings of a form without problems. */
export function settingsOf(form: FixForm): FixSettingsInput {
  const palette = paletteOf(form);
  const { background, holes, orphans, jaggies, corners, trim, horizontal, vertical } = form;
  return {
    size: parseSize(form.size) ?? null,
    fit: form.fit,
    grid: form.grid,
    palette,
    dither:
      form.dither === 'none' || palette.kind === 'keep'
        ? null
        : { pattern: form.dither, strength: form.strength / 100 },
    background: { remove: background, holes: background && holes },
    cleanup: { orphans, jaggies },
    outline: {
      mode: form.outline,
      color: form.outline === 'add' && !form.outlineOwn ? rgbOf(form.outlineColor) : null,
      corners,
    },
    canvas: { trim, pad: whole(form.pad, 0, LIMITS.pad) ?? 0, horizontal, vertical },
  };
}

/** Takes what is whole from a stored form, the rest from the first one. */
export function readForm(stored: unknown): FixForm {
  if (typeof stored !== 'object' || stored === null) return FIRST_FORM;
  const form: Record<string, unknown> = { ...FIRST_FORM };
  for (const [key, first] of Object.entries(FIRST_FORM)) {
    const value = (stored as Record<string, unknown>)[key];
    const choices: readonly unknown[] | undefined = Object.hasOwn(CHOICES, key)
      ? CHOICES[key as keyof typeof CHOICES]
      : undefined;
    const fits =
      choices?.includes(value) ??
      (Array.isArray(first) ? isColors(value) : typeof value === typeof first);
    if (fits) form[key] = value;
  }
  if (!isColor(form['outlineColor'])) form['outlineColor'] = FIRST_FORM.outlineColor;
  return form as unknown as FixForm;
}

function isColor(value: unknown): value is string {
  return typeof value === 'string' && /^#[\da-f]{6}$/i.test(value);
}

function isColors(value: unknown): boolean {
  return Array.isArray(value) && value.every(isColor);
}
