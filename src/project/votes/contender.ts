import type { Recipe } from '../../protocol/recipe.ts';
import { canonicalJson } from '../canonical-json.ts';
import { digestOfValue } from '../digest.ts';
import type { VotedContender } from './vote-event.ts';

/** What makes a contender the one it is; its name, its images and their times do not. */
export type ContenderIdentity = Omit<VotedContender, 'digest' | 'name' | 'seconds' | 'image'>;

/**
 * Who drew an image, from its recipe.
 * @param recipe as the image was, or will be, drawn in full: a draft's few steps make no other contender
 * @param sha256Of hash of a model file by its name; null when it is not known
 * @param negative the negative prompt where the contender brings its own; what all share is no part of it
 */
export function contenderIdentity(
  recipe: Recipe,
  sha256Of: (model: string) => string | null,
  negative: string | null = null,
): ContenderIdentity {
  const { workflow, graph, checkpoint, vae, loras, steps, cfg, sampler, scheduler } = recipe;
  return {
    workflow,
    graph,
    checkpoint,
    checkpointSha256: sha256Of(checkpoint),
    vae,
    vaeSha256: vae === null ? null : sha256Of(vae),
    loras: loras.map(({ name, strength, clipStrength = strength }) => ({
      name,
      strength,
      clipStrength,
      sha256: sha256Of(name),
    })),
    settings: { steps, cfg, sampler, scheduler, ...(negative !== null && { negative }) },
  };
}

/**
 * Identity of a contender as SHA-256 of its canonical JSON. A workflow counts by its graph, not by its name, and a model
 * by its hash, so that renaming a file makes no new contender; without a hash its name stands for it.
 */
export function contenderDigest(contender: ContenderIdentity): string {
  return digestOfValue({ contender: 1, ...essence(contender) });
}

/** A part in which two contenders differ, each side in words. */
export interface ContenderDifference {
  part: string;
  first: string;
  second: string;
}

/** Words for what has no name of its own. */
export interface DifferenceWords {
  /** The VAE that the checkpoint brings along. */
  ownVae: string;
  /** No LoRA. */
  none: string;
  /** A setting that the contender leaves to others. */
  notSet: string;
  hashNotKnown: string;
}

const ENGLISH: DifferenceWords = {
  ownVae: "the checkpoint's own",
  none: 'none',
  notSet: 'not set',
  hashNotKnown: 'hash not known',
};

/** What tells two contenders apart; nothing for two that draw the same. */
export function contenderDifferences(
  first: ContenderIdentity,
  second: ContenderIdentity,
  say: DifferenceWords = ENGLISH,
): ContenderDifference[] {
  const differences: ContenderDifference[] = [];
  const sides = [essence(first), essence(second)] as const;
  const compare = (part: string, values: readonly unknown[], words: [string, string]): void => {
    if (canonicalJson(values[0]) === canonicalJson(values[1])) return;
    const [one, other] = words;
    // The same words for other bytes: only the hash tells them apart.
    differences.push(
      one === other
        ? {
            part,
            first: withHash(one, values[0], say),
            second: withHash(other, values[1], say),
          }
        : { part, first: one, second: other },
    );
  };
  compare('workflow', [sides[0].graph, sides[1].graph], [first.workflow, second.workflow]);
  compare(
    'checkpoint',
    [sides[0].checkpoint, sides[1].checkpoint],
    [first.checkpoint, second.checkpoint],
  );
  compare('VAE', [sides[0].vae, sides[1].vae], [first.vae ?? say.ownVae, second.vae ?? say.ownVae]);
  compare(
    'LoRAs',
    [sides[0].loras, sides[1].loras],
    [loraNames(first, say), loraNames(second, say)],
  );
  const names = new Set([...Object.keys(first.settings), ...Object.keys(second.settings)]);
  for (const name of [...names].sort()) {
    const values = [first.settings[name], second.settings[name]].map(value => value ?? null);
    compare(name, values, [String(values[0] ?? say.notSet), String(values[1] ?? say.notSet)]);
  }
  return differences;
}

function essence({
  graph,
  checkpoint,
  checkpointSha256,
  vae,
  vaeSha256,
  loras,
  settings,
}: ContenderIdentity) {
  return {
    graph,
    checkpoint: model(checkpoint, checkpointSha256),
    vae: vae === null ? null : model(vae, vaeSha256),
    loras: loras.map(({ name, sha256, strength, clipStrength = strength }) => ({
      model: model(name, sha256),
      strength,
      clipStrength,
    })),
    settings,
  };
}

function model(name: string, sha256: string | null): { name: string } | { sha256: string } {
  return sha256 === null ? { name } : { sha256 };
}

function loraNames({ loras }: ContenderIdentity, say: DifferenceWords): string {
  if (loras.length === 0) return say.none;
  return loras
    .map(({ name, strength, clipStrength = strength }) =>
      clipStrength === strength ? `${name}:${strength}` : `${name}:${strength}:${clipStrength}`,
    )
    .join(' + ');
}

/** The hashes in a value, shortened, after its words. */
function withHash(words: string, value: unknown, say: DifferenceWords): string {
  const hashes = [...canonicalJson(value).matchAll(/[0-9a-f]{64}/g)].map(([hash]) =>
    hash.slice(0, 8),
  );
  return `${words} (${hashes.length === 0 ? say.hashNotKnown : hashes.join(', ')})`;
}
