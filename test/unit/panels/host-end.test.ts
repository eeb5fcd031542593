import { describe, expect, it } from 'vitest';
import { HostEnd } from '../../../src/extension/panels/host-end.ts';
import { seal } from '../../../src/extension/panels/messages/envelope.ts';
import { quietHost, settled, type Talk } from './line.ts';

/** A webview that notes what is posted to it. */
function fakeWebview(retained = false) {
  const posted: { kind: string; name?: string; value?: unknown; instance: string }[] = [];
  let hear: (message: unknown) => void = () => undefined;
  const end = new HostEnd<Talk>({
    postbox: {
      postMessage: message => {
        posted.push(message as (typeof posted)[number]);
        return Promise.resolve(true);
      },
      onDidReceiveMessage: listener => {
        hear = listener;
        return { dispose: () => (hear = () => undefined) };
      },
    },
    handlers: quietHost,
    retained,
    onError: error => {
      throw error;
    },
  });
  const load = (instance: string): void =>
    hear(seal(instance, { kind: 'notice', name: 'moved', value: 1 }));
  const states = () => posted.filter(({ name }) => name === 'state').map(({ value }) => value);
  return { end, load, states, posted };
}

describe('the host’s end', () => {
  it('posts nothing before the page has spoken, then the newest state', () => {
    const { end, load, states } = fakeWebview();
    end.publish('state', 'first');
    end.publish('state', 'second');
    expect(states()).toEqual([]);
    load('one');
    expect(states()).toEqual(['second']);
  });

  it('keeps the newest state while a retained page is hidden', () => {
    const { end, load, states } = fakeWebview(true);
    load('one');
    end.setVisible(false);
    end.publish('state', 'unseen');
    end.publish('state', 'newest');
    expect(states()).toEqual([]);
    end.setVisible(true);
    expect(states()).toEqual(['newest']);
  });

  it('waits for the next load where a hidden page ends', () => {
    const { end, load, posted, states } = fakeWebview(false);
    load('one');
    end.setVisible(false);
    end.publish('state', 'newest');
    end.setVisible(true);
    expect(states()).toEqual([]);
    load('two');
    expect(posted).toMatchObject([{ kind: 'notice', value: 'newest', instance: 'two' }]);
  });

  it('refuses to ask a hidden page', async () => {
    const { end, load } = fakeWebview(true);
    load('one');
    end.setVisible(false);
    await expect(end.request('name')).rejects.toMatchObject({ code: 'not-listening' });
  });

  it('is silent once it was disposed of', async () => {
    const { end, load, posted } = fakeWebview();
    load('one');
    end.dispose();
    end.publish('state', 'late');
    load('one');
    await settled();
    expect(posted).toEqual([]);
  });
});
