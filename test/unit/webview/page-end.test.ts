import { describe, expect, it, vi } from 'vitest';
import { seal } from '../../../src/extension/panels/messages/envelope.ts';
import { openPageEnd, PageState, type PostedMessage } from '../../../src/webview/page-end.ts';
import { quietPage, settled, type Talk } from '../panels/line.ts';

function fakeEditor(stored?: unknown) {
  const sent: { message: unknown; transfer: unknown }[] = [];
  let state = stored;
  return {
    sent,
    postMessage: (message: unknown, transfer?: readonly ArrayBuffer[]) => {
      sent.push({ message, transfer });
    },
    getState: () => state,
    setState: (value: unknown) => (state = value),
  };
}

function page(heard: (value: string) => void = () => undefined) {
  const api = fakeEditor();
  let post: (event: PostedMessage) => void = () => undefined;
  const channel = openPageEnd<Talk>({
    api,
    handlers: { ...quietPage, notices: { state: heard } },
    origin: 'https://page.example',
    instance: 'this-load',
    listen: listener => (post = listener),
  });
  const arrive = (instance: string, origin = 'https://page.example') =>
    post({ origin, data: seal(instance, { kind: 'notice', name: 'state', value: instance }) });
  return { api, channel, arrive };
}

describe('the page’s end', () => {
  it('hears the host, and nobody from another origin', () => {
    const heard = vi.fn();
    const { arrive } = page(heard);
    arrive('this-load', 'https://foreign.example');
    expect(heard).not.toHaveBeenCalled();
    arrive('this-load');
    expect(heard).toHaveBeenCalledExactlyOnceWith('this-load');
  });

  it('drops what was meant for an earlier load of the page', () => {
    const heard = vi.fn();
    const { arrive } = page(heard);
    arrive('earlier-load');
    expect(heard).not.toHaveBeenCalled();
  });

  it('hands buffers over instead of copying them', async () => {
    const { api, channel } = page();
    const buffer = new ArrayBuffer(8);
    void channel.request('fail', undefined, { transfer: [buffer] }).catch(() => undefined);
    await settled();
    expect(api.sent[0]?.transfer).toEqual([buffer]);
    channel.close();
  });
});

describe('what a page remembers', () => {
  const start = { zoom: 1, grid: false };
  const check = (stored: object) => ('zoom' in stored ? (stored as typeof start) : null);

  it('comes back at the next load', () => {
    const api = fakeEditor();
    new PageState(api, 1, start, check).set({ zoom: 8 });
    expect(new PageState(api, 1, start, check).value).toEqual({ zoom: 8, grid: false });
  });

  it.each([
    ['nothing', undefined],
    ['another version', { version: 2, value: { zoom: 8, grid: true } }],
    ['another form', { version: 1, value: 'text' }],
    ['what the page refuses', { version: 1, value: { other: 1 } }],
  ])('starts anew from %s', (_, stored) => {
    expect(new PageState(fakeEditor(stored), 1, start, check).value).toEqual(start);
  });
});
