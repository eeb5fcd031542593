import * as vscode from 'vscode';
import { contenderNames, settingsKey } from '../../project/compare/contenders.ts';
import type { ProjectFile } from '../../project/project-file/schema.ts';
import type { Contender } from '../../protocol/compare.ts';
import type { Model } from '../../protocol/models.ts';
import { askText, pickMany, pickOne } from '../commands/pick.ts';
import type { Stock } from '../commands/stock.ts';
import { shortName } from '../generate/last-choice.ts';
import { t } from '../l10n.ts';
import { countProblem, projectContenders } from './contender-choices.ts';
import { parseStrengths, withStrengths } from './lora-strengths.ts';

interface ContenderItem extends vscode.QuickPickItem {
  contender?: Contender;
  /** Asks for a checkpoint and strengths. */
  lora?: string;
}

const keyOf = (contender: Contender) => settingsKey({ base: {} }, contender);

function separator(label: string): ContenderItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function group(label: string, items: readonly ContenderItem[]): ContenderItem[] {
  return items.length === 0 ? [] : [separator(label), ...items];
}

function describe({ name: _, ...settings }: Contender): string {
  const [words = ''] = contenderNames([settings]);
  return words;
}

function modelDetail({ problem }: Model): Pick<ContenderItem, 'detail'> {
  return problem == null ? {} : { detail: `$(warning) ${problem}` };
}

/** Everything that can be compared; what was chosen before is marked. */
function itemsFor(
  chosen: readonly Contender[],
  file: ProjectFile,
  { models }: Stock,
): ContenderItem[] {
  const { contenders, presets } = projectContenders(file);
  const named = (each: Contender): ContenderItem => ({
    label: each.name ?? '',
    description: describe(each),
    contender: each,
  });
  const checkpoints = models.checkpoints.map((model): ContenderItem => ({
    label: shortName(model.name),
    description: model.placeholder ? t('placeholder art') : '',
    ...modelDetail(model),
    contender: { checkpoint: model.name },
  }));
  const offered = [...contenders.map(named), ...presets.map(named), ...checkpoints];
  const known = new Set(offered.map(({ contender = {} }) => contender.name ?? keyOf(contender)));
  const others = chosen.filter(each => !known.has(each.name ?? keyOf(each)));
  const [otherNames, own] = [contenderNames(others), others];
  const all = [
    ...group(
      t('Last time'),
      own.map((contender, place) => ({ label: otherNames[place] ?? '', contender })),
    ),
    ...group(t('Contenders of the project'), contenders.map(named)),
    ...group(t('Presets of the project'), presets.map(named)),
    ...group(t('Checkpoints'), checkpoints),
    ...group(
      t('LoRAs: asks for the checkpoint and the strengths'),
      models.loras.map(model => ({
        label: `$(layers) ${shortName(model.name)}`,
        ...modelDetail(model),
        lora: model.name,
      })),
    ),
  ];
  const marked = new Set(chosen.map(each => each.name ?? keyOf(each)));
  return all.map(item =>
    item.contender === undefined
      ? item
      : { ...item, picked: marked.has(item.contender.name ?? keyOf(item.contender)) },
  );
}

async function askLora(lora: string, { models }: Stock): Promise<Contender[] | null> {
  const label = shortName(lora);
  const checkpoint = await pickOne(
    [
      { label: t('Chosen by the workflow'), name: null, description: '' },
      ...models.checkpoints.map(({ name, placeholder }) => ({
        label: shortName(name),
        name,
        description: placeholder ? t('placeholder art') : '',
      })),
    ],
    { title: t('{0} on which checkpoint', label), placeholder: t('Model to draw with') },
  );
  if (checkpoint === null) return null;
  const text = await askText({
    title: t('Strengths of {0}', label),
    prompt: t(
      'One or several, with commas between; each is a contender, 0 is the checkpoint without it',
    ),
    value: '0, 1',
    problem: typed =>
      parseStrengths(typed) === null ? t('Numbers from -10 to 10, such as 0, 0.6, 1.') : null,
  });
  const strengths = text === null ? null : parseStrengths(text);
  return strengths === null ? null : withStrengths(checkpoint.name, lora, strengths);
}

/**
 * Asks who is compared: two to four.
 * @param chosen marked at first
 * @returns null when it was left
 */
export async function pickContenders(
  chosen: readonly Contender[],
  file: ProjectFile,
  stock: Stock,
): Promise<Contender[] | null> {
  let marked = chosen;
  for (let note: string | null = null; ;) {
    const picked: ContenderItem[] | null = await pickMany(itemsFor(marked, file, stock), {
      title: t('Compare Models'),
      placeholder: note ?? t('Two to four contenders: models, presets, LoRAs'),
      matchOnDescription: true,
    });
    if (picked === null) return null;
    const contenders: Contender[] = [];
    for (const { contender, lora } of picked) {
      if (contender !== undefined) contenders.push(contender);
      if (lora === undefined) continue;
      const made = await askLora(lora, stock);
      if (made === null) return null;
      contenders.push(...made);
    }
    const seen = new Set<string>();
    const distinct = contenders.filter(each => {
      const key = `${each.name ?? ''} ${keyOf(each)}`;
      return !seen.has(key) && seen.add(key);
    });
    note = countProblem(distinct.length);
    if (note === null) return distinct;
    marked = distinct;
  }
}
