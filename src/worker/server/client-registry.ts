/** Clients count as present this long after their last word. */
const PRESENT_MS = 15_000;

interface Presence {
  client: string | number;
  seenAt: number;
}

/** Cheap key of a connection: libzmq's own identities are a zero and four bytes. */
function keyOf(identity: Buffer): number | string {
  return identity.byteLength === 5 && identity[0] === 0
    ? identity.readUInt32BE(1)
    : identity.toString('hex');
}

/** Who talked to the worker lately. A client is known by the id of its `hello`, until then by its connection. */
export class ClientRegistry {
  readonly #peers = new Map<number | string, Presence>();

  /** Notes a request that came over a connection. */
  note(identity: Buffer, now: number): void {
    const key = keyOf(identity);
    const known = this.#peers.get(key);
    if (known === undefined) this.#peers.set(key, { client: key, seenAt: now });
    else known.seenAt = now;
  }

  /** Notes whose connection it is. */
  introduce(identity: Buffer, client: string, now: number): void {
    this.#peers.set(keyOf(identity), { client, seenAt: now });
  }

  /** Distinct clients that spoke within the last 15 s. */
  count(now: number): number {
    const clients = new Set<string | number>();
    for (const [peer, { client, seenAt }] of this.#peers) {
      if (now - seenAt > PRESENT_MS) this.#peers.delete(peer);
      else clients.add(client);
    }
    return clients.size;
  }
}
