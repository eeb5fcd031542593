import type { WorkerClient } from '../../client/worker-client.ts';
import type { Transport, WorkerTarget } from './state.ts';

/** What became of a worker that no longer answers. */
export type Fate =
  /** It ended as it was told to, or because nothing was left to do. */
  { kind: 'ended'; note: string } | { kind: 'died'; reason: string; detail: string | null };

/** A worker that answered. */
export interface Connected {
  client: WorkerClient;
  transport: Transport;
  /** What became of it; null while it may come back at the same address. */
  fate: () => Promise<Fate | null>;
}

export interface ConnectRequest {
  /** Whether a local worker may be started where none runs. */
  mayStart: boolean;
  /** Told what is being done when it is more than connecting. */
  onStep: (step: string) => void;
  signal: AbortSignal;
}

/** A way to a worker: the local one, or a paired one. */
export interface Connector {
  readonly target: WorkerTarget;
  /** The same for two ways that lead to the same worker in the same manner. */
  readonly id: string;
  /**
   * @returns null when there is none and none may be started
   * @throws PixelsError, ZeromqLoadError or LinkError that says why not
   */
  connect(request: ConnectRequest): Promise<Connected | null>;
  /** Resolves when a worker turned up that somebody else started; never for a remote one. */
  appeared(signal: AbortSignal): Promise<void>;
}
