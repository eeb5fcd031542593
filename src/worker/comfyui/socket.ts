import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import { accessOf, type ComfyAddress } from './address.ts';
import { type ComfyMessage, parseBinaryFrame, parseTextFrame } from './frames.ts';

export interface ComfySocket {
  /** Id of this connection; prompts posted with it report here. */
  readonly clientId: string;
  close(): void;
}

/** A proxy may drop a connection that is idle for a minute; a half-open one is noticed after two of these. */
export const PING_MS = 15_000;

/** A frame that is longer ends the connection; the largest true one is a preview. */
const FRAME_BYTES = 64 * 1024 * 1024;

function refused(base: string, error: Error): Error {
  const status = /Unexpected server response: (\d+)/.exec(error.message)?.[1];
  if (status === undefined) {
    return new Error(`The event socket of ${base} does not open (${error.message}).`, {
      cause: error,
    });
  }
  return new Error(
    `The event socket of ${base} is refused (status ${status}). A proxy before it must pass WebSockets on.`,
    { cause: error },
  );
}

/**
 * Opens the event socket of a ComfyUI. Each connection has an id of its own: a second socket with a known id silently loses its
 * messages when the first one is cleaned up.
 * @param onClose called once, after an opened socket has ended
 * @param pingMs between two pings; a server that does not answer one before the next is gone
 * @throws Error when it cannot be opened
 */
export function openComfySocket(
  address: ComfyAddress,
  onMessage: (message: ComfyMessage) => void,
  onClose: (why: string) => void,
  pingMs = PING_MS,
): Promise<ComfySocket> {
  const clientId = randomUUID();
  const { base, headers } = accessOf(address);
  const { caFile, rejectUnauthorized } = address.tls;
  const socket = new WebSocket(`${base.replace(/^http/, 'ws')}/ws?clientId=${clientId}`, {
    headers,
    handshakeTimeout: 10_000,
    maxPayload: FRAME_BYTES,
    perMessageDeflate: false,
    ...(caFile === undefined ? {} : { ca: readFileSync(caFile, 'utf8') }),
    ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }),
  });
  return new Promise((resolve, reject) => {
    let opened = false;
    let answered = true;
    let fault = '';
    const heartbeat = setInterval(() => {
      if (socket.readyState !== WebSocket.OPEN) return;
      if (!answered) {
        fault = 'gave no sign of life';
        socket.terminate();
        return;
      }
      answered = false;
      socket.ping();
    }, pingMs);
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
      fault = `broke (${error.message})`;
      if (!opened) reject(refused(base, error));
    });
    socket.on('close', (code, reason) => {
      clearInterval(heartbeat);
      const why = fault === '' ? `closed with code ${code} ${reason.toString()}`.trim() : fault;
      if (opened) onClose(why);
      else reject(refused(base, new Error(why)));
    });
  });
}
