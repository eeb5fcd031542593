import { parsePromptLine, type PromptLine } from './prompt-line.ts';

/** Signs that begin a comment in one language or another, each with the one that may end it. */
const COMMENT = /^\s*(?:\/\/+|\/\*+|#+|--+|;+|%+|<!--|\*|"""|''')?\s*/;
const COMMENT_END = /\s*(?:\*\/|-->|"""|''')\s*$/;
const MARK = /(?:^|[\s/*#;%!-])sprites?\s*:\s*(\S.*)$/i;

function uncommented(line: string): string {
  return line.replace(COMMENT, '').replace(COMMENT_END, '').trim();
}

/**
 * What a comment such as `// sprite: rusty sword 32x32` asks for, one entry per line; text before it in the line is code. Lines
 * without the mark count only when no line has it, and only of a selection.
 * @param isSelection whether a person marked the text, rather than the cursor standing in it
 */
export function parseSpriteComments(text: string, isSelection: boolean): PromptLine[] {
  const lines = text.split(/\r?\n/);
  const marked = lines.flatMap(line => {
    const prompt = MARK.exec(line)?.[1]?.replace(COMMENT_END, '').trim();
    return prompt === undefined || prompt === '' ? [] : [parsePromptLine(prompt)];
  });
  if (marked.length > 0 || !isSelection) return marked;
  const words = lines.map(uncommented).filter(line => line !== '');
  // A sentence over several lines is one prompt; a list of prompts has its own command.
  return words.length === 0 ? [] : [parsePromptLine(words.join(' '))];
}
