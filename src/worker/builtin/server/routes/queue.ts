import { isRecord } from '../graph.ts';
import { type Answer, empty, json, serverError } from '../http/answer.ts';
import { parseJson } from '../http/body.ts';
import type { Route, RouteRequest } from '../http/router.ts';
import { toBool, toInt } from '../run/python.ts';
import type { RouteParts } from './parts.ts';

/** `/queue`, `/interrupt`, `/free` and `/history`. */
export function queueRoutes(parts: RouteParts): Route[] {
  const { queue, history, interruption, free } = parts;
  return [
    [
      'GET',
      '/queue',
      () =>
        json({
          queue_running: queue.running === undefined ? [] : [queue.running],
          queue_pending: queue.pending,
        }),
    ],
    [
      'POST',
      '/queue',
      request =>
        clearOrDelete(request, {
          clear: () => queue.clear(),
          delete: id => void queue.delete(id),
        }),
    ],
    [
      'POST',
      '/interrupt',
      request => {
        const id = interruptTarget(request);
        if (id === undefined || queue.running?.[1] === id) interruption.raise();
        return empty();
      },
    ],
    [
      'POST',
      '/free',
      request => {
        const body = parseJson(request.body);
        if (!isRecord(body)) return serverError();
        free.unload ||= toBool(body['unload_models']) || toBool(body['free_memory']);
        free.cache ||= toBool(body['free_memory']);
        parts.wake();
        return empty();
      },
    ],
    [
      'GET',
      '/history',
      ({ query }) => {
        const number = (name: string) => {
          const value = query.get(name);
          return value === null ? undefined : toInt(value);
        };
        const offset = number('offset');
        return json(
          history.page(
            number('max_items'),
            offset === undefined || offset < 0 ? undefined : offset,
          ),
        );
      },
    ],
    [
      'GET',
      '/history/:id',
      ({ params }) => {
        const id = params['id'] ?? '';
        const entry = history.get(id);
        return json(entry === undefined ? {} : { [id]: entry });
      },
    ],
    [
      'POST',
      '/history',
      request =>
        clearOrDelete(request, {
          clear: () => history.clear(),
          delete: id => {
            if (typeof id === 'string') history.delete(id);
          },
        }),
    ],
  ];
}

function clearOrDelete(
  request: RouteRequest,
  act: { clear: () => void; delete: (id: unknown) => void },
): Answer {
  const body = parseJson(request.body);
  if (!isRecord(body)) return Array.isArray(body) ? empty() : serverError();
  if (toBool(body['clear'])) act.clear();
  const ids = body['delete'];
  if (ids !== undefined && !Array.isArray(ids)) return serverError();
  for (const id of (ids ?? []) as unknown[]) act.delete(id);
  return empty();
}

/** The prompt that an interrupt names; undefined, as for a body that is not JSON, means any. */
function interruptTarget(request: RouteRequest): unknown {
  try {
    const body = parseJson(request.body);
    const id = isRecord(body) ? body['prompt_id'] : undefined;
    return toBool(id) ? id : undefined;
  } catch {
    return undefined;
  }
}
