import { parsePromptLine, type PromptLine } from './prompt-line.ts';

/** Signs that begin a comment in one language or another. */
const COMMENT = /^\s*(?:\/\/+|\{?\/\*+|#+|--+(?:\[=*\[)?|;+|%+|<!--|\(\*+|\{#|\*|"""|''')?\s*/;
/** Signs that end one; with a brace, as markup with code in it has them. */
const END = String.raw`(?:\*+\/\}?|--+>|"""|'''|\]=*\]|\*+\)|#\})`;
const COMMENT_END = new RegExp(String.raw`\s*${END}\s*$`);
/** What begins a comment that ends within its line, each with its end. */
const ENCLOSED: readonly (readonly [RegExp, RegExp])[] = [
  [/\/\*/, /\*+\//],
  [/<!--/, /--+>/],
  [/--\[(=*)\[/, /\]=*\]/],
  [/\(\*/, /\*+\)/],
  [/\{#/, /#\}/],
];
const MARK = /(?:^|[\s/*#;%![-])sprites?\s*[:：]\s*(\S.*)$/i;

function uncommented(line: string): string {
  return line.replace(COMMENT_END, '').replace(COMMENT, '').trim();
}

/** What stands behind the mark up to the end of its comment; code after that is none of it. */
function marked(line: string): string {
  const match = MARK.exec(line);
  if (match === null) return '';
  const before = line.slice(0, match.index + 1);
  let prompt = match[1] ?? '';
  for (const [begin, end] of ENCLOSED) {
    const place = begin.test(before) ? prompt.search(end) : -1;
    if (place >= 0) prompt = prompt.slice(0, place);
  }
  return prompt.replace(COMMENT_END, '').trim();
}

/**
 * What a comment such as `// sprite: rusty sword 32x32` asks for, one entry per line; text before it in the line is code. Lines
 * without the mark count only when no line has it, and only of a selection.
 * @param isSelection whether a person marked the text, rather than the cursor standing in it
 */
export function parseSpriteComments(text: string, isSelection: boolean): PromptLine[] {
  const lines = text.split(/\r?\n/);
  const found = lines
    .map(marked)
    .filter(prompt => prompt !== '')
    .map(parsePromptLine);
  if (found.length > 0 || !isSelection) return found;
  const words = lines.map(uncommented).filter(line => line !== '');
  // A sentence over several lines is one prompt; a list of prompts has its own command.
  return words.length === 0 ? [] : [parsePromptLine(words.join(' '))];
}
