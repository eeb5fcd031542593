import { Disposable, type Ends } from '../dispose.ts';
import { Channel, type RequestSettings } from './messages/channel.ts';
import { MessageError } from './messages/message-error.ts';
import type {
  Handlers,
  NoticeName,
  PanelMessages,
  ParamsArgument,
  RequestName,
  ResultOf,
} from './messages/shape.ts';

/** The part of `vscode.Webview` that messages need. */
export interface Postbox {
  postMessage(message: unknown): Thenable<boolean>;
  onDidReceiveMessage: (listener: (message: unknown) => unknown) => Ends;
}

export interface HostEndOptions<M extends PanelMessages> {
  postbox: Postbox;
  handlers: Handlers<M['host']>;
  /** The page lives on while it is hidden; the editor drops what is posted to it then. */
  retained: boolean;
  /** Told of messages that could not be posted. */
  onError: (error: unknown) => void;
}

/**
 * The host's end of the line to a page. Nothing is posted before the page asked for its first state, nor while it is hidden:
 * the newest value of each notice is kept and told when it listens again, so notices carry whole states, never changes.
 */
export class HostEnd<M extends PanelMessages> extends Disposable {
  readonly #channel: Channel<M['page'], M['host']>;
  readonly #retained: boolean;
  readonly #held = new Map<string, unknown>();
  #visible = true;

  constructor({ postbox, handlers, retained, onError }: HostEndOptions<M>) {
    super();
    this.#retained = retained;
    this.#channel = new Channel<M['page'], M['host']>(
      message => void postbox.postMessage(message).then(undefined, onError),
      handlers,
      null,
    );
    this._register({ dispose: () => this.#channel.close() });
    this._register(
      postbox.onDidReceiveMessage(message => {
        if (this.#channel.receive(message)) this.#tellHeld();
      }),
    );
  }

  /** Whether what is posted now is heard. */
  get listening(): boolean {
    return this.#visible && this.#channel.instance !== null;
  }

  /** To be told of each change of the panel's visibility. A page that is not retained ends when it is hidden. */
  setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    if (!visible && !this.#retained) this.#channel.forgetPage();
    if (visible) this.#tellHeld();
  }

  /** Tells the page a whole state, now or when it listens. */
  publish<K extends NoticeName<M['page']>>(name: K, value: M['page']['notices'][K]): void {
    if (this.listening) this.#channel.notify(name, value);
    else this.#held.set(name, value);
  }

  /**
   * Asks the page.
   * @throws MessageError `not-listening` while it is hidden or not loaded
   */
  request<K extends RequestName<M['page']>>(
    name: K,
    ...rest: [...ParamsArgument<M['page'], K>, settings?: RequestSettings | undefined]
  ): Promise<ResultOf<M['page'], K>> {
    if (!this.#visible) {
      return Promise.reject(new MessageError('not-listening', 'The panel is not shown.'));
    }
    return this.#channel.request(name, ...rest);
  }

  #tellHeld(): void {
    if (!this.listening) return;
    for (const [name, value] of [...this.#held]) {
      this.#held.delete(name);
      this.#channel.notify(name, value as M['page']['notices'][string]);
    }
  }
}
