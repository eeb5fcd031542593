import { ValidationFault } from '../failures.ts';
import { isRecord } from '../graph.ts';

/** Name of a JSON value's type in Python. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return Array.isArray(value) ? 'list' : 'dict';
}

/** `repr()` of a JSON value: what the texts of validation errors quote. */
export function repr(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return formatFloat(value, Number.isInteger(value));
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`;
  if (!isRecord(value)) return '<object>';
  const items = Object.entries(value).map(([key, item]) => `${quote(key)}: ${repr(item)}`);
  return `{${items.join(', ')}}`;
}

/** `str()` of a JSON value. */
export function str(value: unknown): string {
  return typeof value === 'string' ? value : repr(value);
}

function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return mark + (mark === "'" ? escaped.replaceAll("'", "\\'") : escaped) + mark;
}

/** A number as Python prints it: floats keep their `.0`. */
export function formatFloat(value: number, isInteger: boolean): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (isInteger || !Number.isInteger(value)) return String(value);
  return `${value}.0`;
}

/**
 * `int(value)`.
 * @throws ValidationFault with Python's words
 */
export function toInt(value: unknown): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return Math.trunc(value);
  if (typeof value === 'string') {
    if (/^\s*[+-]?\d+(?:_\d+)*\s*$/.test(value)) return Number(value.replaceAll('_', ''));
    throw new ValidationFault(
      'ValueError',
      `invalid literal for int() with base 10: ${quote(value)}`,
    );
  }
  throw new ValidationFault(
    'TypeError',
    `int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`,
  );
}

const FLOAT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * `float(value)`.
 * @throws ValidationFault with Python's words
 */
export function toFloat(value: unknown): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  if (typeof value === 'string') {
    const text = value.trim();
    if (FLOAT.test(text)) return Number(text);
    if (/^[+-]?nan$/i.test(text)) return Number.NaN;
    if (/^\+?inf(?:inity)?$/i.test(text)) return Infinity;
    if (/^-inf(?:inity)?$/i.test(text)) return -Infinity;
    throw new ValidationFault('ValueError', `could not convert string to float: ${quote(value)}`);
  }
  throw new ValidationFault(
    'TypeError',
    `float() argument must be a string or a real number, not '${typeName(value)}'`,
  );
}

/** `bool(value)`: every non-empty string is true. */
export function toBool(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isRecord(value)) return Object.keys(value).length > 0;
  return Boolean(value) || (typeof value === 'number' && Number.isNaN(value));
}
