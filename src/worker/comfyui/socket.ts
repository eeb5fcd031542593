import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import { type ComfyMessage, parseBinaryFrame, parseTextFrame } from './frames.ts';
import type { ComfyAddress } from './http.ts';

export interface ComfySocket {
  /** Id of this connection; prompts posted with it report here. */
  readonly clientId: string;
  close(): void;
}

const PING_MS = 15_000;

/**
 * Opens the event socket of a ComfyUI. Each connection has an id of its own: a second socket with a known id silently loses its
 * messages when the first one is cleaned up.
 * @param onClose called once, after an opened socket has ended
 * @throws Error when it cannot be opened
 */
export function openComfySocket(
  address: ComfyAddress,
  onMessage: (message: ComfyMessage) => void,
  onClose: (why: string) => void,
): Promise<ComfySocket> {
  const clientId = randomUUID();
  const base = address.url.replace(/^http/, 'ws').replace(/\/+$/, '');
  const { caFile, rejectUnauthorized } = address.tls;
  const socket = new WebSocket(`${base}/ws?clientId=${clientId}`, {
    headers: address.headers,
    handshakeTimeout: 10_000,
    maxPayload: 64 * 1024 * 1024,
    perMessageDeflate: false,
    ...(caFile === undefined ? {} : { ca: readFileSync(caFile, 'utf8') }),
    ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }),
  });
  return new Promise((resolve, reject) => {
    let opened = false;
    let answered = true;
    const heartbeat = setInterval(() => {
      if (!answered) {
        socket.terminate();
        return;
      }
      answered = false;
      if (socket.readyState === WebSocket.OPEN) socket.ping();
    }, PING_MS);
    heartbeat.unref();
    socket.on('pong', () => {
      answered = true;
    });
    socket.on('open', () => {
      opened = true;
      socket.send(
        JSON.stringify({ type: 'feature_flags', data: { supports_preview_metadata: true } }),
      );
      resolve({ clientId, close: () => socket.terminate() });
    });
    socket.on('message', (data, isBinary) => {
      answered = true;
      const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
      onMessage(isBinary ? parseBinaryFrame(bytes) : parseTextFrame(bytes.toString('utf8')));
    });
    socket.on('error', error => {
      if (!opened) reject(error);
    });
    socket.on('close', (code, reason) => {
      clearInterval(heartbeat);
      if (opened) onClose(`closed with code ${code} ${reason.toString()}`.trim());
      else reject(new Error(`the event socket closed with code ${code}`));
    });
  });
}
