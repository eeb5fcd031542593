import * as vscode from 'vscode';
import { LastChoice } from '../generate/last-choice.ts';
import { outputFolder } from '../generate/output-folder.ts';
import { proposedName, type SpriteArguments, type SpriteItem } from '../generate/request.ts';
import { COMMANDS } from '../ids.ts';
import { t } from '../l10n.ts';
import { Problem } from '../problem.ts';
import { promptProblem } from '../prompts/check-prompt.ts';
import { parsePromptList, type PromptLine } from '../prompts/prompt-line.ts';
import { parseSpriteComments } from '../prompts/sprite-comments.ts';
import { sizeText } from '../prompts/size.ts';
import type { Services } from '../services.ts';
import { answerOf, type GenerateAnswer, itemOfArguments, showEnd } from './generate-sprite.ts';
import { pickOne } from './pick.ts';

/** What Generate Sprites… takes: prompts as text lines, or each with its own settings. */
export interface BatchArguments extends Omit<SpriteArguments, 'prompt' | 'name' | 'init'> {
  prompts?: readonly (string | (SpriteArguments & { prompt: string }))[];
}

function listTemplate(): string {
  return [
    `# ${t('One sprite per line; size, number and seed may follow:')}`,
    '# rusty sword 32x32 x4 seed 7',
    `# ${t('Then run “DGX-Pixels: Generate Sprites…” again.')}`,
    '',
  ].join('\n');
}

/** Lists that somebody was given to fill in. */
const LISTS = new WeakSet<vscode.TextDocument>();

async function newList(): Promise<null> {
  const document = await vscode.workspace.openTextDocument({
    language: 'plaintext',
    content: listTemplate(),
  });
  LISTS.add(document);
  const editor = await vscode.window.showTextDocument(document);
  const end = document.lineAt(document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(end, end);
  const generate = t('Generate');
  void vscode.window
    .showInformationMessage(t('Write one prompt per line, then generate.'), generate)
    .then(async answer => {
      if (answer !== generate) return;
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand(COMMANDS.generateSprites);
    });
  return null;
}

async function fileList(): Promise<PromptLine[] | null> {
  const [file] =
    (await vscode.window.showOpenDialog({ title: t('Text file with one prompt per line') })) ?? [];
  if (file === undefined) return null;
  return parsePromptList(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
}

/** The prompts that a person means: the selected lines, the list that was being written, or what is asked for. */
async function askPrompts(): Promise<PromptLine[] | null> {
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined) {
    const { document, selections } = editor;
    const selected = selections
      .filter(selection => !selection.isEmpty)
      .map(selection => document.getText(selection))
      .join('\n');
    if (selected.trim() !== '') {
      const marked = parseSpriteComments(selected, false);
      return marked.length > 0 ? marked : parsePromptList(selected);
    }
    const listed = parsePromptList(document.getText());
    if (LISTS.has(document) && listed.length > 0) return listed;
  }
  const sources = [
    {
      label: `$(new-file) ${t('Write a list')}`,
      detail: t('Opens a new document, one prompt per line'),
      read: newList,
    },
    {
      label: `$(folder-opened) ${t('Choose a text file…')}`,
      detail: t('One prompt per line'),
      read: fileList,
    },
  ];
  const picked = await pickOne(sources, {
    title: t('Generate Sprites'),
    placeholder: t('Where the prompts come from; or select lines in an editor first'),
  });
  return picked === null || typeof picked === 'symbol' ? null : picked.read();
}

function itemsOf(lines: readonly PromptLine[], last: LastChoice): SpriteItem[] {
  const { size, checkpoint, loras, workflow, preset } = last.get();
  return lines.map(line => ({
    size,
    ...(workflow !== null && { workflow }),
    ...(checkpoint !== null && { checkpoint }),
    ...(loras.length > 0 && { loras }),
    ...(preset !== null && { preset }),
    count: 1,
    ...line,
    name: proposedName(line.prompt),
  }));
}

async function confirmed(items: readonly SpriteItem[]): Promise<boolean> {
  const runs = items.reduce((sum, { count }) => sum + count, 0);
  const picked = await pickOne(
    [
      {
        label: `$(play) ${t('Generate {0} sprites of {1} prompts', runs, items.length)}`,
        go: true,
      },
      ...items.slice(0, 100).map(({ prompt, size, count }) => ({
        label: prompt.slice(0, 120),
        description: [size === undefined ? '' : sizeText(size), count > 1 ? `×${count}` : ''].join(
          ' ',
        ),
        go: true,
      })),
    ],
    { title: t('Generate Sprites'), placeholder: t('Enter generates all of them') },
  );
  return picked !== null && typeof picked !== 'symbol';
}

function checkAll(items: readonly SpriteItem[]): void {
  for (const [place, { prompt }] of items.entries()) {
    const problem = promptProblem(prompt);
    if (problem !== null)
      throw new Problem('invalid-params', t('Line {0}: {1}', place + 1, problem));
  }
}

/** Draws and saves several items as one job, with one progress and one summary. */
export async function drawItems(
  services: Services,
  items: readonly SpriteItem[],
  folderNamed: unknown,
  mayAsk: boolean,
  open?: boolean,
): Promise<GenerateAnswer | null> {
  checkAll(items);
  const folder = await outputFolder(folderNamed, mayAsk, services.projects);
  if (folder === null) return null;
  const lane = items.length > 1 ? 'batch' : 'interactive';
  const result = await services.generator.draw({ items, folder, lane, init: null });
  for (const warning of result.warnings) void vscode.window.showWarningMessage(warning);
  await showEnd(services, result, folder, open);
  return answerOf(result);
}

/**
 * Generate Sprites…: several prompts as one job.
 * @returns null when a person left it
 * @throws Problem, LinkError, or what the worker answers
 */
export async function generateSprites(
  services: Services,
  given: BatchArguments,
): Promise<GenerateAnswer | null> {
  const { prompts, folder, open, ...shared } = given;
  if (prompts !== undefined) {
    const items = prompts.map(each =>
      itemOfArguments({
        ...shared,
        ...(typeof each === 'string' ? parsePromptList(each)[0] : each),
        prompt: (typeof each === 'string' ? parsePromptList(each)[0]?.prompt : each.prompt) ?? '',
      }),
    );
    if (items.length === 0) throw noPrompts();
    return drawItems(services, items, folder, false, open);
  }
  const lines = await askPrompts();
  if (lines === null) return null;
  if (lines.length === 0) throw noPrompts();
  const last = new LastChoice(services.context.workspaceState);
  const items = itemsOf(lines, last);
  checkAll(items);
  if (!(await confirmed(items))) return null;
  await last.addPrompts(items.map(({ prompt }) => prompt).slice(0, 20));
  return drawItems(services, items, folder, true, open);
}

function noPrompts(): Problem {
  return new Problem('invalid-params', t('There are no prompts: write one per line.'), [
    { title: t('Generate Sprites…'), command: COMMANDS.generateSprites },
  ]);
}

/**
 * Generate from Selection: what a comment such as `// sprite: rusty sword 32x32` asks for, at the cursor or in the selection.
 * @param text instead of the active editor's
 */
export async function generateFromSelection(
  services: Services,
  given: { text?: string; folder?: unknown; open?: boolean },
): Promise<GenerateAnswer | null> {
  const editor = vscode.window.activeTextEditor;
  let lines: PromptLine[] = [];
  if (given.text !== undefined) lines = parseSpriteComments(given.text, true);
  else if (editor !== undefined) {
    const { document, selections } = editor;
    lines = selections.flatMap(selection =>
      selection.isEmpty
        ? parseSpriteComments(document.lineAt(selection.active.line).text, false)
        : parseSpriteComments(document.getText(selection), true),
    );
  }
  if (lines.length === 0) {
    throw new Problem(
      'invalid-params',
      t(
        'Nothing to draw here: select a prompt, or put the cursor on a comment such as “// sprite: rusty sword 32x32”.',
      ),
      [{ title: t('Generate Sprite…'), command: COMMANDS.generateSprite }],
    );
  }
  const items = itemsOf(lines, new LastChoice(services.context.workspaceState));
  return drawItems(services, items, given.folder, given.text === undefined, given.open);
}
