import * as vscode from 'vscode';
import type { WorkerClient } from '../../../client/worker-client.ts';
import { Disposable, Holder } from '../../dispose.ts';
import { COMMANDS, VIEWS } from '../../ids.ts';
import { t } from '../../l10n.ts';
import { HostEnd } from '../../panels/host-end.ts';
import { LatestOnly, type Snapshot, Versions } from '../../panels/messages/newest.ts';
import type {
  ItemAction,
  ResultItem,
  ResultPage,
  ResultsMessages,
  ResultsState,
} from '../../panels/messages/results.ts';
import { showPage } from '../../panels/page-files.ts';
import { Problem } from '../../problem.ts';
import type { Services } from '../../services.ts';
import type { PictureFiles } from '../picture-files.ts';
import { Discarded } from './discarded.ts';
import { type FoundImage, ResultPager } from './result-pager.ts';
import { resultsWords } from './words.ts';

const PAGE = 24;
/** Milliseconds in which changes are gathered before the page is told. */
const GATHER_MS = 250;

/** The Results view: a page with the pictures that the worker has drawn. */
export class ResultsView extends Disposable implements vscode.WebviewViewProvider {
  readonly #services: Services;
  readonly #pictures: PictureFiles;
  readonly #discarded: Discarded;
  readonly #versions = new Versions();
  readonly #page = this._register(new Holder<HostEnd<ResultsMessages>>());
  readonly #searching = new LatestOnly();
  #pager: { search: number; pager: ResultPager } | null = null;
  #searches = 0;
  #changes = 0;
  #timer: NodeJS.Timeout | null = null;
  #changedAgain = false;
  #instance: string | null = null;

  constructor(services: Services, pictures: PictureFiles) {
    super();
    this.#services = services;
    this.#pictures = pictures;
    this.#discarded = new Discarded(services.context.globalState);
    const { link, jobs } = services;
    this._register(
      vscode.window.registerWebviewViewProvider(VIEWS.results, this, {
        webviewOptions: { retainContextWhenHidden: false },
      }),
    );
    this._register(link.onDidChangeState(() => this.#follow()));
    this._register(
      jobs.onEvent(({ type }) => {
        if (type === 'run.image' || type === 'job.forgotten') this.#changedSoon();
      }),
    );
    this._register({ dispose: () => this.#timer !== null && clearTimeout(this.#timer) });
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { log, link, context } = this.#services;
    const page = new HostEnd<ResultsMessages>({
      postbox: view.webview,
      retained: false,
      onError: error => log.warn('a message to the results was lost', error),
      handlers: {
        requests: {
          ready: () => this.#state(),
          search: ({ words }) => this.#search(view.webview, words),
          more: ({ search }) => this.#more(view.webview, search),
          act: ({ action, item }) => this.#act(action, item),
          generate: async () => {
            await vscode.commands.executeCommand(COMMANDS.generateSprite);
          },
        },
        notices: { fault: fault => log.error(`the results’ page failed: ${fault}`) },
      },
    });
    this.#page.set(page);
    view.onDidChangeVisibility(() => {
      page.setVisible(view.visible);
      if (view.visible) void link.attach();
    });
    view.onDidDispose(() => {
      if (this.#page.value === page) this.#page.set(null);
    });
    showPage(view.webview, {
      extension: context.extensionUri,
      script: 'results',
      element: 'dgx-results',
      title: t('Results'),
      words: resultsWords(),
      pictures: [this.#pictures.folder],
    });
    void link.attach();
  }

  #state(): Snapshot<ResultsState> {
    const { state } = this.#services.link;
    const notes: Partial<Record<typeof state.kind, string>> = {
      off: t('No worker runs yet. It starts with your first sprite.'),
      starting: t('The worker is starting…'),
      connecting: t('Connecting…'),
    };
    const note = state.kind === 'disconnected' ? state.reason : (notes[state.kind] ?? null);
    return this.#versions.of({ connected: state.kind === 'ready', note });
  }

  #follow(): void {
    const { state } = this.#services.link;
    this.#page.value?.publish('state', this.#state());
    if (state.kind !== 'ready' || state.worker.instance === this.#instance) return;
    this.#instance = state.worker.instance;
    this.#changedSoon();
  }

  /** At once, so that a finished sprite is seen when it is there; of many in a row each pause tells once more. */
  #changedSoon(): void {
    if (this.#timer !== null) {
      this.#changedAgain = true;
      return;
    }
    this.#page.value?.publish('changed', ++this.#changes);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (!this.#changedAgain) return;
      this.#changedAgain = false;
      this.#changedSoon();
    }, GATHER_MS);
  }

  async #search(webview: vscode.Webview, words: string): Promise<ResultPage> {
    const client = this.#client();
    const search = ++this.#searches;
    let page: ResultPage = { search, items: [], more: false };
    await this.#searching.run(
      async signal => {
        const pager = new ResultPager(client, words.trim().slice(0, 200), signal);
        return { pager, found: await this.#read(webview, client, pager) };
      },
      ({ pager, found }) => {
        this.#pager = { search, pager };
        page = { search, ...found };
      },
    );
    return page;
  }

  async #more(webview: vscode.Webview, search: number): Promise<ResultPage> {
    const client = this.#client();
    if (this.#pager?.search !== search) {
      throw new Problem('superseded', t('Another search has begun.'));
    }
    return { search, ...(await this.#read(webview, client, this.#pager.pager)) };
  }

  async #read(
    webview: vscode.Webview,
    client: WorkerClient,
    pager: ResultPager,
  ): Promise<{ items: ResultItem[]; more: boolean }> {
    const discarded = this.#discarded.all();
    const { images, more } = await pager.next(PAGE, found => !discarded.has(keyOf(found)));
    const items = await Promise.all(images.map(found => this.#item(webview, client, found)));
    return { items, more };
  }

  async #item(
    webview: vscode.Webview,
    client: WorkerClient,
    found: FoundImage,
  ): Promise<ResultItem> {
    const { job, run, image } = found;
    const [file, info] = await Promise.all([
      this.#pictures.artifact(image.sprite),
      client.request('artifacts.info', { digest: image.sprite }).catch(() => null),
    ]);
    return {
      key: keyOf(found),
      job: job.id,
      run: run.index,
      digest: image.sprite,
      prompt: run.recipe.prompt,
      width: image.width,
      height: image.height,
      seed: run.recipe.seed,
      placeholder: image.placeholder,
      kept: info?.pinned ?? false,
      image: file === null ? null : webview.asWebviewUri(file).toString(),
    };
  }

  async #act(action: ItemAction, item: ResultItem): Promise<void> {
    switch (action) {
      case 'open':
        await vscode.commands.executeCommand(COMMANDS.openResult, { job: item.job, run: item.run });
        return;
      case 'useAsInput': {
        const file = await this.#pictures.artifact(item.digest);
        if (file === null)
          throw new Problem('not-found', t('The worker no longer has this picture.'));
        await vscode.commands.executeCommand(COMMANDS.varyImage, file);
        return;
      }
      case 'keep':
      case 'letGo':
        await this.#keep(item.digest, action === 'keep');
        return;
      case 'discard':
        if (item.kept) await this.#keep(item.digest, false);
        await this.#discarded.add(item.key);
        return;
      case 'restore':
        if (item.kept) await this.#keep(item.digest, true);
        await this.#discarded.remove(item.key);
        this.#changedSoon();
    }
  }

  async #keep(digest: string, keep: boolean): Promise<void> {
    await this.#client().request('artifacts.keep', { digest, keep });
  }

  #client(): WorkerClient {
    const { current } = this.#services.link;
    if (current === null) throw new Problem('disconnected', t('No worker is connected.'));
    return current;
  }
}

function keyOf({ job, run, image }: FoundImage): string {
  return `${job.id}/${run.index}/${image.index}`;
}
