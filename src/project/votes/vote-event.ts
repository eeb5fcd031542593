import * as z from 'zod';
import { compareModeSchema, spriteCategorySchema } from '../../protocol/compare.ts';
import { digestSchema, uuidSchema } from '../../protocol/names.ts';
import { loraSchema, spriteSizeSchema } from '../../protocol/recipe.ts';

/** Version of the lines in `votes.jsonl`. Lines of a later one are kept and not counted. */
export const VOTES_VERSION = 1;

const modelHashSchema = digestSchema.nullable();

/** One model with its settings, as it was when the image was drawn. */
export const votedContenderSchema = z.object({
  /** Its identity, see `contenderDigest`. */
  digest: digestSchema,
  name: z.string().min(1).max(200),
  workflow: z.string(),
  /** SHA-256 of the workflow's graph. */
  graph: digestSchema,
  checkpoint: z.string(),
  checkpointSha256: modelHashSchema,
  /** null = the checkpoint's own. */
  vae: z.string().nullable(),
  vaeSha256: modelHashSchema,
  loras: z.array(loraSchema.extend({ sha256: modelHashSchema })),
  /** Steps, CFG and whatever else the contender sets when it draws in full. */
  settings: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Drawing time of this image in seconds; null when it came from the journal. */
  seconds: z.number().nullable(),
  /** Artifact that was shown. */
  image: digestSchema,
});
export type VotedContender = z.output<typeof votedContenderSchema>;

const common = {
  v: z.literal(VOTES_VERSION),
  /** UUIDv7: identity and order of the event. */
  id: uuidSchema,
  time: z.iso.datetime(),
  voter: z.string().min(1).max(200),
};

/** A person's answer to one set. */
export const voteSchema = z
  .object({
    ...common,
    kind: z.literal('vote'),
    /** The compare job and the set in it. */
    job: uuidSchema,
    set: z.int().min(0),
    /** Contenders in the order of their places on the screen. */
    contenders: z.array(votedContenderSchema).min(2).max(4),
    /** Digests named best: one for a pick, several for a tie, none for "none good". */
    best: z.array(digestSchema).max(4),
    /** Digest of the recipe without what contenders change. */
    recipe: digestSchema,
    prompt: z.string(),
    seed: z.int().min(0),
    category: spriteCategorySchema,
    size: spriteSizeSchema,
    mode: compareModeSchema,
    /** Milliseconds from the moment the set could be voted on. */
    durationMs: z.number().min(0),
    note: z.string().max(2000).default(''),
  })
  .refine(({ contenders }) => allDiffer(contenders.map(({ digest }) => digest)), {
    path: ['contenders'],
    error: 'the same contender is in it twice',
  })
  .refine(({ best }) => allDiffer(best), { path: ['best'], error: 'names a contender twice' })
  .refine(
    ({ best, contenders }) => best.every(one => contenders.some(({ digest }) => digest === one)),
    {
      path: ['best'],
      error: 'names a contender that was not shown',
    },
  );
export type Vote = z.output<typeof voteSchema>;

/** Takes a vote back. The line of the vote stays: the file is only ever appended to. */
export const undoSchema = z.object({ ...common, kind: z.literal('undo'), of: uuidSchema });
export type Undo = z.output<typeof undoSchema>;

/** A set that a person looked at and left. */
export const skipSchema = z.object({
  ...common,
  kind: z.literal('skip'),
  job: uuidSchema,
  set: z.int().min(0),
});
export type Skip = z.output<typeof skipSchema>;

export const voteEventSchema = z.discriminatedUnion('kind', [voteSchema, undoSchema, skipSchema]);
export type VoteEvent = z.output<typeof voteEventSchema>;

function allDiffer(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}
