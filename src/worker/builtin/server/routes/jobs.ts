import { isRecord } from '../graph.ts';
import { type Answer, json } from '../http/answer.ts';
import { BodyNotJson, parseJson } from '../http/body.ts';
import type { Route, RouteRequest } from '../http/router.ts';
import { finishedJob, JOB_STATES, type JobView, queuedJob } from '../queue/job-view.ts';
import type { RouteParts } from './parts.ts';
import { isJobId } from './prompt.ts';

/** `/api/jobs`: one view over queue and history. */
export function jobRoutes(parts: RouteParts): Route[] {
  const { queue, history, interruption } = parts;

  const cancel = (id: unknown): boolean => {
    if (queue.running?.[1] === id) {
      interruption.raise();
      return true;
    }
    return queue.delete(id);
  };

  const list = ({ query }: RouteRequest): Answer => {
    const wanted = readListQuery(query);
    if (typeof wanted === 'string') return json({ error: wanted }, 400);
    const running = queue.running === undefined ? [] : [queue.running];
    const all = [
      ...running.map(item => queuedJob(item, 'in_progress', false)),
      ...queue.pending.map(item => queuedJob(item, 'pending', false)),
      ...[...history.entries()].map(([, entry]) => finishedJob(entry, false)),
    ].filter(job => wanted.states.includes(job.status));
    const chosen = all
      .filter(job => wanted.workflowId === null || job.workflow_id === wanted.workflowId)
      .sort((a, b) => wanted.direction * (wanted.key(a) - wanted.key(b)));
    const { offset, limit } = wanted;
    const jobs = chosen.slice(offset, limit === null ? undefined : offset + limit);
    const hasMore = offset + jobs.length < chosen.length;
    const pagination = { offset, limit, total: chosen.length, has_more: hasMore };
    return json({ jobs, pagination });
  };

  const show = ({ params }: RouteRequest): Answer => {
    const id = params['id'] ?? '';
    const done = history.get(id);
    if (done !== undefined) return json(finishedJob(done, true));
    const running = queue.running;
    if (running?.[1] === id) return json(queuedJob(running, 'in_progress', true));
    const waiting = queue.pending.find(item => item[1] === id);
    if (waiting !== undefined) return json(queuedJob(waiting, 'pending', true));
    return json({ error: 'Job not found' }, 404);
  };

  const cancelMany = (request: RouteRequest): Answer => {
    const ids = readIds(request);
    if (!Array.isArray(ids)) return json({ error: ids }, 400);
    const invalid = ids.filter(id => !isJobId(id));
    if (invalid.length > 0) {
      const shown = invalid.map(id => (typeof id === 'string' ? id : JSON.stringify(id)));
      return json({ error: 'job_ids contains invalid id(s)', invalid_ids: shown }, 400);
    }
    return json({ cancelled: ids.map(cancel).includes(true) });
  };

  return [
    ['GET', '/api/jobs', list],
    ['GET', '/api/jobs/:id', show],
    ['POST', '/api/jobs/cancel', cancelMany],
    ['POST', '/api/jobs/:id/cancel', ({ params }) => json({ cancelled: cancel(params['id']) })],
  ];
}

interface ListQuery {
  states: readonly string[];
  workflowId: string | null;
  key: (job: JobView) => number;
  direction: 1 | -1;
  offset: number;
  limit: number | null;
}

/** The query of a list, or what is wrong with it. */
function readListQuery(query: URLSearchParams): ListQuery | string {
  const states = (query.get('status') ?? '')
    .split(',')
    .map(state => state.trim().toLowerCase())
    .filter(state => state !== '');
  const unknown = states.filter(state => !(JOB_STATES as readonly string[]).includes(state));
  if (unknown.length > 0) {
    return `Invalid status value(s): ${unknown.join(', ')}. Valid values: ${JOB_STATES.join(', ')}`;
  }
  const sortBy = (query.get('sort_by') ?? 'created_at').toLowerCase();
  if (sortBy !== 'created_at' && sortBy !== 'execution_duration') {
    return "sort_by must be 'created_at' or 'execution_duration'";
  }
  const order = (query.get('sort_order') ?? 'desc').toLowerCase();
  if (order !== 'asc' && order !== 'desc') return "sort_order must be 'asc' or 'desc'";
  const limit = query.get('limit');
  if (limit !== null && !/^[+-]?\d+$/.test(limit)) return 'limit must be an integer';
  if (limit !== null && Number(limit) <= 0) return 'limit must be a positive integer';
  const offset = query.get('offset') ?? '0';
  if (!/^[+-]?\d+$/.test(offset)) return 'offset must be an integer';
  return {
    states: states.length === 0 ? JOB_STATES : states,
    workflowId: query.get('workflow_id'),
    key: sortBy === 'created_at' ? job => job.create_time ?? 0 : duration,
    direction: order === 'asc' ? 1 : -1,
    offset: Math.max(0, Number(offset)),
    limit: limit === null ? null : Number(limit),
  };
}

function duration(job: JobView): number {
  const { execution_start_time: start, execution_end_time: end } = job;
  return start === undefined || end === undefined ? 0 : end - start;
}

function readIds(request: RouteRequest): unknown[] | string {
  try {
    const body = parseJson(request.body);
    const ids = isRecord(body) ? body['job_ids'] : undefined;
    return Array.isArray(ids) ? ids : 'job_ids must be a list';
  } catch (error) {
    if (error instanceof BodyNotJson) return 'Request body must be valid JSON';
    throw error;
  }
}
