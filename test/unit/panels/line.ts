import { Channel } from '../../../src/extension/panels/messages/channel.ts';
import type { Handlers } from '../../../src/extension/panels/messages/shape.ts';

/** A small panel whose sides ask each other things. */
export type Talk = {
  host: {
    requests: {
      add: (numbers: { a: number; b: number }) => number;
      fail: () => void;
      wait: () => string;
    };
    notices: { moved: number };
  };
  page: {
    requests: { name: () => string };
    notices: { state: string };
  };
};

export const quietHost: Handlers<Talk['host']> = {
  requests: { add: ({ a, b }) => a + b, fail: () => undefined, wait: () => '' },
  notices: { moved: () => undefined },
};

export const quietPage: Handlers<Talk['page']> = {
  requests: { name: () => 'page' },
  notices: { state: () => undefined },
};

/** Both ends, joined by clones of what is posted, as a webview does. Each load of the page is a new one. */
export function line(host: Partial<Handlers<Talk['host']>['requests']> = {}) {
  const posted: unknown[] = [];
  let page: Channel<Talk['host'], Talk['page']> | null = null;
  const hostEnd = new Channel<Talk['page'], Talk['host']>(
    message => {
      const copy = structuredClone(message);
      posted.push(copy);
      queueMicrotask(() => page?.receive(copy));
    },
    { ...quietHost, requests: { ...quietHost.requests, ...host } },
    null,
  );
  const load = (instance: string, handlers = quietPage) => {
    page = new Channel<Talk['host'], Talk['page']>(
      message => {
        const copy = structuredClone(message);
        queueMicrotask(() => hostEnd.receive(copy));
      },
      handlers,
      instance,
    );
    return page;
  };
  return { hostEnd, load, posted };
}

/** Lets everything that was posted arrive and be answered. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise(resolve => setImmediate(resolve));
}
