import { digestOfImage, recipeOfImage } from '../../../project/pixels/image-recipe.ts';
import { contenderNames } from '../../../project/compare/contenders.ts';
import { t } from '../../l10n.ts';
import type { CellAddress, CellDetails } from '../messages/compare.ts';
import type { RecipeRow } from '../messages/result-editor.ts';
import { recipeSheet } from '../result/recipe-rows.ts';
import { imageOf, secondsOf } from './cell-run.ts';
import { newsText } from './contender-models.ts';
import { type CompareView, openCellAt } from './session-parts.ts';

function secondsText(seconds: number): string {
  return t('{0} s', seconds < 10 ? Number(seconds.toFixed(1)) : Math.round(seconds));
}

/**
 * Everything that is known of a cell of an open set.
 * @throws Problem `blind`; what the worker answers
 */
export async function detailsOf(view: CompareView, address: CellAddress): Promise<CellDetails> {
  const { contender, run } = openCellAt(view, address);
  if (run === undefined) return { rows: [], warnings: [] };
  const client = view.client();
  const image = imageOf(run);
  const engine = image === null ? null : await view.models.stampOf(client, run);
  const news = await view.models.newsOf(client, run).catch(() => null);
  const seconds = secondsOf(run);
  const name = contenderNames(view.spec.contenders)[contender] ?? '';
  const own: RecipeRow[] = [
    { id: 'contender', label: t('Contender'), value: name, long: false },
    ...(seconds === null
      ? []
      : [{ id: 'time', label: t('Drawing time'), value: secondsText(seconds), long: false }]),
  ];
  const { rows } = recipeSheet({
    recipe: image === null ? run.recipe : recipeOfImage(run, image),
    recipeDigest: image === null ? run.recipeDigest : digestOfImage(run, image),
    engine,
    placeholder: image?.placeholder ?? false,
  });
  return {
    rows: [...own, ...rows],
    warnings: [
      ...(news === null ? [] : [newsText(news)]),
      ...run.warnings,
      ...(image?.warnings ?? []),
    ],
  };
}
