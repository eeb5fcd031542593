import { decodeBody } from '../protocol/codec.ts';
import { decodeEvent, isJournaledType } from '../protocol/event-frames.ts';
import { JOURNALED_EVENTS, LOSSY_EVENTS, type PixelsEvent } from '../protocol/events.ts';

type Schema =
  | (typeof JOURNALED_EVENTS)[keyof typeof JOURNALED_EVENTS]
  | (typeof LOSSY_EVENTS)[keyof typeof LOSSY_EVENTS];

interface Topic {
  type: PixelsEvent['type'];
  job: string | null;
  schema: Schema;
}

/** Topics remembered; a running job has a handful. */
const REMEMBERED = 500;

/** Reads events as `decodeEvent` does, but takes a topic apart only once: progress comes many times for one job. */
export class EventReader {
  readonly #topics = new Map<string, Topic>();

  /** @throws PixelsError `malformed-message` for a known type with a broken body */
  read(frames: readonly Buffer[]): PixelsEvent | null {
    const [topicFrame, bodyFrame, image] = frames;
    const topic =
      topicFrame === undefined ? undefined : this.#topics.get(topicFrame.toString('latin1'));
    if (topic === undefined || bodyFrame === undefined) return this.#readNew(frames);
    const parsed = topic.schema.safeParse(decodeBody(bodyFrame));
    // Words the complaint.
    if (!parsed.success) return decodeEvent(frames);
    // What was parsed is a fresh object of ours; copying it would cost more than reading it did.
    const event = parsed.data as unknown as Record<string, unknown>;
    event['type'] = topic.type;
    event['job'] = topic.job;
    if (image !== undefined) event['image'] = image;
    return event as unknown as PixelsEvent;
  }

  #readNew(frames: readonly Buffer[]): PixelsEvent | null {
    const event = decodeEvent(frames);
    if (event === null) return null;
    if (this.#topics.size >= REMEMBERED) this.#topics.clear();
    const schema = isJournaledType(event.type)
      ? JOURNALED_EVENTS[event.type]
      : LOSSY_EVENTS[event.type];
    const key = frames[0]?.toString('latin1') ?? '';
    this.#topics.set(key, { type: event.type, job: event.job, schema });
    return event;
  }
}
