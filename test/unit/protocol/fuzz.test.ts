import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { decodeReply } from '../../../src/protocol/envelope.ts';
import { ERROR_CODES } from '../../../src/protocol/errors.ts';
import { type MethodName, METHODS } from '../../../src/protocol/methods.ts';
import { makeDispatcher } from '../../../src/worker/server/dispatch.ts';
import { Attached, type Handlers } from '../../../src/worker/server/handlers.ts';
import { mutate, randomFrom, validMessages } from './mutations.ts';
import { METHOD_SAMPLES } from './samples.ts';

const INPUTS = 120_000;
const codes: readonly string[] = ERROR_CODES;

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

describe('the dispatcher under fuzzed requests', () => {
  it(
    'answers each of 120,000 mutated messages with a valid reply and lets no invalid parameters through',
    { timeout: 180_000 },
    async () => {
      const faults: unknown[] = [];
      const invalid: string[] = [];
      const reached = new Map<string, number>();
      const handlers = Object.fromEntries(
        (Object.keys(METHODS) as MethodName[]).map(method => [
          method,
          (params: unknown, { attachments }: { attachments: readonly Uint8Array[] }) => {
            reached.set(method, (reached.get(method) ?? 0) + 1);
            const valid = METHODS[method].params.safeParse(params).success;
            if (!valid || attachments.length > 0 !== (method === 'artifacts.put')) {
              invalid.push(`${method} ${JSON.stringify(params)}`);
            }
            const { result } = METHOD_SAMPLES[method];
            if (method === 'artifacts.get') return new Attached(result, new Uint8Array(8));
            return method.startsWith('jobs.') ? Promise.resolve(result) : result;
          },
        ]),
      ) as unknown as Handlers;
      const log = {
        info: () => undefined,
        warn: () => undefined,
        error: (fields: object) => faults.push(fields),
      };
      const dispatch = makeDispatcher({ handlers, log });
      const identity = Buffer.from([0, 1, 2, 3, 4]);
      const random = randomFrom(20_251_103);
      const valid = validMessages();
      const pick = () => valid[Math.floor(random() * valid.length)]!;
      const outcomes = new Map<string, number>();

      const feed = async (frames: readonly Uint8Array[]): Promise<void> => {
        const answered = dispatch(frames, identity);
        const answer = answered instanceof Promise ? await answered : answered;
        const reply = decodeReply(answer[0]!);
        const outcome = reply.ok ? 'ok' : reply.error.code;
        if (outcome !== 'ok' && !codes.includes(outcome)) throw new Error(`code ${outcome}`);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      };

      for (const { frames } of valid) await feed(frames);
      expect([...outcomes.keys()]).toEqual(['ok']);
      expect([...reached.keys()].sort()).toEqual(Object.keys(METHODS).sort());

      const step = async (): Promise<void> => {
        await feed(mutate(pick().frames, pick().frames, random));
      };
      for (let n = 0; n < INPUTS / 4; n++) await step();
      collectGarbage();
      const before = process.memoryUsage();
      for (let n = INPUTS / 4; n < INPUTS; n++) await step();
      collectGarbage();
      const after = process.memoryUsage();

      expect(invalid).toEqual([]);
      expect(faults).toEqual([]);
      for (const code of [
        'malformed-message',
        'invalid-params',
        'unknown-method',
        'too-large',
        'protocol-mismatch',
        'ok',
      ]) {
        expect(outcomes.get(code) ?? 0, code).toBeGreaterThan(100);
      }
      const growth = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
      expect(growth).toBeLessThan(8 * 1024 * 1024);
    },
  );
});
