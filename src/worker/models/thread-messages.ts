import type { ModelFacts, ModelKind } from './facts.ts';
import type { ScanResult } from './safetensors/scan.ts';
import type { FileProblem } from './safetensors/problem.ts';

/** What the hash thread is asked: the facts of a header, or a file read whole. */
export type ThreadTask =
  | { id: number; task: 'facts'; path: string; kind: ModelKind }
  | { id: number; task: 'scan'; path: string };

export type ThreadAnswer =
  | { id: number; facts: ModelFacts }
  | { id: number; scan: ScanResult }
  | { id: number; problem: FileProblem };
