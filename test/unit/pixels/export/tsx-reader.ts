export interface TsxElement {
  name: string;
  attributes: Record<string, string>;
  children: TsxElement[];
}

/** A strict reader of XML as Tiled writes it, which shares nothing with ours. */
export function parseTsx(text: string): TsxElement {
  let rest = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  if (rest === text) throw new Error('no XML declaration');
  const take = (pattern: RegExp): RegExpExecArray => {
    const found = pattern.exec(rest);
    if (found?.index !== 0) throw new Error(`no ${pattern} at ${rest.slice(0, 60)}`);
    rest = rest.slice(found[0].length);
    return found;
  };
  const plain = (value: string) =>
    value
      .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');
  const element = (): TsxElement => {
    const [, name = ''] = take(/<(\w+)/);
    const attributes: Record<string, string> = {};
    while (rest.startsWith(' ')) {
      const [, key = '', value = ''] = take(/ (\w+)="([^"<>]*)"/);
      attributes[key] = plain(value);
    }
    const children: TsxElement[] = [];
    if (rest.startsWith('/>')) {
      take(/\/>/);
      return { name, attributes, children };
    }
    take(/>/);
    for (;;) {
      take(/[^<]*/);
      if (rest.startsWith('</')) break;
      children.push(element());
    }
    take(new RegExp(`</${name}>`));
    return { name, attributes, children };
  };
  const root = element();
  if (rest !== '\n') throw new Error(`more follows: ${rest.slice(0, 60)}`);
  return root;
}
