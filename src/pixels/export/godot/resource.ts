import { SheetError } from '../../sheet/error.ts';
import { VariantReader } from './reader.ts';
import { textOf, type Variant, variantText } from './variant.ts';

/** `[sub_resource type="AtlasTexture" id="1"]` and the properties below it. */
export interface Section {
  tag: string;
  attributes: Map<string, Variant>;
  properties: Map<string, Variant>;
}

/** A text resource (`.tres`, format 3): its header first, the resource itself last. */
export interface TextResource {
  header: Section;
  external: Section[];
  internal: Section[];
  resource: Section;
}

export function section(
  tag: string,
  attributes: Readonly<Record<string, Variant>>,
  properties: Readonly<Record<string, Variant>> = {},
): Section {
  return {
    tag,
    attributes: new Map(Object.entries(attributes)),
    properties: new Map(Object.entries(properties)),
  };
}

/** The id of an external or internal resource; older files number them. */
export function idOf({ attributes }: Section): string {
  const id = attributes.get('id');
  return id?.kind === 'atom' ? id.text : (textOf(id) ?? '');
}

/**
 * Reads a text resource of Godot 4.
 * @param type of the resource
 * @throws SheetError `unreadable`, or `foreign-file` when it is of another type
 */
export function readResource(text: string, path: string, type: string): TextResource {
  const reader = new VariantReader(text.replace(/^\ufeff/, ''), path);
  const sections: Section[] = [];
  while (!reader.ended) sections.push(readSection(reader));
  const [header, ...rest] = sections;
  const last = rest.at(-1);
  if (header?.tag !== 'gd_resource' || last?.tag !== 'resource') {
    throw new SheetError('unreadable', `${path} is no text resource of Godot.`);
  }
  if (textOf(header.attributes.get('type')) !== type) {
    throw new SheetError('foreign-file', `${path} is a resource of Godot, but no ${type}.`);
  }
  const of = (tag: string) => rest.filter(entry => entry.tag === tag);
  const known = of('ext_resource').length + of('sub_resource').length + 1;
  if (known !== rest.length) {
    throw new SheetError('unreadable', `${path} has sections that no resource of Godot 4 has.`);
  }
  return { header, external: of('ext_resource'), internal: of('sub_resource'), resource: last };
}

function readSection(reader: VariantReader): Section {
  reader.need('[');
  const tag = reader.match(/\w+/y) ?? '';
  const attributes = new Map<string, Variant>();
  while (!reader.take(']')) {
    reader.skipSpace();
    const key = reader.match(/\w+/y);
    if (key === null) throw reader.fault('the head of a section is wrong');
    reader.need('=');
    attributes.set(key, reader.value());
  }
  const properties = new Map<string, Variant>();
  for (;;) {
    reader.skipSpace();
    const key = reader.match(/[^\s=[\];]+(?=[ \t]*=)/y);
    if (key === null) break;
    reader.need('=');
    properties.set(key, reader.value());
  }
  return { tag, attributes, properties };
}

/** Text as Godot saves it. */
export function resourceText({ header, external, internal, resource }: TextResource): string {
  const blocks = [
    headText(header),
    ...(external.length > 0 ? [external.map(headText).join('\n')] : []),
    ...internal.map(sectionText),
    sectionText(resource),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function headText({ tag, attributes }: Section): string {
  const fields = [...attributes].map(([key, value]) => ` ${key}=${variantText(value)}`);
  return `[${tag}${fields.join('')}]`;
}

function sectionText(part: Section): string {
  const lines = [...part.properties].map(([key, value]) => `${key} = ${variantText(value)}`);
  return [headText(part), ...lines].join('\n');
}
