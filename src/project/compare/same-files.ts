import type { CompareSpec, Contender } from '../../protocol/compare.ts';
import type { Inventory, Model } from '../../protocol/models.ts';
import { firstEqual } from './check.ts';
import { settingsKey } from './contenders.ts';

function stem(name: string): string {
  return name.replace(/^.*[/\\]/, '').replace(/\.[^.]+$/, '');
}

/** The hash of a model that a person names in short or in full; the name itself where no hash is known. */
function fileOf(models: readonly Model[], name: string): string {
  const model =
    models.find(each => each.name === name) ?? models.find(each => stem(each.name) === name);
  return model?.sha256 ?? model?.name ?? name;
}

/**
 * The first two contenders that name the same files in different words: copies of one model, or its short and its long name.
 * @returns null when all differ
 */
export function sameFiles(
  spec: Pick<CompareSpec, 'base' | 'contenders'>,
  { checkpoints, loras, vaes }: Pick<Inventory, 'checkpoints' | 'loras' | 'vaes'>,
): [first: number, second: number] | null {
  const plain = <T extends Pick<Contender, 'checkpoint' | 'vae' | 'loras'>>(asked: T): T => ({
    ...asked,
    ...(asked.checkpoint !== undefined && { checkpoint: fileOf(checkpoints, asked.checkpoint) }),
    ...(asked.vae !== undefined && { vae: fileOf(vaes, asked.vae) }),
    ...(asked.loras !== undefined && {
      loras: asked.loras.map(lora => ({ ...lora, name: fileOf(loras, lora.name) })),
    }),
  });
  const base = plain(spec.base);
  return firstEqual(spec.contenders.map(contender => settingsKey({ base }, plain(contender))));
}
