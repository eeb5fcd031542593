import type { EngineStamp, Lane, RunStage } from '../../protocol/jobs.ts';
import type { Graph } from '../../project/workflows/graph.ts';
import type { RunKey } from '../store/run-table.ts';
import type { RunRecord } from '../store/rows.ts';

/** A run that an engine holds or may hold. */
export interface TrackedRun {
  readonly key: RunKey;
  readonly promptId: string;
  readonly lane: Lane;
  record: RunRecord;
  /** The graph as posted; null for a run taken over from an earlier process until it is needed. */
  graph: Graph | null;
  /** Socket that its events go to; null when they go to one that is gone. */
  clientId: string | null;
  /** What it was handed to; null for a run taken over from an earlier process. Another version may answer by the time it is done. */
  engine: EngineStamp | null;
  /** Some event of it has come. */
  heard: boolean;
  /** `uncertain` until the engine has been asked about it. */
  phase: 'posting' | 'parked' | 'executing' | 'uncertain' | 'ended';
  /** When the engine first said that it does not know the run. */
  unknownSince: number | null;
  lastHeardAt: number;
  /** What the engine reported before the end, if it was an error. */
  failure: { exceptionType: string; message: string; nodeType: string } | null;
  interrupted: boolean;
  times: {
    started: number | null;
    firstStep: number | null;
    lastStep: number | null;
    steps: number;
  };
  lastPreviewAt: number;
  /** Pictures that are fetched already while the engine still says goodbye, by file name. */
  early: Map<string, Promise<Buffer | null>>;
  /** Why it is to be taken back as soon as the engine has confirmed it. */
  withdrawWish: string | null;
  /** Settles when the engine has answered the post, and wishes that came meanwhile are done. */
  handedOver: Promise<unknown>;
}

/** A fresh record of a run that is being handed to an engine. */
export function trackRun(record: RunRecord, lane: Lane, phase: TrackedRun['phase']): TrackedRun {
  const { run } = record;
  return {
    key: { job: run.job, index: run.index, attempt: run.attempt },
    promptId: run.promptId,
    lane,
    record,
    graph: null,
    clientId: null,
    engine: null,
    heard: false,
    phase,
    unknownSince: null,
    lastHeardAt: Date.now(),
    failure: null,
    interrupted: false,
    times: { started: null, firstStep: null, lastStep: null, steps: 0 },
    lastPreviewAt: 0,
    early: new Map(),
    withdrawWish: null,
    handedOver: Promise.resolve(),
  };
}

/** What a node's class means for a person who waits. */
export function stageOfClass(classType: string): RunStage {
  if (/sampler/i.test(classType) && !classType.includes('ModelSampling')) return 'sampling';
  if (/Loader|ModelSampling|Lora/i.test(classType)) return 'loading';
  if (/TextEncode|VAEEncode|LoadImage|ImageScale/i.test(classType)) return 'encoding';
  if (/VAEDecode/i.test(classType)) return 'decoding';
  if (/^(Save|Preview)/i.test(classType)) return 'saving';
  return 'encoding';
}
