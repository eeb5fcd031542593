/** A strict reader of the RON that serde makes of structs, tuples, lists and maps; it shares nothing with ours. */
export function parseRonStrictly(text: string): unknown {
  const tokens = [
    ...text.matchAll(
      /\s+|r#"[\s\S]*?"#|"(?:[^"\\]|\\["\\n])*"|'[^'\\]'|[A-Za-z_]\w*|-?\d+(?:\.\d+)?(?:e\d+)?|[()[\]{}:,]/g,
    ),
  ];
  const length = tokens.reduce((sum, [token]) => sum + token.length, 0);
  if (length !== text.length) throw new Error('something is no token');
  const words = tokens.map(([token]) => token).filter(token => token.trim() !== '');
  let at = 0;
  const need = (word: string) => {
    if (words[at++] !== word)
      throw new Error(`${word} is missing before ${words.slice(at - 1, at + 5).join(' ')}`);
  };
  const many = (end: string, item: () => void) => {
    while (words[at] !== end) {
      item();
      if (words[at] !== end) need(',');
    }
    need(end);
  };
  const value = (): unknown => {
    const word = words[at++];
    if (word === undefined) throw new Error('it ends too early');
    if (word.startsWith('"'))
      return word.slice(1, -1).replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c));
    if (word.startsWith('r#"')) return word.slice(3, -2);
    if (word.startsWith("'")) return word[1];
    if (/^-?\d/.test(word)) return Number(word);
    if (word === '[') {
      const items: unknown[] = [];
      many(']', () => items.push(value()));
      return items;
    }
    if (word === '{') {
      const entries: [string, unknown][] = [];
      many('}', () => {
        const key = value();
        need(':');
        entries.push([String(key), value()]);
      });
      return Object.fromEntries(entries);
    }
    if (word === '(') return body();
    if (word === 'true' || word === 'false') return word === 'true';
    if (words[at] !== '(') return word;
    at++;
    return { [word]: body() };
  };
  const body = (): unknown => {
    if (words[at + 1] === ':') {
      const fields: [string, unknown][] = [];
      many(')', () => {
        const key = words[at++]!;
        need(':');
        fields.push([key, value()]);
      });
      return Object.fromEntries(fields);
    }
    const items: unknown[] = [];
    many(')', () => items.push(value()));
    return items;
  };
  const result = value();
  if (at !== words.length) throw new Error('more follows');
  return result;
}
