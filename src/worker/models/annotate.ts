import type { Inventory, Model, ModelFamily } from '../../protocol/models.ts';
import { familyOf } from './family/architecture.ts';
import type { ModelFacts, ModelKind } from './facts.ts';
import type { KnownModel } from './known-models.ts';

/** What is known of a model on a server. */
export type KnownOn = (server: string, kind: ModelKind, name: string) => KnownModel | null;

function agreed<T>(values: readonly (T | null)[]): T | null {
  const [first] = values;
  return first !== undefined && values.every(value => value === first) ? first : null;
}

/** The header decides; where it leaves a choice (SD 1.5's and SDXL's VAEs are alike) the name may. */
function familyFrom(facts: ModelFacts, byName: ModelFamily): ModelFamily {
  const { architectures } = facts;
  if (architectures === null) return byName === 'builtin' ? 'unknown' : byName;
  const family = familyOf(architectures);
  if (family !== 'unknown') return family;
  return architectures.some(one => familyOf([one]) === byName) ? byName : 'unknown';
}

function problemOf(known: readonly KnownModel[]): string | null {
  for (const { knowledge } of known) {
    const { facts, scan } = knowledge;
    if (facts?.problem != null) return `The file is of no use: ${facts.problem.what}.`;
    if (scan !== null && scan.nonFinite.count > 0) {
      return `${scan.nonFinite.count} of ${scan.tensors} tensors hold infinite values or NaN.`;
    }
  }
  const hashes = new Set(known.flatMap(({ knowledge }) => knowledge.scan?.sha256 ?? []));
  return hashes.size > 1 ? 'The servers have different files under this name.' : null;
}

function annotated(model: Model, kind: ModelKind, knownOn: KnownOn): Model {
  const everywhere = model.servers.map(server => knownOn(server, kind, model.name));
  const known = everywhere.filter(one => one !== null);
  if (known.length === 0) return model;
  const facts = known.flatMap(({ knowledge }) => knowledge.facts ?? []);
  const [first] = facts;
  const families = facts.map(one => familyFrom(one, model.family));
  const family = first === undefined ? model.family : (agreed(families) ?? 'unknown');
  return {
    ...model,
    family,
    placeholder: family === 'builtin',
    bytes: known.find(({ bytes }) => bytes !== null)?.bytes ?? null,
    sha256: agreed(everywhere.map(one => one?.knowledge.scan?.sha256 ?? null)),
    triggerWords: first?.triggerWords ?? [],
    license: first?.license ?? null,
    problem: problemOf(known),
  };
}

/** Fills in what files tell: family, size, SHA-256 where every server has the same file, trigger words, licence and problems. */
export function annotate(inventory: Inventory, knownOn: KnownOn): Inventory {
  const each = (models: readonly Model[], kind: ModelKind): Model[] =>
    models.map(model => annotated(model, kind, knownOn));
  return {
    ...inventory,
    checkpoints: each(inventory.checkpoints, 'checkpoint'),
    loras: each(inventory.loras, 'lora'),
    vaes: each(inventory.vaes, 'vae'),
  };
}
