import { randomUUID } from 'node:crypto';
import { isRecord } from '../graph.ts';
import { type Answer, json, serverError } from '../http/answer.ts';
import { parseJson } from '../http/body.ts';
import type { Route, RouteRequest } from '../http/router.ts';
import { checkGraph } from '../run/check-graph.ts';
import { toBool, toFloat } from '../run/python.ts';
import type { RouteParts } from './parts.ts';

const SECRETS = ['auth_token_comfy_org', 'api_key_comfy_org'];

/** A UUID in its canonical form: lowercase with hyphens. */
export function isJobId(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(value)
  );
}

/** `GET` and `POST /prompt`. */
export function promptRoutes(parts: RouteParts): Route[] {
  let counter = 0;
  const numberOf = (body: Record<string, unknown>): number => {
    if ('number' in body) return toFloat(body['number']);
    const number = toBool(body['front']) ? -counter : counter;
    counter += 1;
    return number;
  };

  const post = (request: RouteRequest): Answer => {
    const body = parseJson(request.body);
    if (!isRecord(body)) return Array.isArray(body) ? noPrompt() : serverError();
    const number = numberOf(body);
    if (!('prompt' in body)) return noPrompt();
    const promptId = body['prompt_id'] ?? randomUUID();
    if (!isJobId(promptId)) return badId();
    const targets = body['partial_execution_targets'];
    const verdict = checkGraph(
      body['prompt'],
      Array.isArray(targets) ? (targets as unknown[]) : undefined,
      parts.classes,
      parts.catalog,
    );
    if (!verdict.ok) return json({ error: verdict.error, node_errors: verdict.nodeErrors }, 400);
    const extraData = extraDataOf(body, request.headers['comfy-usage-source']);
    parts.queue.put([number, promptId, verdict.graph, extraData, verdict.outputs]);
    parts.wake();
    return json({ prompt_id: promptId, number, node_errors: verdict.nodeErrors });
  };

  return [
    ['GET', '/prompt', () => json({ exec_info: { queue_remaining: parts.queue.remaining } })],
    ['POST', '/prompt', post],
  ];
}

function extraDataOf(
  body: Record<string, unknown>,
  usageSource: string | string[] | undefined,
): Record<string, unknown> {
  const sent = isRecord(body['extra_data']) ? body['extra_data'] : {};
  const kept = Object.entries(sent).filter(([key]) => !SECRETS.includes(key));
  return {
    ...Object.fromEntries(kept),
    ...('client_id' in body && { client_id: body['client_id'] }),
    ...(usageSource !== undefined &&
      !('comfy_usage_source' in sent) && { comfy_usage_source: usageSource }),
    create_time: Date.now(),
  };
}

function noPrompt(): Answer {
  return refuse('no_prompt', 'No prompt provided', 'No prompt provided');
}

function badId(): Answer {
  return refuse(
    'invalid_prompt_id',
    'prompt_id must be a valid UUID',
    'prompt_id must be a UUID string in canonical lowercase hyphenated form; omit it to let the server generate one',
  );
}

function refuse(type: string, message: string, details: string): Answer {
  return json({ error: { type, message, details, extra_info: {} }, node_errors: {} }, 400);
}
