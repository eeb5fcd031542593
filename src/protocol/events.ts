import * as z from 'zod';
import { jobStateSchema, laneSchema, runStageSchema, runStateSchema } from './jobs.ts';
import { digestSchema, uuidSchema } from './names.ts';

/*
 * An event is [topic, body] or, with a picture, [topic, body, image]. The topic is `<type>/<job id>`, or `<type>` alone for
 * what concerns no job. The body is a MessagePack map of at most LIMITS.eventBytes; what the topic says is not repeated.
 */

const journaled = { seq: z.int().min(1), at: z.number() };

/**
 * Events written to the journal with a sequence number that has no gaps. A client that sees one missing asks `events.since`.
 * Bodies as they travel, without type and job.
 */
export const JOURNALED_EVENTS = {
  'job.created': z.object({ ...journaled }),
  'job.state': z.object({ ...journaled, state: jobStateSchema, done: z.int(), total: z.int() }),
  'job.changed': z.object({ ...journaled }).describe('Order, pause or other attributes changed.'),
  'job.forgotten': z.object({ ...journaled }),
  'run.state': z.object({
    ...journaled,
    run: z.int(),
    attempt: z.int(),
    state: runStateSchema,
    /** Error code of a failed or lost run. */
    code: z.string().max(40).optional(),
  }),
  'run.image': z
    .object({ ...journaled, run: z.int(), index: z.int(), digest: digestSchema })
    .describe('A finished sprite of a run; its artifact can be fetched.'),
  'lane.state': z.object({ ...journaled, lane: laneSchema, paused: z.boolean() }),
  'engine.state': z.object({
    ...journaled,
    server: z.string().max(40),
    state: z.enum(['connecting', 'ready', 'unreachable', 'incompatible']),
  }),
  'models.changed': z.object({ ...journaled }),
} as const;

/** Events that may be lost or coalesced. */
export const LOSSY_EVENTS = {
  'run.progress': z.object({
    run: z.int(),
    stage: runStageSchema,
    value: z.number(),
    max: z.number(),
    /** Milliseconds until the run ends, from measured step times. */
    eta: z.number().optional(),
  }),
  'run.preview': z
    .object({ run: z.int(), mime: z.string().max(20), step: z.int() })
    .describe('A latent preview, attached as the third frame.'),
  'worker.alive': z
    .object({ seq: z.int(), now: z.number() })
    .describe('Once a second; shows a client that it missed the newest journaled event.'),
  ready: z
    .object({ seq: z.int(), instance: z.string().max(40) })
    .describe(
      'Sent once to `ready/<client id>` when that subscription arrives: from here on nothing is missed.',
    ),
} as const;

export type JournaledEventType = keyof typeof JOURNALED_EVENTS;
export type LossyEventType = keyof typeof LOSSY_EVENTS;
export type EventType = JournaledEventType | LossyEventType;

/** Event types whose topic ends in a job id. */
export const JOB_EVENTS: readonly EventType[] = [
  'job.created',
  'job.state',
  'job.changed',
  'job.forgotten',
  'run.state',
  'run.image',
  'run.progress',
  'run.preview',
];

/** Event types whose topic ends in a client id. */
export const CLIENT_EVENTS: readonly EventType[] = ['ready'];

type JournaledBody<T extends JournaledEventType> = z.output<(typeof JOURNALED_EVENTS)[T]>;
type LossyBody<T extends LossyEventType> = z.output<(typeof LOSSY_EVENTS)[T]>;

/** A journaled event as a client sees it: body, type, and the job it concerns. */
export type JournaledEvent = {
  [T in JournaledEventType]: { type: T; job: string | null } & JournaledBody<T>;
}[JournaledEventType];

/** A lossy event as a client sees it; previews carry their picture. */
export type LossyEvent = {
  [T in LossyEventType]: { type: T; job: string | null; image?: Uint8Array } & LossyBody<T>;
}[LossyEventType];

export type PixelsEvent = JournaledEvent | LossyEvent;

/** The form in which `events.since` lists journaled events. Types of a newer worker pass through unchecked. */
export const journaledEventSchema = z.looseObject({
  type: z.string().max(64),
  job: uuidSchema.nullable(),
  ...journaled,
});
