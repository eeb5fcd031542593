import { encodeZ85 } from '../access/z85.ts';
import type { ServerLog } from './log.ts';
import { isClosed, loadZeromq, makeZapSocket, type ZapSocket } from './zmq.ts';

const ENDPOINT = 'inproc://zeromq.zap.01';
const KEY_BYTES = 32;

/** Rules of one server: whose keys it takes, and which it has taken. */
export interface ZapDomain {
  readonly name: string;
  readonly allowed: (publicKey: string) => boolean;
  /** Keys let in since the server last opened its sockets. */
  readonly accepted: Set<string>;
  readonly onAccepted: (publicKey: string) => void;
  readonly log: ServerLog;
}

const domains = new Map<string, ZapDomain>();
let socket: ZapSocket | undefined;
let opening: Promise<void> | undefined;

function verdictOf(frames: readonly Buffer[]): { status: string; text: string; user: string } {
  const [, , domainFrame, address, , mechanism, key] = frames;
  const domain = domains.get(domainFrame?.toString() ?? '');
  const denied = { status: '400', text: 'not allowed', user: '' };
  if (domain === undefined || mechanism?.toString() !== 'CURVE') return denied;
  if (key?.byteLength !== KEY_BYTES) return denied;
  const publicKey = encodeZ85(key);
  let allowed = false;
  try {
    allowed = domain.allowed(publicKey);
  } catch (error) {
    domain.log.error({ err: error }, 'the allow-list cannot be read');
  }
  if (!allowed) {
    domain.log.warn({ address: address?.toString(), publicKey }, 'refused a client key');
    return denied;
  }
  domain.accepted.add(publicKey);
  domain.onAccepted(publicKey);
  return { status: '200', text: 'OK', user: publicKey };
}

async function serve(zap: ZapSocket): Promise<void> {
  while (!isClosed(zap)) {
    try {
      const frames = await zap.receive();
      const { status, text, user } = verdictOf(frames);
      await zap.send([frames[0] ?? '1.0', frames[1] ?? '', status, text, user, '']);
    } catch (error) {
      if (!isClosed(zap)) for (const { log } of domains.values()) log.error({ err: error }, 'ZAP');
    }
  }
}

async function bindZap(): Promise<void> {
  const zeromq = await loadZeromq();
  // A socket closed a moment ago gives its address back a little later.
  for (let attempt = 0; ; attempt++) {
    const zap = makeZapSocket(zeromq);
    try {
      await zap.bind(ENDPOINT);
      socket = zap;
      void serve(zap);
      return;
    } catch (error) {
      zap.close();
      if (attempt >= 100) throw error;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }
}

/** Starts to answer libzmq's questions about keys for a domain; there is one socket for that per process. */
export async function openDomain(domain: ZapDomain): Promise<void> {
  domains.set(domain.name, domain);
  opening ??= bindZap();
  try {
    await opening;
  } catch (error) {
    domains.delete(domain.name);
    opening = undefined;
    throw error;
  }
}

/** Forgets a domain; with the last one the socket closes. */
export function closeDomain(domain: ZapDomain): void {
  domains.delete(domain.name);
  if (domains.size > 0 || socket === undefined) return;
  socket.close();
  socket = undefined;
  opening = undefined;
}
