import { SheetError } from '../../sheet/error.ts';

/** A value of Rusty Object Notation; numbers, texts and names stay as they are written. */
export type Ron =
  | { kind: 'atom'; text: string }
  | { kind: 'list'; items: Ron[] }
  | { kind: 'map'; entries: [key: Ron, value: Ron][] }
  | { kind: 'tuple'; name: string; items: Ron[] }
  | { kind: 'struct'; name: string; fields: Map<string, Ron> };

export type RonStruct = Extract<Ron, { kind: 'struct' }>;

export function ronAtom(value: number | boolean): Ron {
  return { kind: 'atom', text: String(value) };
}

/** RON's escapes are Rust's; JSON's differ in `\u`, which is only needed for controls. */
export function ronString(value: string): Ron {
  const text = value.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n');
  return { kind: 'atom', text: `"${text}"` };
}

export function ronStruct(fields: Readonly<Record<string, Ron>>): RonStruct {
  return { kind: 'struct', name: '', fields: new Map(Object.entries(fields)) };
}

export function ronTuple(...values: readonly number[]): Ron {
  return { kind: 'tuple', name: '', items: values.map(ronAtom) };
}

export function ronList(items: Ron[]): Ron {
  return { kind: 'list', items };
}

/** The text of a string; undefined for other values. */
export function ronText(value: Ron | undefined): string | undefined {
  if (value?.kind !== 'atom' || !value.text.startsWith('"')) return undefined;
  return value.text
    .slice(1, -1)
    .replace(/\\(?:u\{([\da-f]+)\}|(.))/gisu, (_, code: string | undefined, letter: string) => {
      if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
      return { n: '\n', t: '\t', r: '\r', '0': '\0' }[letter] ?? letter;
    });
}

/** One line for what is short, else a line for each part, indented by four as rustfmt does. */
export function formatRon(value: Ron, indent = ''): string {
  const line = oneLine(value);
  if (indent.length + line.length <= 80 && (indent !== '' || value.kind === 'atom')) return line;
  const deeper = `${indent}    `;
  const block = (open: string, parts: string[], close: string) =>
    parts.length === 0
      ? open + close
      : `${open}\n${parts.map(part => `${deeper}${part},\n`).join('')}${indent}${close}`;
  switch (value.kind) {
    case 'atom':
      return line;
    case 'list':
      return block(
        '[',
        value.items.map(item => formatRon(item, deeper)),
        ']',
      );
    case 'tuple':
      return block(
        `${value.name}(`,
        value.items.map(item => formatRon(item, deeper)),
        ')',
      );
    case 'map': {
      const parts = value.entries.map(
        ([key, field]) => `${oneLine(key)}: ${formatRon(field, deeper)}`,
      );
      return block('{', parts, '}');
    }
    case 'struct': {
      const parts = [...value.fields].map(([key, field]) => `${key}: ${formatRon(field, deeper)}`);
      return block(`${value.name}(`, parts, ')');
    }
  }
}

function oneLine(value: Ron): string {
  switch (value.kind) {
    case 'atom':
      return value.text;
    case 'list':
      return `[${value.items.map(oneLine).join(', ')}]`;
    case 'tuple':
      return `${value.name}(${value.items.map(oneLine).join(', ')})`;
    case 'map':
      return `{${value.entries.map(([key, field]) => `${oneLine(key)}: ${oneLine(field)}`).join(', ')}}`;
    case 'struct':
      return `${value.name}(${[...value.fields].map(([key, field]) => `${key}: ${oneLine(field)}`).join(', ')})`;
  }
}

const SPACE = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const TEXT = /"(?:[^"\\]|\\[\s\S])*"|r(#*)"[\s\S]*?"\1|'(?:[^'\\]|\\[^'])+'/y;
const NUMBER = /[+-]?(?:\d|\.\d|inf|NaN)[\w.+-]*/y;
const WORD = /[A-Za-z_][\w]*/y;
const MAX_DEPTH = 64;

/**
 * Reads a RON file. Comments are not kept.
 * @throws SheetError `unreadable`
 */
export function parseRon(text: string, path: string): Ron {
  let at = 0;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };
  const take = (sign: string): boolean => {
    match(SPACE);
    if (!text.startsWith(sign, at)) return false;
    at += sign.length;
    return true;
  };
  const fault = (what: string): SheetError => {
    const line = text.slice(0, at).split('\n').length;
    return new SheetError('unreadable', `${path} is no RON: ${what} in line ${line}.`);
  };
  const list = <T>(end: string, item: () => T): T[] => {
    const items: T[] = [];
    while (!take(end)) {
      items.push(item());
      if (take(',')) continue;
      if (!take(end)) throw fault(`"${end}" is missing`);
      break;
    }
    return items;
  };
  const value = (depth: number): Ron => {
    if (depth > MAX_DEPTH) throw fault('values are nested too deeply');
    match(SPACE);
    const plain = match(TEXT) ?? match(NUMBER);
    if (plain !== null) return { kind: 'atom', text: plain };
    if (take('[')) return { kind: 'list', items: list(']', () => value(depth + 1)) };
    if (take('{')) return { kind: 'map', entries: list('}', () => entry(depth + 1)) };
    const name = match(WORD) ?? '';
    if (!take('(')) {
      if (name === '') throw fault('a value is missing');
      return { kind: 'atom', text: name };
    }
    return body(name, depth + 1);
  };
  const entry = (depth: number): [Ron, Ron] => {
    const key = value(depth);
    if (!take(':')) throw fault('":" is missing');
    return [key, value(depth)];
  };
  const body = (name: string, depth: number): Ron => {
    match(SPACE);
    const isStruct = /[A-Za-z_]\w*\s*:(?!:)/y;
    isStruct.lastIndex = at;
    if (!isStruct.test(text)) return { kind: 'tuple', name, items: list(')', () => value(depth)) };
    const fields = list(')', (): [string, Ron] => {
      match(SPACE);
      const key = match(WORD);
      if (key === null || !take(':')) throw fault('a field is wrong');
      return [key, value(depth)];
    });
    return { kind: 'struct', name, fields: new Map(fields) };
  };
  match(SPACE);
  match(/(?:#!\[[^\]]*\]\s*)+/y);
  const result = value(0);
  match(SPACE);
  if (at < text.length) throw fault('there is more than one value');
  return result;
}
