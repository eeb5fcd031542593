/** A strict reader of Godot's text resources, written from Godot's saver and sharing nothing with ours. */
export interface Tres {
  header: Record<string, unknown>;
  external: TresSection[];
  internal: TresSection[];
  resource: Record<string, unknown>;
}

interface TresSection {
  attributes: Record<string, unknown>;
  properties: Record<string, unknown>;
}

export function parseTres(text: string): Tres {
  let at = 0;
  const fail = (): never => {
    throw new Error(`no tres at ${at}: ${text.slice(at, at + 40)}`);
  };
  const need = (sign: string) => {
    if (!text.startsWith(sign, at)) fail();
    at += sign.length;
  };
  const match = (pattern: RegExp): string => {
    const sticky = new RegExp(pattern, 'y');
    sticky.lastIndex = at;
    const found = sticky.exec(text) ?? fail();
    at += found[0].length;
    return found[0];
  };
  const list = (open: string, close: string, item: () => void, gap: string) => {
    need(open);
    while (!text.startsWith(close, at)) {
      item();
      if (!text.startsWith(close, at)) need(gap);
    }
    need(close);
  };
  const value = (): unknown => {
    if (/["&]/.test(text[at]!)) {
      const quoted = match(/&?"(?:[^"\\]|\\["\\])*"/);
      return quoted.replace(/^&?"|"$/g, '').replace(/\\(.)/g, '$1');
    }
    if (text[at] === '[') {
      const items: unknown[] = [];
      list('[', ']', () => items.push(value()), ', ');
      return items;
    }
    if (text[at] === '{') {
      const fields: Record<string, unknown> = {};
      const entry = () => {
        const key = match(/"[^"]*"/).slice(1, -1);
        need(': ');
        fields[key] = value();
      };
      need('{\n');
      for (;;) {
        entry();
        if (text.startsWith('\n}', at)) break;
        need(',\n');
      }
      need('\n}');
      return fields;
    }
    const word = match(/[\w.-]+/);
    if (text[at] !== '(') return word === 'true' ? true : word === 'false' ? false : Number(word);
    const args: unknown[] = [];
    list('(', ')', () => args.push(value()), ', ');
    return { call: word, args };
  };
  const head = (tag: string) => {
    need(`[${tag}`);
    const attributes: Record<string, unknown> = {};
    while (text[at] === ' ') {
      at++;
      const key = match(/\w+/);
      need('=');
      attributes[key] = value();
    }
    need(']\n');
    return attributes;
  };
  const properties = () => {
    const fields: Record<string, unknown> = {};
    while (at < text.length && text[at] !== '\n') {
      const key = match(/[\w/]+/);
      need(' = ');
      fields[key] = value();
      need('\n');
    }
    return fields;
  };
  const header = head('gd_resource');
  need('\n');
  const external: TresSection[] = [];
  while (text.startsWith('[ext_resource', at)) {
    external.push({ attributes: head('ext_resource'), properties: {} });
  }
  if (external.length > 0) need('\n');
  const internal: TresSection[] = [];
  while (text.startsWith('[sub_resource', at)) {
    internal.push({ attributes: head('sub_resource'), properties: properties() });
    need('\n');
  }
  head('resource');
  const resource = properties();
  if (at !== text.length) fail();
  return { header, external, internal, resource };
}
