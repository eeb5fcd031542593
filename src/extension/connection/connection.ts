import type { WorkerClient } from '../../client/worker-client.ts';
import type { PixelsEvent } from '../../protocol/events.ts';
import { Disposable } from '../dispose.ts';
import { Emitter } from '../emitter.ts';
import { t } from '../l10n.ts';
import type { Log } from '../log.ts';
import { Backoff } from './backoff.ts';
import type { Connected, Connector, Fate } from './connector.ts';
import { LinkError, type LinkState, type WorkerInfo } from './state.ts';
import { deathOf, judge } from './verdict.ts';

export interface LinkOptions {
  /** The way that the settings choose at this moment. */
  connector: () => Promise<Connector>;
  log: Log;
  /** Milliseconds between looks at a worker that went away. */
  lookMs?: number;
  /** Milliseconds before the first further attempt; each next waits twice as long. */
  firstRetryMs?: number;
  /** Milliseconds that somebody who asks for a client waits for a broken connection. */
  patienceMs?: number;
}

/** Deaths of a local worker without a minute of life between them, after which it is not started again by itself. */
const DEATHS = 4;
const LIVED_MS = 60_000;
const SUBSCRIBED = ['engine.', 'lane.', 'models.'];

/**
 * The window's one way to its worker. Nothing is loaded, started or connected before somebody asks for a client; from then on it
 * keeps the connection, says how it stands, and says why where it is gone.
 */
export class WorkerLink extends Disposable {
  readonly #options: LinkOptions;
  readonly #changed: Emitter<LinkState>;
  readonly #settled: Emitter<WorkerClient | LinkError>;
  #state: LinkState = { kind: 'off', note: null };
  #connected: Connected | null = null;
  /** Ends the loop that keeps the connection. */
  #keeper: AbortController | null = null;
  #mayStart = false;
  /** Of the way that is being kept; null before it is known. */
  #way: string | null = null;
  #wake: (() => void) | null = null;

  constructor(options: LinkOptions) {
    super();
    this.#options = options;
    const onError = (error: unknown) => options.log.error('a listener failed', error);
    this.#changed = this._register(new Emitter<LinkState>(onError));
    this.#settled = this._register(new Emitter<WorkerClient | LinkError>(onError));
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Told of each change of `state`; parts of a ready state change too. */
  get onDidChangeState(): Emitter<LinkState>['event'] {
    return this.#changed.event;
  }

  /** The client of a worker that answers now. */
  get current(): WorkerClient | null {
    return this.#state.kind === 'ready' ? (this.#connected?.client ?? null) : null;
  }

  /**
   * A client of the chosen worker; a local one is started where none runs.
   * @throws LinkError with a sentence and what mends it
   */
  client(): Promise<WorkerClient> {
    const { current } = this;
    return current === null ? this.#ask(true) : Promise.resolve(current);
  }

  /** A client if a worker is there already, null if not; for what only shows things. */
  async attach(): Promise<WorkerClient | null> {
    if (this.current !== null) return this.current;
    try {
      return await this.#ask(false);
    } catch (error) {
      if (error instanceof LinkError) return null;
      throw error;
    }
  }

  /** Closes the connection, the worker goes on. @param note why, for the status bar */
  async disconnect(note: string | null = null): Promise<void> {
    this.#keeper?.abort();
    this.#keeper = null;
    const { client } = this.#connected ?? {};
    this.#connected = null;
    this.#enter({ kind: 'off', note });
    this.#way = null;
    this.#settle(
      new LinkError(
        'closed',
        t('The connection to the worker was closed meanwhile; try again.'),
        [],
      ),
    );
    await client?.close();
  }

  /** Takes the way that the settings choose now, where it is another than the one that is kept. */
  async adopt(): Promise<void> {
    if (this.#keeper === null && this.#state.kind === 'off') return;
    // A loop that has not looked yet will see the newest settings.
    if (this.#keeper !== null && this.#way === null) return;
    const way = await this.#options.connector().then(
      ({ id }) => id,
      () => 'none',
    );
    if (this.#keeper !== null && way === this.#way) return;
    await this.disconnect();
    await this.attach();
  }

  override dispose(): void {
    void this.disconnect();
    super.dispose();
  }

  #ask(mayStart: boolean): Promise<WorkerClient> {
    return new Promise((resolve, reject) => {
      // A broken connection is tried for ever; who waits for it is not.
      const timer = setInterval(() => {
        const state = this.#state;
        if (state.kind !== 'disconnected') return;
        this.#settle(new LinkError('disconnected', state.reason, state.advice, state.detail));
      }, this.#options.patienceMs ?? 15_000);
      const listening = this.#settled.event(outcome => {
        listening.dispose();
        clearInterval(timer);
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      });
      this.#mayStart ||= mayStart;
      this.#wake?.();
      if (this.#keeper !== null) return;
      this.#keeper = new AbortController();
      void this.#keep(this.#keeper.signal);
    });
  }

  async #keep(signal: AbortSignal): Promise<void> {
    const backoff = new Backoff(this.#options.firstRetryMs);
    let deaths = 0;
    while (!signal.aborted) {
      const connector = await this.#options.connector().catch((error: unknown) => {
        this.#fail(judge(error, { kind: 'local', host: 'local' }).error, false);
        return null;
      });
      if (connector === null || isAborted(signal)) break;
      this.#way = connector.id;
      const connected = await this.#attempt(connector, signal);
      if (isAborted(signal)) {
        if (connected instanceof Object) await connected.client.close();
        break;
      }
      if (connected === 'give-up') break;
      if (connected === 'again') {
        await this.#pause(backoff.next(), signal);
        continue;
      }
      if (connected === null) {
        // Somebody asked for more while it was looked for.
        if (this.#mayStart) continue;
        this.#settle(new LinkError('not-running', t('No local worker runs.'), []));
        await this.#untilWanted(connector, signal);
        continue;
      }
      backoff.reset();
      const since = Date.now();
      const fate = await this.#stay(connector, connected, signal);
      if (fate === null) break;
      if (Date.now() - since > LIVED_MS) deaths = 0;
      this.#connected = null;
      await connected.client.close();
      if (fate.kind === 'ended') {
        this.#mayStart = false;
        this.#enter({ kind: 'off', note: fate.note });
        await this.#untilWanted(connector, signal);
        continue;
      }
      deaths++;
      const retrying = deaths < DEATHS;
      this.#options.log.error(`${fate.reason}${fate.detail === null ? '' : `\n${fate.detail}`}`);
      this.#fail(deathOf(fate.reason, fate.detail), retrying, connector);
      if (!retrying) break;
      this.#mayStart = true;
      await this.#pause(backoff.next(), signal);
    }
    if (this.#keeper?.signal === signal) this.#keeper = null;
  }

  async #attempt(
    connector: Connector,
    signal: AbortSignal,
  ): Promise<Connected | null | 'again' | 'give-up'> {
    const { target } = connector;
    const mayStart = this.#mayStart;
    this.#mayStart = false;
    if (mayStart || target.kind === 'remote') this.#enter({ kind: 'connecting', target });
    try {
      return await connector.connect({
        mayStart,
        signal,
        onStep: step => {
          if (!signal.aborted) this.#enter({ kind: 'starting', target, step });
        },
      });
    } catch (error) {
      if (signal.aborted) return 'give-up';
      const verdict = judge(error, target);
      this.#options.log.error('cannot connect to the worker', error);
      this.#fail(verdict.error, verdict.retry, connector);
      return verdict.retry ? 'again' : 'give-up';
    }
  }

  /** Follows a connection until it is gone for good. @returns null when it was ended by us or refused */
  async #stay(
    connector: Connector,
    connected: Connected,
    signal: AbortSignal,
  ): Promise<Fate | null> {
    const { client } = connected;
    this.#connected = connected;
    const stopRefreshing = this.#refreshOnEvents(client);
    try {
      for (;;) {
        if (signal.aborted) return null;
        if (client.state === 'ready') {
          this.#becomeReady(connector, connected);
          await this.#untilChanged(client, signal);
        } else if (client.state === 'rejected' || client.state === 'closed') {
          this.#connected = null;
          this.#fail(judge(client.problem, connector.target).error, false, connector);
          await client.close();
          return null;
        } else {
          this.#showAway(connector, client);
          const fate = await connected.fate();
          if (fate !== null && !isReady(client)) return fate;
          await this.#untilChanged(client, signal, this.#options.lookMs ?? 500);
        }
      }
    } finally {
      stopRefreshing();
    }
  }

  #becomeReady(connector: Connector, { client, transport }: Connected): void {
    const hello = client.worker;
    if (hello === null) return;
    const worker: WorkerInfo = {
      target: connector.target,
      transport,
      version: hello.worker.version,
      protocol: hello.protocol,
      instance: hello.worker.instance,
      pid: hello.worker.pid,
    };
    const known = this.#state.kind === 'ready' ? this.#state : null;
    const same = known?.worker.instance === worker.instance;
    this.#enter({
      kind: 'ready',
      worker,
      servers: same ? known.servers : [],
      notices: same ? known.notices : [],
    });
    this.#settle(client);
    // Not waited for: a worker that goes away now is noticed at once.
    void this.#refresh(client);
  }

  async #refresh(client: WorkerClient): Promise<void> {
    try {
      const { servers, notices } = await client.request('status', {});
      if (this.#connected?.client !== client || this.#state.kind !== 'ready') return;
      this.#enter({ ...this.#state, servers, notices });
    } catch (error) {
      this.#options.log.debug(`the worker's status could not be read: ${String(error)}`);
    }
  }

  #refreshOnEvents(client: WorkerClient): () => void {
    const stop = client.onEvent((event: PixelsEvent) => {
      if (event.type === 'engine.state') void this.#refresh(client);
    });
    client.subscribe(SUBSCRIBED).catch((error: unknown) => {
      if (client.state === 'ready') this.#options.log.warn('events do not arrive', error);
    });
    return stop;
  }

  #showAway({ target }: Connector, client: WorkerClient): void {
    const { error } = judge(client.problem, target);
    const reason =
      client.state === 'unresponsive'
        ? t('The worker is connected but does not answer; it may be overloaded.')
        : target.kind === 'local'
          ? t('The connection to the local worker broke.')
          : t('The connection to the worker on {0} broke.', target.host);
    const { advice } = error;
    this.#enter({ kind: 'disconnected', target, reason, detail: null, advice, retrying: true });
  }

  #fail(error: LinkError, retrying: boolean, connector?: Connector): void {
    const target = connector?.target ?? { kind: 'local', host: 'local' };
    const { message: reason, detail, advice } = error;
    this.#enter({ kind: 'disconnected', target, reason, detail, advice, retrying });
    this.#settle(error);
  }

  #settle(outcome: WorkerClient | LinkError): void {
    this.#settled.fire(outcome);
  }

  #enter(state: LinkState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.#changed.fire(state);
  }

  /** Waits until somebody asks, or another process starts a worker. */
  async #untilWanted(connector: Connector, signal: AbortSignal): Promise<void> {
    const look = new AbortController();
    const stop = () => look.abort();
    signal.addEventListener('abort', stop, { once: true });
    try {
      await Promise.race([this.#woken(look.signal), connector.appeared(look.signal)]);
    } finally {
      look.abort();
      signal.removeEventListener('abort', stop);
    }
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    const timer = setTimeout(() => this.#wake?.(), ms);
    try {
      await this.#woken(signal);
    } finally {
      clearTimeout(timer);
    }
  }

  #woken(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const wake = () => {
        signal.removeEventListener('abort', wake);
        if (this.#wake === wake) this.#wake = null;
        resolve();
      };
      if (signal.aborted) {
        resolve();
        return;
      }
      this.#wake = wake;
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  #untilChanged(client: WorkerClient, signal: AbortSignal, limitMs?: number): Promise<void> {
    return new Promise(resolve => {
      const done = () => {
        clearTimeout(timer);
        forget();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = limitMs === undefined ? undefined : setTimeout(done, limitMs);
      const forget = client.onState(done);
      signal.addEventListener('abort', done, { once: true });
      if (signal.aborted) done();
    });
  }
}

/** A call, since the compiler would otherwise believe that a state once read stays. */
function isReady(client: WorkerClient): boolean {
  return client.state === 'ready';
}

function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
