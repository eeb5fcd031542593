import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { FEATURES } from './features.ts';
import { isRecord } from './graph.ts';

const LEGACY_PREVIEW = 1;
const PREVIEW_WITH_METADATA = 4;
const PNG_FORMAT = 2;

/** Bytes that may wait for a slow client before it gets no more previews. */
const MAX_WAITING = 4 * 1024 * 1024;

/** A preview and whose it is. */
export interface PreviewMessage {
  png: Uint8Array;
  nodeId: string;
  promptId: string;
}

/**
 * The open WebSockets by client id, with ComfyUI's habit that a closing socket removes whatever
 * stands under its id: after a reconnect with the same id the newer socket goes silent when the
 * older one closes.
 */
export class Sockets {
  readonly #sockets = new Map<string, WebSocket>();
  readonly #withMetadata = new Set<string>();

  /**
   * Takes over an accepted socket.
   * @param greet - told the socket's id once it is registered, to send what a new client gets
   */
  accept(socket: WebSocket, clientId: string, greet: (sid: string) => void): void {
    const sid = clientId === '' ? randomUUID().replaceAll('-', '') : clientId;
    this.#sockets.set(sid, socket);
    this.#withMetadata.delete(sid);
    socket.on('close', () => {
      this.#sockets.delete(sid);
      this.#withMetadata.delete(sid);
    });
    socket.on('error', () => {
      socket.terminate();
    });
    let first = true;
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) return;
      const message = parse(data.toString('utf8'));
      if (message === undefined) return;
      if (first && message['type'] === 'feature_flags') this.#negotiate(sid, message['data']);
      first = false;
    });
    greet(sid);
  }

  /** Sends a JSON message to one client, or to all when `sid` is null. */
  send(type: string, data: unknown, sid: string | null): void {
    this.#write(JSON.stringify({ type, data }), sid);
  }

  /** Whether a client asked for previews with metadata. */
  wantsMetadata(sid: string | null): boolean {
    return sid !== null && this.#withMetadata.has(sid);
  }

  /** A preview in the form that names its node, for clients that negotiated it. */
  sendPreview({ png, nodeId, promptId }: PreviewMessage, sid: string): void {
    const metadata = Buffer.from(
      JSON.stringify({
        node_id: nodeId,
        prompt_id: promptId,
        display_node_id: nodeId,
        parent_node_id: null,
        real_node_id: nodeId,
        image_type: 'image/png',
      }),
    );
    this.#write(
      Buffer.concat([words(PREVIEW_WITH_METADATA, metadata.byteLength), metadata, png]),
      sid,
    );
  }

  /** A preview in the old form, which says nothing about whose it is. */
  sendLegacyPreview(png: Uint8Array, sid: string | null): void {
    this.#write(Buffer.concat([words(LEGACY_PREVIEW, PNG_FORMAT), png]), sid);
  }

  #negotiate(sid: string, flags: unknown): void {
    if (isRecord(flags) && flags['supports_preview_metadata'] === true) {
      this.#withMetadata.add(sid);
    }
    this.send('feature_flags', FEATURES, sid);
  }

  #write(message: string | Buffer, sid: string | null): void {
    const one = sid === null ? undefined : this.#sockets.get(sid);
    const receivers = sid === null ? this.#sockets.values() : one === undefined ? [] : [one];
    for (const socket of receivers) {
      const late = typeof message !== 'string' && socket.bufferedAmount > MAX_WAITING;
      if (!late) socket.send(message);
    }
  }
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => bytes.writeUInt32BE(value, i * 4));
  return bytes;
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
