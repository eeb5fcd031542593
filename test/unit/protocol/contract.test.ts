import { describe, expect, it } from 'vitest';
import {
  decodeReply,
  decodeRequest,
  encodeErrorReply,
  encodeReply,
  encodeRequest,
} from '../../../src/protocol/envelope.ts';
import { ERROR_CODES, PixelsError } from '../../../src/protocol/errors.ts';
import { decodeEvent, encodeEvent } from '../../../src/protocol/event-frames.ts';
import type { EventType } from '../../../src/protocol/events.ts';
import { LIMITS } from '../../../src/protocol/limits.ts';
import { type MethodName, METHODS } from '../../../src/protocol/methods.ts';
import { checkStructure } from '../../../src/protocol/structure.ts';
import { LARGEST_EVENTS, METHOD_SAMPLES } from './samples.ts';

const methods = Object.keys(METHODS) as MethodName[];
const eventTypes = Object.keys(LARGEST_EVENTS) as EventType[];

describe('every request', () => {
  it.each(methods)('%s arrives as it was sent', method => {
    for (const params of METHOD_SAMPLES[method].params) {
      const bytes = encodeRequest(7, method, params);
      expect(() => checkStructure(bytes)).not.toThrow();
      const request = decodeRequest(bytes);
      expect(request).toEqual({ protocol: 1, id: 7, method, params });
      expect(METHODS[method].params.parse(request.params)).toEqual(
        METHODS[method].params.parse(params),
      );
    }
  });
});

describe('every result', () => {
  it.each(methods)('of %s arrives as it was sent', method => {
    const { result } = METHOD_SAMPLES[method];
    const bytes = encodeReply(9, result);
    expect(() => checkStructure(bytes)).not.toThrow();
    const reply = decodeReply(bytes);
    expect(reply).toMatchObject({ id: 9, ok: true });
    if (!reply.ok) throw new Error('unreachable');
    expect(METHODS[method].result.parse(reply.result)).toEqual(result);
  });
});

describe('every error', () => {
  it.each(ERROR_CODES)('%s arrives with its message and data', code => {
    const error = new PixelsError(code, `What ${code} means.`, { near: ['a'], limit: 3 });
    const reply = decodeReply(encodeErrorReply(3, error.toWire()));
    if (reply.ok) throw new Error('an error became a result');
    const arrived = PixelsError.fromWire(reply.error);
    expect(arrived).toMatchObject({ code, message: error.message, data: error.data });
  });

  it('keeps the code of a newer peer in its data', () => {
    const arrived = PixelsError.fromWire({ code: 'of-the-future', message: 'm' });
    expect(arrived).toMatchObject({ code: 'internal', data: { code: 'of-the-future' } });
  });
});

describe('every event', () => {
  it.each(eventTypes)('%s arrives whole and fits into a frame that is copied inline', type => {
    const { subject, body } = LARGEST_EVENTS[type];
    const frames = encodeEvent(type, subject, body);
    for (const frame of frames) expect(frame.byteLength).toBeLessThanOrEqual(LIMITS.eventBytes);
    expect(decodeEvent(frames)).toEqual({ type, job: subject, ...body });
  });

  it('carries a picture as its third frame', () => {
    const { subject, body } = LARGEST_EVENTS['run.preview'];
    const image = new Uint8Array([1, 2, 3]);
    const event = decodeEvent(encodeEvent('run.preview', subject, body, image));
    expect(event).toMatchObject({ type: 'run.preview', image });
  });

  it('of a type that is not known yet is passed over', () => {
    const frames = [new TextEncoder().encode('of.the.future/x'), new Uint8Array([0x80])];
    expect(decodeEvent(frames)).toBeNull();
  });
});
