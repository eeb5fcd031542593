import { SheetError } from '../../sheet/error.ts';
import type { Variant } from './variant.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  a: '\x07',
  v: '\v',
};

/** Deeper nesting is no file of Godot's. */
const MAX_DEPTH = 64;

/** Reads the values of a text resource one after the other. */
export class VariantReader {
  readonly #text: string;
  readonly #path: string;
  #at = 0;

  constructor(text: string, path: string) {
    this.#text = text;
    this.#path = path;
  }

  get ended(): boolean {
    this.skipSpace();
    return this.#at >= this.#text.length;
  }

  /** White space and comments. */
  skipSpace(): void {
    this.match(/(?:\s|;[^\n]*)*/y);
  }

  /** Takes what a sticky pattern finds here. */
  match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#at += found.length;
    return found;
  }

  /** Takes a piece of text, after space, if it comes next. */
  take(piece: string): boolean {
    this.skipSpace();
    if (!this.#text.startsWith(piece, this.#at)) return false;
    this.#at += piece.length;
    return true;
  }

  /** @throws SheetError `unreadable` unless the piece comes next */
  need(piece: string): void {
    if (!this.take(piece)) throw this.fault(`"${piece}" is missing`);
  }

  fault(what: string): SheetError {
    const line = this.#text.slice(0, this.#at).split('\n').length;
    return new SheetError(
      'unreadable',
      `${this.#path} is no text resource of Godot: ${what} in line ${line}.`,
    );
  }

  /** @throws SheetError `unreadable` */
  value(depth = 0): Variant {
    if (depth > MAX_DEPTH) throw this.fault('values are nested too deeply');
    this.skipSpace();
    const prefix = this.match(/[&^](?=")/y);
    if (this.#text[this.#at] === '"') {
      const value = this.#string();
      return { kind: 'string', value, prefix: prefix === '&' || prefix === '^' ? prefix : '' };
    }
    if (this.take('[')) return { kind: 'array', items: this.#list(']', depth) };
    if (this.take('{')) return { kind: 'dictionary', entries: this.#entries(depth) };
    const word = this.match(/[\w.+#-]+/y);
    if (word === null) throw this.fault('a value is missing');
    const types = this.match(/\[[^\]()\n]*\](?=\()/y) ?? '';
    if (!this.take('(')) return { kind: 'atom', text: word };
    return { kind: 'call', name: word + types, args: this.#list(')', depth) };
  }

  #string(): string {
    this.#at++;
    let value = '';
    for (;;) {
      value += this.match(/[^"\\]+/y) ?? '';
      const sign = this.#text[this.#at++];
      if (sign === '"') return value;
      if (sign === undefined) throw this.fault('a text does not end');
      const letter = this.#text[this.#at++] ?? '';
      const digits = letter === 'u' ? 4 : letter === 'U' ? 6 : 0;
      if (digits === 0) value += ESCAPES[letter] ?? letter;
      else {
        const code = Number.parseInt(this.#text.slice(this.#at, this.#at + digits), 16);
        if (!(code <= 0x10ffff)) throw this.fault('a character has no code');
        value += String.fromCodePoint(code);
        this.#at += digits;
      }
    }
  }

  #list(end: string, depth: number): Variant[] {
    const items: Variant[] = [];
    while (!this.take(end)) {
      const value = this.value(depth + 1);
      const pair = end === ')' && this.take(':');
      items.push(pair ? { kind: 'pair', key: value, value: this.value(depth + 1) } : value);
      if (!this.take(',')) {
        this.need(end);
        break;
      }
    }
    return items;
  }

  #entries(depth: number): [Variant, Variant][] {
    const entries: [Variant, Variant][] = [];
    while (!this.take('}')) {
      const key = this.value(depth + 1);
      this.need(':');
      entries.push([key, this.value(depth + 1)]);
      if (!this.take(',')) {
        this.need('}');
        break;
      }
    }
    return entries;
  }
}
