import type { ArtImage } from '../../art/types.ts';
import { encodePreview } from '../images/preview.ts';
import type { StatusMessage } from '../queue/history.ts';
import type { Sockets } from '../sockets.ts';
import { ProgressBoard } from './progress.ts';

/** What is known of a failed node. */
export interface FaultReport {
  message: string;
  type: string;
  inputs: Record<string, unknown>;
  nodes: readonly string[];
}

/**
 * Sends the messages of one prompt. Without a client id, progress and old-style previews go to
 * every socket and the rest to none, but for an interruption, which goes to all.
 */
export class PromptReporter {
  /** What the history keeps of the run. */
  readonly messages: StatusMessage[] = [];
  readonly #sockets: Sockets;
  readonly #promptId: string;
  readonly #client: string | null;
  readonly #board: ProgressBoard;

  constructor(sockets: Sockets, promptId: string, client: string | null) {
    this.#sockets = sockets;
    this.#promptId = promptId;
    this.#client = client;
    this.#board = new ProgressBoard(promptId);
  }

  started(): void {
    this.#keep('execution_start', {});
  }

  cached(nodes: string[]): void {
    this.#keep('execution_cached', { nodes });
  }

  succeeded(): void {
    this.#keep('execution_success', {});
  }

  nodeStarted(id: string): void {
    this.#board.start(id);
    this.#sendBoard();
    this.#toClient('executing', { node: id, display_node: id, prompt_id: this.#promptId });
  }

  nodeFinished(id: string): void {
    this.#board.finish(id);
    this.#sendBoard();
  }

  executed(id: string, output: unknown): void {
    const data = { node: id, display_node: id, output, prompt_id: this.#promptId };
    this.#toClient('executed', data);
  }

  progress(id: string, value: number, max: number, preview: ArtImage | undefined): void {
    this.#board.update(id, value, max);
    this.#sendBoard();
    const png = preview === undefined ? undefined : encodePreview(preview);
    const modern = this.#sockets.wantsMetadata(this.#client);
    if (png !== undefined && modern && this.#client !== null) {
      this.#sockets.sendPreview({ png, nodeId: id, promptId: this.#promptId }, this.#client);
    }
    const data = { value, max, prompt_id: this.#promptId, node: id };
    this.#sockets.send('progress', data, this.#client);
    if (png !== undefined && !modern) this.#sockets.sendLegacyPreview(png, this.#client);
  }

  interrupted(id: string, nodeType: string, executed: readonly string[]): void {
    const data = { node_id: id, node_type: nodeType, executed };
    this.#keep('execution_interrupted', data, true);
  }

  failed(id: string, nodeType: string, executed: readonly string[], fault: FaultReport): void {
    this.#keep('execution_error', {
      node_id: id,
      node_type: nodeType,
      executed,
      exception_message: fault.message,
      exception_type: fault.type,
      traceback: [`built-in engine, node ${id} (${nodeType})\n`],
      current_inputs: fault.inputs,
      current_outputs: fault.nodes,
    });
  }

  #keep(event: string, own: Record<string, unknown>, toAll = false): void {
    const timestamp = Date.now();
    const data =
      event === 'execution_cached'
        ? { ...own, prompt_id: this.#promptId, timestamp }
        : { prompt_id: this.#promptId, ...own, timestamp };
    this.messages.push([event, data]);
    if (this.#client !== null || toAll) this.#sockets.send(event, data, this.#client);
  }

  #toClient(type: string, data: unknown): void {
    if (this.#client !== null) this.#sockets.send(type, data, this.#client);
  }

  #sendBoard(): void {
    this.#sockets.send('progress_state', this.#board.snapshot(), this.#client);
  }
}
