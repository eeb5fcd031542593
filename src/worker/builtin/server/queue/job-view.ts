import { isRecord } from '../graph.ts';
import type { HistoryEntry } from './history.ts';
import type { QueueItem } from './prompt-queue.ts';

export const JOB_STATES = ['pending', 'in_progress', 'completed', 'failed', 'cancelled'] as const;

export type JobState = (typeof JOB_STATES)[number];

/** A job of `/api/jobs`; keys without a value are left out. */
export interface JobView {
  id: string;
  status: JobState;
  priority: number;
  create_time?: number;
  execution_start_time?: number;
  execution_end_time?: number;
  workflow_id?: string;
  [other: string]: unknown;
}

/** A waiting or running prompt. */
export function queuedJob(
  item: QueueItem,
  status: 'pending' | 'in_progress',
  withWorkflow: boolean,
): JobView {
  const [priority, id, prompt, extraData] = item;
  return prune({
    id,
    status,
    priority,
    create_time: extraData['create_time'],
    outputs_count: 0,
    previewable_outputs_count: 0,
    workflow_id: workflowId(extraData),
    workflow: withWorkflow ? { prompt, extra_data: extraData } : undefined,
  });
}

/** A finished prompt. */
export function finishedJob(entry: HistoryEntry, withOutputs: boolean): JobView {
  const [priority, id, prompt, extraData] = entry.prompt;
  const data = (wanted: string) => entry.status.messages.find(([event]) => event === wanted)?.[1];
  const error = data('execution_error');
  const interrupted = data('execution_interrupted');
  const files = outputFiles(entry.outputs);
  const view = prune({
    id,
    status: stateOf(entry, interrupted !== undefined),
    priority,
    create_time: extraData['create_time'],
    execution_start_time: data('execution_start')?.['timestamp'],
    execution_end_time: (data('execution_success') ?? error ?? interrupted)?.['timestamp'],
    execution_error: error,
    outputs_count: files.length,
    previewable_outputs_count: files.length,
    preview_output: files.find(file => file['type'] === 'output') ?? files[0],
    workflow_id: workflowId(extraData),
  });
  if (!withOutputs) return view;
  return {
    ...view,
    outputs: entry.outputs,
    execution_status: entry.status,
    workflow: { prompt, extra_data: extraData },
  };
}

function stateOf(entry: HistoryEntry, interrupted: boolean): JobState {
  if (entry.status.status_str === 'success') return 'completed';
  return interrupted ? 'cancelled' : 'failed';
}

function outputFiles(outputs: Record<string, unknown>): Record<string, unknown>[] {
  return Object.entries(outputs).flatMap(([nodeId, output]) =>
    Object.entries(isRecord(output) ? output : {}).flatMap(([mediaType, items]) =>
      (Array.isArray(items) ? items : [])
        .filter(isRecord)
        .map(item => ({ ...item, nodeId, mediaType })),
    ),
  );
}

function workflowId(extraData: Record<string, unknown>): unknown {
  const info = extraData['extra_pnginfo'];
  const workflow = isRecord(info) ? info['workflow'] : undefined;
  return isRecord(workflow) ? workflow['id'] : undefined;
}

function prune(view: Record<string, unknown>): JobView {
  const kept = Object.entries(view).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(kept) as JobView;
}
