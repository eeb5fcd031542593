import type { ComfyAddress } from '../../../src/worker/comfyui/address.ts';
import type { ComfyMessage } from '../../../src/worker/comfyui/frames.ts';
import { type LinkTiming, ServerLink } from '../../../src/worker/comfyui/server-link.ts';
import { createLog } from '../../../src/worker/log.ts';
import { until } from '../../helpers/processes.ts';

/** A link to a server, and what it told. */
export class Linked implements AsyncDisposable {
  readonly link: ServerLink;
  readonly messages: ComfyMessage[] = [];
  readonly states: string[] = [];
  inventories = 0;

  /** @param timing every wait is short unless it says otherwise */
  constructor(url: string, timing: Partial<LinkTiming> = {}, more: Partial<ComfyAddress> = {}) {
    const address = { url, headers: {}, tls: {}, ...more };
    this.link = new ServerLink('box', address, createLog('silent'), {
      timing: { firstRetryMs: 20, ...timing },
    });
    this.link.start({
      ready: () => this.states.push('ready!'),
      stateChanged: () => this.states.push(this.link.state),
      inventoryChanged: () => this.inventories++,
      message: message => this.messages.push(message),
    });
  }

  /** Waits until it is connected for the n-th time. */
  async ready(times = 1): Promise<ServerLink> {
    await until('the server is ready', () => {
      return this.states.filter(state => state === 'ready!').length >= times;
    });
    return this.link;
  }

  /** Waits until it is not connecting any more. @returns what is wrong */
  async problem(): Promise<string> {
    await until('the server is found wanting', () => this.link.problem !== null);
    return `${this.link.state}: ${this.link.problem ?? ''}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.link.close();
  }
}
