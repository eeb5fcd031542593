import type { Contender, CompareSpec } from '../../protocol/compare.ts';
import type { Lora } from '../../protocol/recipe.ts';
import { canonicalJson } from '../canonical-json.ts';

function stem(file: string): string {
  return file.replace(/^.*[/\\]/, '').replace(/\.[^.]+$/, '');
}

function loraName({ name, strength }: Lora): string {
  return strength === 1 ? stem(name) : `${stem(name)} ${strength}`;
}

/** What a contender changes, in words: `arcade`, `arcade + pixel-art 0.8`, `CFG 4`. */
function describe(contender: Contender): string {
  const { checkpoint, loras, vae, workflow, steps, cfg, sampler, scheduler, negative } = contender;
  const parts = [
    ...(checkpoint === undefined ? [] : [stem(checkpoint)]),
    ...(loras === undefined ? [] : loras.length === 0 ? ['no LoRA'] : loras.map(loraName)),
    ...(vae === undefined ? [] : [stem(vae)]),
    ...(workflow === undefined ? [] : [workflow]),
    ...(steps === undefined ? [] : [`${steps} steps`]),
    ...(cfg === undefined ? [] : [`CFG ${cfg}`]),
    ...[sampler, scheduler].filter(part => part !== undefined),
    ...(negative === undefined ? [] : ['own negative prompt']),
  ];
  return parts.length === 0 ? 'base' : parts.join(' + ');
}

/** A name for each contender: its own, else what it changes; equal made ones are numbered. */
export function contenderNames(contenders: readonly Contender[]): string[] {
  const taken = new Set(contenders.map(({ name }) => name).filter(name => name !== undefined));
  return contenders.map(contender => {
    if (contender.name !== undefined) return contender.name;
    const made = describe(contender);
    let name = made;
    for (let number = 2; taken.has(name); number++) name = `${made} (${number})`;
    taken.add(name);
    return name;
  });
}

/** A contender as people are told of it: its number and its name. */
export function contenderLabel(contenders: readonly Contender[], place: number): string {
  return `${place + 1} ("${contenderNames(contenders)[place] ?? ''}")`;
}

/** Everything that a contender may change, its own before the base's; equal for contenders that draw the same. */
export function effectiveSettings(
  { base }: Pick<CompareSpec, 'base'>,
  contender: Contender,
): Omit<Contender, 'name'> {
  const { workflow, checkpoint, vae, loras, steps, cfg, sampler, scheduler, negative } = base;
  const shared = { workflow, checkpoint, vae, loras, steps, cfg, sampler, scheduler, negative };
  const { name: _, ...own } = contender;
  const all = Object.entries({ ...shared, ...own }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(all);
}

/** Text that is equal for contenders that ask for the same. A LoRA of no strength changes nothing: engines leave it out. */
export function settingsKey(spec: Pick<CompareSpec, 'base'>, contender: Contender): string {
  const { loras = [], ...rest } = effectiveSettings(spec, contender);
  return canonicalJson({
    ...rest,
    loras: loras
      .map(({ name, strength, clipStrength = strength }) => ({ name, strength, clipStrength }))
      .filter(({ strength, clipStrength }) => strength !== 0 || clipStrength !== 0),
  });
}
