import { decode, encode } from '@msgpack/msgpack';
import { encodeRequest } from '../../../src/protocol/envelope.ts';
import { type MethodName, METHODS } from '../../../src/protocol/methods.ts';
import { METHOD_SAMPLES } from './samples.ts';

/** Random numbers from a seed (mulberry32), so that a finding can be had again. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A valid request of every sample of every method, as frames. */
export function validMessages(): { method: MethodName; frames: Uint8Array[] }[] {
  const messages: { method: MethodName; frames: Uint8Array[] }[] = [];
  let id = 0;
  for (const method of Object.keys(METHODS) as MethodName[]) {
    for (const params of METHOD_SAMPLES[method].params) {
      const body = encodeRequest(++id, method, params);
      messages.push({
        method,
        frames: method === 'artifacts.put' ? [body, new Uint8Array([1, 2, 3])] : [body],
      });
    }
  }
  return messages;
}

const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  513,
  1e308,
  NaN,
  Infinity,
  2 ** 53,
  '',
  '../../etc/passwd',
  'x'.repeat(10_001),
  '\0',
  '32x0',
  [],
  {},
  [[]],
  new Uint8Array([255]),
  { toString: 1 },
  ['__proto__'],
  new Date(0),
];
const HUGE_HEADERS: readonly (readonly number[])[] = [
  [0xdd, 0xff, 0xff, 0xff, 0xff],
  [0xdf, 0x00, 0x01, 0x86, 0xa0],
  [0xdd, 0x00, 0x01, 0x86, 0xa0],
  [0xc6, 0x7f, 0xff, 0xff, 0xff],
  [0xdb, 0xff, 0xff, 0xff, 0xff],
  [0xdc, 0xff, 0xff],
  [0xc9, 0xff, 0xff, 0xff, 0xff, 1],
];

/** Changes one place of a decoded message to a value of another kind, or removes, doubles or renames it. */
function swapSomewhere(value: unknown, random: () => number): unknown {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) {
    return typeof value === 'number' && random() < 0.5
      ? value * pick([-1, 0.5, 1e9, NaN])
      : pick(ODD_VALUES);
  }
  if (random() < 0.15) return pick(ODD_VALUES);
  if (Array.isArray(value)) {
    const copy: unknown[] = [...(value as unknown[])];
    if (copy.length === 0 || random() < 0.1) return [...copy, pick(ODD_VALUES)];
    const place = Math.floor(random() * copy.length);
    if (random() < 0.1) copy.splice(place, 1);
    else copy[place] = swapSomewhere(copy[place], random);
    return copy;
  }
  const entries = Object.entries(value as Record<string, unknown>);
  if (entries.length === 0 || random() < 0.1) {
    return { ...value, [pick(['extra', 'constructor', 'a.b', ''])]: pick(ODD_VALUES) };
  }
  const place = Math.floor(random() * entries.length);
  const [key, child] = entries[place]!;
  if (random() < 0.15) entries.splice(place, 1);
  else if (random() < 0.1) entries[place] = [`${key}x`, child];
  else entries[place] = [key, swapSomewhere(child, random)];
  return Object.fromEntries(entries);
}

/** One mutation of a valid message. */
export function mutate(
  frames: readonly Uint8Array[],
  other: readonly Uint8Array[],
  random: () => number,
): Uint8Array[] {
  const below = (limit: number): number => Math.floor(random() * limit);
  const body = Uint8Array.from(frames[0]!);
  const rest = frames.slice(1);
  const kind = random();
  if (kind < 0.25) {
    for (let flips = 1 + below(4); flips > 0; flips--) body[below(body.length)]! ^= 1 << below(8);
    return [body, ...rest];
  }
  if (kind < 0.35) return [body.subarray(0, below(body.length)), ...rest];
  if (kind < 0.45) {
    const donor = other[0]!;
    const at = below(body.length);
    const from = below(donor.length);
    return [Uint8Array.from([...body.subarray(0, at), ...donor.subarray(from)]), ...rest];
  }
  if (kind < 0.8) return [encode(swapSomewhere(decode(body), random)), ...rest];
  if (kind < 0.9) {
    const header = HUGE_HEADERS[below(HUGE_HEADERS.length)]!;
    const at = below(body.length);
    return [Uint8Array.from([...body.subarray(0, at), ...header, ...body.subarray(at)]), ...rest];
  }
  if (kind < 0.95) {
    const extra = Array.from({ length: below(5) }, () => new Uint8Array(below(64)));
    return random() < 0.1 ? extra : [body, ...extra];
  }
  return [Uint8Array.from({ length: below(200) }, () => below(256))];
}
