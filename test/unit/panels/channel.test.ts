import { describe, expect, it, vi } from 'vitest';
import { line, quietPage, settled } from './line.ts';

describe('a channel between a panel and its page', () => {
  it('answers a request with its handler’s result', async () => {
    const page = line().load('one');
    expect(await page.request('add', { a: 2, b: 3 })).toBe(5);
  });

  it('answers with the code and sentence of what a handler threw', async () => {
    const fail = () => {
      throw Object.assign(new Error('The disk is full.'), { code: 'disk-full' });
    };
    const page = line({ fail }).load('one');
    await expect(page.request('fail')).rejects.toMatchObject({
      name: 'MessageError',
      code: 'disk-full',
      message: 'The disk is full.',
    });
  });

  it('answers when a handler rejects with what is no error', async () => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- code of others does so
    const page = line({ fail: () => Promise.reject('no') }).load('one');
    await expect(page.request('fail')).rejects.toMatchObject({ code: 'failed', message: 'no' });
  });

  it('answers a request that it does not know', async () => {
    const page = line().load('one');
    await expect(page.request('toString' as 'fail')).rejects.toMatchObject({
      code: 'unknown-request',
    });
  });

  it('lets the host ask the page once the page has spoken, and not before', async () => {
    const { hostEnd, load } = line();
    await expect(hostEnd.request('name')).rejects.toMatchObject({ code: 'not-listening' });
    const page = load('one');
    page.notify('moved', 1);
    await settled();
    expect(await hostEnd.request('name')).toBe('page');
  });

  it('tells the handler of a cancelled request, and drops what it answers then', async () => {
    const aborted = vi.fn();
    const wait = (_: undefined, signal: AbortSignal) =>
      new Promise<string>(resolve => {
        signal.addEventListener('abort', () => {
          aborted();
          resolve('late');
        });
      });
    const page = line({ wait }).load('one');
    const controller = new AbortController();
    const asked = page.request('wait', undefined, { signal: controller.signal });
    await settled();
    controller.abort();
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    await settled();
    expect(aborted).toHaveBeenCalledOnce();
  });

  it('gives up a request that is not answered in time', async () => {
    const page = line({ wait: () => new Promise<string>(() => undefined) }).load('one');
    await expect(page.request('wait', undefined, { timeoutMs: 5 })).rejects.toMatchObject({
      code: 'timeout',
    });
  });

  it('never gives the answer for a page to its next load, whose requests have the same numbers', async () => {
    let finish: (value: string) => void = () => undefined;
    const wait = vi
      .fn<() => Promise<string>>()
      .mockImplementationOnce(() => new Promise(resolve => (finish = resolve)))
      .mockResolvedValue('new');
    const { load } = line({ wait });
    load('one')
      .request('wait')
      .catch(() => undefined);
    await settled();
    const asked = load('two').request('wait');
    await settled();
    finish('old');
    expect(await asked).toBe('new');
    await settled();
  });

  it('fails what the host asked of a page that was loaded anew', async () => {
    const { hostEnd, load } = line();
    load('one', {
      ...quietPage,
      requests: { name: () => new Promise<string>(() => undefined) },
    }).notify('moved', 1);
    await settled();
    const asked = expect(hostEnd.request('name')).rejects.toMatchObject({ code: 'not-listening' });
    load('two').notify('moved', 2);
    await asked;
  });

  it('takes no message that is not ours or not whole', () => {
    const { hostEnd } = line();
    const strange = [
      null,
      'text',
      { mark: 'other', instance: 'one', kind: 'notice', name: 'moved' },
      { mark: 'dgx-pixels', kind: 'notice', name: 'moved' },
      { mark: 'dgx-pixels', instance: 'one', kind: 'notice' },
      { mark: 'dgx-pixels', instance: 'one', kind: 'request', name: 'add' },
      { mark: 'dgx-pixels', instance: 'one', kind: 'constructor', id: 1 },
    ];
    for (const message of strange) expect(hostEnd.receive(message)).toBe(false);
  });

  it('fails what is under way when it is closed, and what is asked after that', async () => {
    const page = line({ wait: () => new Promise<string>(() => undefined) }).load('one');
    const asked = page.request('wait');
    page.close();
    await expect(asked).rejects.toMatchObject({ code: 'closed' });
    await expect(page.request('fail')).rejects.toMatchObject({ code: 'closed' });
  });
});
