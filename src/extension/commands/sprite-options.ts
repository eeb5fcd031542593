import type * as vscode from 'vscode';
import type { ProjectFile } from '../../project/project-file/schema.ts';
import type { Model } from '../../protocol/models.ts';
import { choiceText, shortName } from '../generate/last-choice.ts';
import { proposedName, SEPARATORS } from '../generate/request.ts';
import { folderText } from '../generate/output-folder.ts';
import { lorasIn, projectText } from '../project/project-text.ts';
import { presetItem } from './project-options.ts';
import { t } from '../l10n.ts';
import { sizeText } from '../prompts/size.ts';
import { askNumber } from './ask-number.ts';
import type { Draft, OptionItem } from './draft.ts';
import { askText, BACK, pickMany, pickOne } from './pick.ts';
import { pickSize, sizeProblem } from './pick-size.ts';
import type { Stock } from './stock.ts';

function modelItems(models: readonly Model[]) {
  return models.map(model => ({
    label: shortName(model.name),
    name: model.name,
    description: [
      model.family === 'unknown' ? '' : model.family,
      model.placeholder ? t('placeholder art') : '',
    ]
      .filter(word => word !== '')
      .join(', '),
    ...(model.problem != null && { detail: `$(warning) ${model.problem}` }),
  }));
}

async function pickCheckpoint(draft: Draft, stock: Stock): Promise<Draft> {
  const { choice } = draft;
  const picked = await pickOne(
    [
      { label: t('Chosen by project or workflow'), name: null, description: '' },
      ...modelItems(stock.models.checkpoints),
    ],
    {
      title: t('Checkpoint'),
      placeholder: t('Model to draw with'),
      back: true,
      active: ({ name }) => name === choice.checkpoint,
    },
  );
  if (picked === null || picked === BACK) return draft;
  return { ...draft, choice: { ...choice, checkpoint: picked.name } };
}

async function pickLoras(draft: Draft, stock: Stock): Promise<Draft> {
  const { choice } = draft;
  const picked = await pickMany(
    modelItems(stock.models.loras).map(item => ({
      ...item,
      picked: choice.loras.some(({ name }) => name === item.name),
    })),
    {
      title: t('LoRAs'),
      placeholder: t('None, one or several'),
    },
  );
  if (picked === null) return draft;
  const loras = [];
  for (const { name, label } of picked) {
    const before = choice.loras.find(lora => lora.name === name)?.strength ?? 1;
    const text = await askText({
      title: t('Strength of {0}', label),
      prompt: t('1 is its full effect'),
      value: String(before),
      problem: typed =>
        /^-?\d+(\.\d+)?$/.test(typed.trim()) && Math.abs(Number(typed)) <= 10
          ? null
          : t('A number from -10 to 10.'),
    });
    if (text === null) return draft;
    loras.push({ name, strength: Number(text) });
  }
  return { ...draft, choice: { ...choice, loras } };
}

async function pickWorkflow(draft: Draft, stock: Stock): Promise<Draft> {
  const { choice } = draft;
  const picked = await pickOne(
    [
      { label: t('Chosen by project or worker'), name: null, description: '', detail: '' },
      ...stock.workflows.map(({ name, title, description, family, problem }) => ({
        label: title,
        name,
        description: family === 'unknown' ? name : `${name}, ${family}`,
        detail: problem === null ? description : `$(warning) ${problem}`,
      })),
    ],
    {
      title: t('Workflow'),
      placeholder: t('Graph that the engine executes'),
      back: true,
      active: ({ name }) => name === choice.workflow,
      matchOnDescription: true,
    },
  );
  if (picked === null || picked === BACK) return draft;
  return { ...draft, choice: { ...choice, workflow: picked.name } };
}

function optionItems(draft: Draft, stock: Stock, project: ProjectFile | null): OptionItem[] {
  const { choice, name, folder, prompt } = draft;
  const game = projectText(project, choice.preset);
  const lorasText = lorasIn(choice.loras);
  const presets = Object.keys(project?.presets ?? {});
  return [
    ...(presets.length === 0 ? [] : [presetItem(choice, project)]),
    {
      label: `$(symbol-ruler) ${t('Size')}`,
      description: sizeText(choice.size),
      change: async each => ({ ...each, choice: await pickSize(each.choice, stock) }),
    },
    {
      label: `$(layers) ${t('Number')}`,
      description: String(choice.count),
      change: async each => {
        const count = await askNumber(
          t('Number'),
          t('Each is drawn with another seed'),
          String(choice.count),
          { least: 1, most: 100, empty: false },
        );
        return count == null ? each : { ...each, choice: { ...choice, count } };
      },
    },
    {
      label: `$(database) ${t('Checkpoint')}`,
      description:
        choice.checkpoint === null
          ? (game.checkpoint ?? t('chosen by the workflow'))
          : shortName(choice.checkpoint),
      change: each => pickCheckpoint(each, stock),
    },
    {
      label: `$(extensions) ${t('LoRAs')}`,
      description: lorasText === '' ? (game.loras ?? t('none')) : lorasText,
      change: each => pickLoras(each, stock),
    },
    {
      label: `$(git-merge) ${t('Workflow')}`,
      description: choice.workflow ?? game.workflow ?? t('chosen by the worker'),
      change: each => pickWorkflow(each, stock),
    },
    {
      label: `$(symbol-number) ${t('Seed')}`,
      description: choice.seed === null ? t('random') : String(choice.seed),
      change: async each => {
        const seed = await askNumber(
          t('Seed'),
          t('Empty: another one each time'),
          choice.seed === null ? '' : String(choice.seed),
          { least: 0, most: Number.MAX_SAFE_INTEGER, empty: true },
        );
        return seed === undefined ? each : { ...each, choice: { ...choice, seed } };
      },
    },
    {
      label: `$(file-media) ${t('File name')}`,
      description: `${folderText(folder)}/${name}.png`,
      change: async each => {
        const text = await askText({
          title: t('File name'),
          prompt: t('Without ending; a name that is taken gets a number'),
          value: name,
          problem: typed =>
            !SEPARATORS.test(typed) ? null : t('A file name cannot contain / \\ : * ? " < > |.'),
        });
        return text === null ? each : { ...each, name: proposedName(prompt, text) };
      },
    },
  ];
}

/**
 * Shows what is chosen and lets each of it be changed; Enter draws.
 * @returns null when it was left, BACK for another prompt
 */
export async function reviewDraft(
  first: Draft,
  stock: Stock,
  project: ProjectFile | null,
): Promise<Draft | typeof BACK | null> {
  let draft = first;
  for (;;) {
    const problem = sizeProblem(draft.choice, stock);
    const draw = {
      label: `$(play) ${t('Generate')}`,
      description: choiceText(draft.choice),
      ...(problem !== null && { detail: `$(warning) ${problem}` }),
      change: null,
    };
    const picked = await pickOne<vscode.QuickPickItem & { change: OptionItem['change'] | null }>(
      [draw, ...optionItems(draft, stock, project)],
      {
        title: draft.prompt.replace(/\s+/g, ' ').slice(0, 80),
        placeholder: t('Enter generates; choose a line to change it'),
        step: 2,
        totalSteps: 2,
        back: true,
      },
    );
    if (picked === null || picked === BACK) return picked;
    if (picked.change === null) {
      if (problem === null) return draft;
      draft = { ...draft, choice: await pickSize(draft.choice, stock) };
    } else draft = (await picked.change(draft)) ?? draft;
  }
}
