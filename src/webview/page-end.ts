import { Channel } from '../extension/panels/messages/channel.ts';
import type { Handlers, PanelMessages } from '../extension/panels/messages/shape.ts';

/** What `acquireVsCodeApi` gives. */
export interface EditorApi {
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** The part of a window's message event that is looked at. */
export interface PostedMessage {
  origin: string;
  data: unknown;
}

export interface PageEndOptions<M extends PanelMessages> {
  api: EditorApi;
  handlers: Handlers<M['page']>;
  /** The page's own origin: the editor posts from it, and nobody else may. */
  origin: string;
  /** Names this load of the page. */
  instance: string;
  /** Subscribes to the window's messages. */
  listen: (listener: (event: PostedMessage) => void) => void;
}

/** Opens the page's end of the line to its host. */
export function openPageEnd<M extends PanelMessages>(
  options: PageEndOptions<M>,
): Channel<M['host'], M['page']> {
  const { api, handlers, origin, instance, listen } = options;
  const channel = new Channel<M['host'], M['page']>(
    (message, transfer) => api.postMessage(message, transfer),
    handlers,
    instance,
  );
  listen(event => {
    if (event.origin === origin) channel.receive(event.data);
  });
  return channel;
}

/**
 * What a page remembers over a reload of the window: where a person was, never what the host knows. A state of another version
 * or form starts anew.
 */
export class PageState<T extends object> {
  readonly #api: EditorApi;
  readonly #version: number;
  #value: T;

  /** @param check makes a whole state of what was stored, or takes what is missing from the start */
  constructor(api: EditorApi, version: number, start: T, check: (stored: object) => T | null) {
    this.#api = api;
    this.#version = version;
    this.#value = start;
    const stored = api.getState();
    if (typeof stored !== 'object' || stored === null) return;
    if (!('version' in stored) || stored.version !== version) return;
    if (!('value' in stored) || typeof stored.value !== 'object' || stored.value === null) return;
    this.#value = check(stored.value) ?? start;
  }

  get value(): T {
    return this.#value;
  }

  set(change: Partial<T>): void {
    this.#value = { ...this.#value, ...change };
    this.#api.setState({ version: this.#version, value: this.#value });
  }
}
