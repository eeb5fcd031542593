import { SheetError } from '../../sheet/error.ts';

/** An element of XML; text, comments and the like between its children stay as they are. */
export interface XmlElement {
  name: string;
  attributes: Map<string, string>;
  children: XmlNode[];
}

/** Text unescaped; anything else than text and elements as it is written. */
export type XmlNode = XmlElement | { text: string } | { raw: string };

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

function unescaped(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi,
    (all: string, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? all;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}

function escaped(text: string): string {
  return text.replace(
    /[<>&"\n]/g,
    sign =>
      ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[sign] ??
      `&#${sign.charCodeAt(0)};`,
  );
}

export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: XmlNode[] = [],
): XmlElement {
  const texts = Object.entries(attributes).map(([key, value]) => [key, String(value)] as const);
  return { name, attributes: new Map(texts), children };
}

export function isElement(node: XmlNode): node is XmlElement {
  return 'name' in node;
}

/** The children of a name. */
export function childrenOf(parent: XmlElement, name: string): XmlElement[] {
  return parent.children.filter(isElement).filter(child => child.name === name);
}

/**
 * Reads an XML file without a DTD.
 * @throws SheetError `unreadable`
 */
export function parseXml(text: string, path: string): XmlElement {
  const fault = (what: string) => new SheetError('unreadable', `${path} is no XML: ${what}.`);
  const token =
    /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/y;
  const root: XmlElement = { name: '', attributes: new Map(), children: [] };
  const open: XmlElement[] = [root];
  const source = text.replace(/^\ufeff/, '');
  let end = 0;
  for (const found of source.matchAll(new RegExp(token, 'gy'))) {
    end = found.index + found[0].length;
    const parent = open.at(-1)!;
    const [all, closing, name, attributes = '', empty] = found;
    if (closing !== undefined) {
      if (open.length === 1 || parent.name !== closing) throw fault(`</${closing}> closes nothing`);
      open.pop();
    } else if (name !== undefined) {
      const child = element(name, attributesOf(attributes));
      parent.children.push(child);
      if (empty === '') open.push(child);
    } else if (all.startsWith('<')) parent.children.push({ raw: all });
    else if (all.trim() !== '') parent.children.push({ text: unescaped(all) });
  }
  if (end < source.length) throw fault('a tag is wrong');
  const elements = root.children.filter(isElement);
  if (open.length > 1) throw fault(`<${open.at(-1)!.name}> is not closed`);
  if (elements.length !== 1) throw fault('it has not one element at its top');
  return elements[0]!;
}

function attributesOf(text: string): Record<string, string> {
  const pairs = text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return Object.fromEntries([...pairs].map(([, key, a, b]) => [key!, unescaped(a ?? b ?? '')]));
}

/** XML as Tiled writes it: an element a line, indented by one space. */
export function xmlText(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${elementText(root, '')}\n`;
}

function elementText({ name, attributes, children }: XmlElement, indent: string): string {
  const fields = [...attributes].map(([key, value]) => ` ${key}="${escaped(value)}"`).join('');
  if (children.length === 0) return `${indent}<${name}${fields}/>`;
  // White space beside a text would become part of it.
  if (children.some(child => 'text' in child)) {
    const inner = children.map(child => nodeText(child, '')).join('');
    return `${indent}<${name}${fields}>${inner}</${name}>`;
  }
  const inner = children.map(child => nodeText(child, `${indent} `)).join('\n');
  return `${indent}<${name}${fields}>\n${inner}\n${indent}</${name}>`;
}

function nodeText(node: XmlNode, indent: string): string {
  if (isElement(node)) return elementText(node, indent);
  if ('raw' in node) return indent + node.raw;
  return node.text.replace(/[<>&]/g, sign => ({ '<': '&lt;', '>': '&gt;' })[sign] ?? '&amp;');
}
