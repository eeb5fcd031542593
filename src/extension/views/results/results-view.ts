import * as vscode from 'vscode';
import type { WorkerClient } from '../../../client/worker-client.ts';
import { comparingOf, isComparison } from '../../compare/blind-check.ts';
import { Disposable, Holder } from '../../dispose.ts';
import { COMMANDS, VIEWS } from '../../ids.ts';
import { t } from '../../l10n.ts';
import type { Job, Run, RunImage } from '../../../protocol/jobs.ts';
import { HostEnd } from '../../panels/host-end.ts';
import { plainBytes } from '../../panels/messages/bytes.ts';
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
import { blindItem, BlindResults } from './blind-results.ts';
import { Discarded } from './discarded.ts';
import { type FoundImage, ResultPager } from './result-pager.ts';
import { resultsWords } from './words.ts';

const PAGE = 24;
/** Milliseconds in which changes are gathered before the page is told. */
const GATHER_MS = 250;
/** Finished pictures that are handed over each for itself; those beyond come with the next search. */
const HANDED_AT_ONCE = 8;

/** The Results view: a page with the pictures that the worker has drawn. */
export class ResultsView extends Disposable implements vscode.WebviewViewProvider {
  readonly #services: Services;
  readonly #pictures: PictureFiles;
  readonly #discarded: Discarded;
  readonly #versions = new Versions();
  readonly #page = this._register(new Holder<HostEnd<ResultsMessages>>());
  readonly #searching = new LatestOnly();
  #pager: { search: number; pager: ResultPager; blind: BlindResults } | null = null;
  #searches = 0;
  #changes = 0;
  #timer: NodeJS.Timeout | null = null;
  #handing = 0;
  #instance: string | null = null;
  #followsComparisons = false;

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
      jobs.onEvent(event => {
        if (event.type === 'run.image' && event.job !== null) {
          void this.#showDrawn({ ...event, job: event.job });
        }
        if (event.type === 'run.image' || event.type === 'job.forgotten') this.#changedSoon();
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

  #changedSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#page.value?.publish('changed', ++this.#changes);
    }, GATHER_MS);
  }

  /** Hands a finished picture to the page as soon as its bytes are here; the search that follows puts everything in order. */
  async #showDrawn(drawn: { job: string; run: number; digest: string }): Promise<void> {
    const { link, log } = this.#services;
    const page = this.#page.value;
    const client = link.current;
    if (page?.listening !== true || client === null || this.#handing >= HANDED_AT_ONCE) return;
    this.#handing++;
    try {
      const { job, digest } = drawn;
      // Whose cell has just been drawn is told of no comparison; what may be seen of one comes with the search.
      if (await isComparison(this.#services, client, job)) return;
      const [{ run }, png] = await Promise.all([
        client.request('runs.get', { job, run: drawn.run }),
        client.fetchArtifact(digest),
      ]);
      const image = run.images.find(({ sprite }) => sprite === digest);
      if (image === undefined || this.#page.value !== page) return;
      const item = itemOf({ job, run, image }, { kept: false, image: null });
      page.publish('drawn', { item, png: plainBytes(png) });
    } catch (error) {
      log.debug(`a finished picture waits for the next search: ${String(error)}`, drawn.job);
    } finally {
      this.#handing--;
    }
  }

  async #search(webview: vscode.Webview, words: string): Promise<ResultPage> {
    const client = this.#client();
    const search = ++this.#searches;
    let page: ResultPage = { search, items: [], more: false };
    await this.#searching.run(
      async signal => {
        const pager = new ResultPager(client, words.trim().slice(0, 200), signal);
        const blind = new BlindResults(job => comparingOf(this.#services).blind.ofJob(client, job));
        return { pager, blind, found: await this.#read(webview, client, pager, blind) };
      },
      ({ pager, blind, found }) => {
        this.#pager = { search, pager, blind };
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
    const { pager, blind } = this.#pager;
    return { search, ...(await this.#read(webview, client, pager, blind)) };
  }

  async #read(
    webview: vscode.Webview,
    client: WorkerClient,
    pager: ResultPager,
    blind: BlindResults,
  ): Promise<{ items: ResultItem[]; more: boolean }> {
    const discarded = this.#discarded.all();
    const { images, more } = await pager.next(PAGE, async found => {
      if (found.job.kind === 'compare') this.#followComparisons();
      return !discarded.has(keyOf(found)) && blind.isShown(found);
    });
    const items = await Promise.all(
      images.map(async found =>
        (await blind.isBlind(found)) ? blindItem(found) : this.#item(webview, client, found),
      ),
    );
    return { items, more };
  }

  /** Names that a person was shown change what is shown here. */
  #followComparisons(): void {
    if (this.#followsComparisons) return;
    this.#followsComparisons = true;
    this._register(comparingOf(this.#services).onDidOpenSets(() => this.#changedSoon()));
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
    const shown = file === null ? null : webview.asWebviewUri(file).toString();
    return itemOf({ job: job.id, run, image }, { kept: info?.pinned ?? false, image: shown });
  }

  async #act(action: ItemAction, item: ResultItem): Promise<void> {
    switch (action) {
      case 'open':
        if (item.blind === true) {
          await vscode.commands.executeCommand(COMMANDS.openComparison, { job: item.job });
          return;
        }
        await vscode.commands.executeCommand(COMMANDS.openResult, { job: item.job, run: item.run });
        return;
      case 'useAsInput':
      case 'compare': {
        const file = await this.#pictures.artifact(item.digest);
        if (file === null)
          throw new Problem('not-found', t('The worker no longer has this picture.'));
        const command = action === 'compare' ? COMMANDS.compareModels : COMMANDS.varyImage;
        await vscode.commands.executeCommand(command, file);
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

function itemOf(
  { job, run, image }: { job: string; run: Run; image: RunImage },
  state: Pick<ResultItem, 'kept' | 'image'>,
): ResultItem {
  const { prompt, seed } = run.recipe;
  const { sprite: digest, width, height, placeholder } = image;
  const key = keyOf({ job: { id: job }, run, image });
  return { key, job, run: run.index, digest, prompt, width, height, seed, placeholder, ...state };
}

function keyOf({ job, run, image }: { job: Pick<Job, 'id'>; run: Run; image: RunImage }): string {
  return `${job.id}/${run.index}/${image.index}`;
}
