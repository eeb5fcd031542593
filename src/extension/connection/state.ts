import type { ServerStatus } from '../../protocol/system.ts';
import type { CommandId } from '../ids.ts';

/** What mends a fault: a command with the words for its button. */
export interface Advice {
  title: string;
  command: CommandId | `workbench.${string}` | `vscode.${string}`;
  arguments?: readonly unknown[];
}

/** How the worker is reached. */
export type Transport = 'ipc' | 'tcp' | 'curve';

/** Which worker is meant. */
export interface WorkerTarget {
  kind: 'local' | 'remote';
  /** `local`, or the host of the connection string. */
  host: string;
}

/** What is known of a worker that answers. */
export interface WorkerInfo {
  target: WorkerTarget;
  transport: Transport;
  version: string;
  protocol: number;
  instance: string;
  pid: number;
}

/** Where the extension stands with its worker. */
export type LinkState =
  /** Nobody asked for a worker yet, or it ended as it was told to. */
  | { kind: 'off'; note: string | null }
  /** A local worker's process is being started, or an older one replaced. */
  | { kind: 'starting'; target: WorkerTarget; step: string }
  | { kind: 'connecting'; target: WorkerTarget }
  | {
      kind: 'ready';
      worker: WorkerInfo;
      /** Engines behind it; empty until it has told. */
      servers: readonly ServerStatus[];
      /** Standing trouble that a person should know of. */
      notices: readonly string[];
    }
  | {
      kind: 'disconnected';
      target: WorkerTarget;
      /** One sentence: what happened. */
      reason: string;
      /** Last lines of the worker's log, where it died. */
      detail: string | null;
      advice: readonly Advice[];
      /** True while it is tried again without anybody's doing. */
      retrying: boolean;
    };

/** A worker could not be had. */
export class LinkError extends Error {
  readonly code: string;
  readonly advice: readonly Advice[];
  readonly detail: string | null;

  /**
   * @param code of the PixelsError behind it, `zeromq-load`, or `not-paired`
   * @param message one sentence for a person
   * @param detail lines for the log
   */
  constructor(
    code: string,
    message: string,
    advice: readonly Advice[],
    detail: string | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'LinkError';
    this.code = code;
    this.advice = advice;
    this.detail = detail;
  }
}
