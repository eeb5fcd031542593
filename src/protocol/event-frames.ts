import { decodeBody, encodeBody } from './codec.ts';
import { PixelsError } from './errors.ts';
import {
  CLIENT_EVENTS,
  type EventType,
  JOB_EVENTS,
  JOURNALED_EVENTS,
  type JournaledEvent,
  type JournaledEventType,
  LOSSY_EVENTS,
  type LossyEventType,
  type PixelsEvent,
} from './events.ts';
import { LIMITS } from './limits.ts';

const text = new TextEncoder();
const fromText = new TextDecoder();

/** Topic of an event: `<type>/<job or client id>`, or `<type>` alone. A subscriber may subscribe to any prefix of it. */
export function topicOf(type: EventType, subject: string | null): string {
  return subject === null ? type : `${type}/${subject}`;
}

/** True for a type this version knows as journaled. */
export function isJournaledType(type: string): type is JournaledEventType {
  return Object.hasOwn(JOURNALED_EVENTS, type);
}

function isLossyType(type: string): type is LossyEventType {
  return Object.hasOwn(LOSSY_EVENTS, type);
}

/**
 * Frames of an event: [topic, body] or [topic, body, image].
 * @param subject job id, or the client id for `ready`; null for the rest
 * @param body the event's fields without type and job
 * @throws PixelsError `too-large` when topic or body exceed LIMITS.eventBytes
 */
export function encodeEvent(
  type: EventType,
  subject: string | null,
  body: object,
  image?: Uint8Array,
): Uint8Array[] {
  const topic = text.encode(topicOf(type, subject));
  const bytes = encodeBody(body);
  if (topic.byteLength > LIMITS.eventBytes || bytes.byteLength > LIMITS.eventBytes) {
    throw new PixelsError('too-large', `The event ${type} exceeds ${LIMITS.eventBytes} bytes.`, {
      bytes: bytes.byteLength,
    });
  }
  return image === undefined ? [topic, bytes] : [topic, bytes, image];
}

/**
 * Reads the frames of an event. Null for a type that this version does not know: newer workers may send some.
 * @throws PixelsError `malformed-message` for a known type with a broken body
 */
export function decodeEvent(frames: readonly Uint8Array[]): PixelsEvent | null {
  const [topicFrame, bodyFrame, image] = frames;
  if (topicFrame === undefined || bodyFrame === undefined) {
    throw new PixelsError('malformed-message', 'An event has a topic and a body.');
  }
  const topic = fromText.decode(topicFrame);
  const slash = topic.indexOf('/');
  const type = slash < 0 ? topic : topic.slice(0, slash);
  const subject = slash < 0 ? null : topic.slice(slash + 1);
  const schema = isJournaledType(type)
    ? JOURNALED_EVENTS[type]
    : isLossyType(type)
      ? LOSSY_EVENTS[type]
      : null;
  if (schema === null) return null;
  const parsed = schema.safeParse(decodeBody(bodyFrame));
  if (!parsed.success) {
    throw new PixelsError('malformed-message', `The event ${type} has a broken body.`);
  }
  const event = { type, job: subject, ...parsed.data, ...(image === undefined ? {} : { image }) };
  return event as PixelsEvent;
}

/** Reads an event as `events.since` lists it. Null for a type that this version does not know. */
export function parseListedEvent(listed: {
  type: string;
  job: string | null;
  [field: string]: unknown;
}): JournaledEvent | null {
  if (!isJournaledType(listed.type)) return null;
  const parsed = JOURNALED_EVENTS[listed.type].safeParse(listed);
  return parsed.success
    ? ({ type: listed.type, job: listed.job, ...parsed.data } as JournaledEvent)
    : null;
}

/** True when events of this type belong to a job. */
export function concernsJob(type: EventType): boolean {
  return JOB_EVENTS.includes(type) && !CLIENT_EVENTS.includes(type);
}
