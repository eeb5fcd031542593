import { isCollection, isMap, isNode, isScalar, YAMLMap } from 'yaml';
import type { Contender } from '../../protocol/compare.ts';
import type { Lora } from '../../protocol/recipe.ts';
import { parseProjectDocument, parseProjectFile } from './parse.ts';

const NEW_FILE = '# Defaults of every drawing, presets and contenders of this game.\n';

/** A LoRA as a person writes it; the parts by name where the name would be read wrongly. */
function loraValue({ name, strength, clipStrength }: Lora): unknown {
  if (name.includes(':')) {
    return { name, strength, ...(clipStrength !== undefined && { clipStrength }) };
  }
  if (clipStrength !== undefined) return `${name}:${strength}:${clipStrength}`;
  return strength === 1 ? name : `${name}:${strength}`;
}

/** Spaces that a text indents by; 2 where it indents nothing. */
function indentOf(text: string): number {
  const width = /^[\w"'-]+:[^\n]*\n(?:\s*#[^\n]*\n|\s*\n)*( {1,8})\S/m.exec(text)?.[1]?.length;
  return width ?? 2;
}

/** What becomes the default; `vae: null` is the checkpoint's own, which is what no entry means. */
export type DefaultChoice = Omit<Contender, 'vae'> & { vae?: string | null | undefined };

/**
 * Makes a contender the project's default: writes what it says into `defaults` of the text of a project's file. What it leaves out stays
 * as it is, as do comments, order and everything else.
 * @param text of the file; empty where there is none yet
 * @returns the new text
 * @throws PixelsError `invalid-params` when the file has mistakes: it is mended by hand first
 */
export function setDefault(
  text: string,
  contender: DefaultChoice,
  fileName = 'project.yaml',
): string {
  parseProjectFile(text, fileName);
  const { document } = parseProjectDocument(text.trim() === '' ? NEW_FILE : text, fileName);
  if (!isMap(document.contents)) document.contents = new YAMLMap();
  if (!isMap(document.get('defaults'))) document.set('defaults', new YAMLMap());
  const { name: _, loras, ...rest } = contender;
  const values: Record<string, unknown> = {
    ...rest,
    ...(loras !== undefined && { loras: loras.map(loraValue) }),
  };
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) continue;
    if (value === null) {
      document.deleteIn(['defaults', key]);
      continue;
    }
    const present = document.getIn(['defaults', key], true);
    if (isScalar(present) && !Array.isArray(value)) {
      // The node keeps its comment, and its quotes where they are needed.
      present.value = value;
      continue;
    }
    const node = document.createNode(value);
    if (isCollection(node) && isCollection(present)) node.flow = present.flow === true;
    if (isNode(present)) {
      node.comment = present.comment ?? null;
      node.commentBefore = present.commentBefore ?? null;
    }
    document.setIn(['defaults', key], node);
  }
  const written = document.toString({
    lineWidth: 0,
    indent: indentOf(text),
    indentSeq: !/^([ \t]*)[\w"'-]+:[^\S\n]*\n\1- /m.test(text),
    flowCollectionPadding: text.includes('{ ') || !/\{\S/.test(text),
  });
  return text.includes('\r\n') ? written.replace(/\r?\n/g, '\r\n') : written;
}
