/** Clients count as present this long after their last word. */
const PRESENT_MS = 15_000;

interface Presence {
  client: string;
  seenAt: number;
}

/** Who talked to the worker lately. A client is known by the id of its `hello`, until then by its connection. */
export class ClientRegistry {
  readonly #peers = new Map<string, Presence>();

  /** Notes a request. `client` is the id that a `hello` tells. */
  note(peer: string, client: string | null, now: number): void {
    const known = this.#peers.get(peer);
    if (known === undefined) {
      this.#peers.set(peer, { client: client ?? peer, seenAt: now });
      return;
    }
    known.seenAt = now;
    if (client !== null) known.client = client;
  }

  /** Distinct clients that spoke within the last 15 s. */
  count(now: number): number {
    const clients = new Set<string>();
    for (const [peer, { client, seenAt }] of this.#peers) {
      if (now - seenAt > PRESENT_MS) this.#peers.delete(peer);
      else clients.add(client);
    }
    return clients.size;
  }
}
