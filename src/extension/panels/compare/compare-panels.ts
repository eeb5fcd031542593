import * as vscode from 'vscode';
import { Disposable } from '../../dispose.ts';
import { COMPARE_PANEL } from '../../ids.ts';
import { t } from '../../l10n.ts';
import type { Services } from '../../services.ts';
import { HostEnd } from '../host-end.ts';
import type { CompareMessages } from '../messages/compare.ts';
import { showPage } from '../page-files.ts';
import { CompareSession, type SessionParts } from './compare-session.ts';
import { promptsTitle } from './compare-state.ts';
import { jobOfState } from './panel-state.ts';
import { compareWords } from './words.ts';

/** Comparisons whose panels are open, with their titles. */
const OPEN = 'dgx-pixels.compare.open.1';

interface OpenPanel {
  job: string;
  title: string;
}

/** The panels of comparisons, one for each. Closing one changes nothing. */
export class ComparePanels extends Disposable {
  readonly #services: Services;
  readonly #parts: Pick<SessionParts, 'folderOf' | 'votesIn' | 'onOpened'>;
  readonly #open = new Map<string, { panel: vscode.WebviewPanel; session: CompareSession }>();

  constructor(services: Services, parts: Pick<SessionParts, 'folderOf' | 'votesIn' | 'onOpened'>) {
    super();
    this.#services = services;
    this.#parts = parts;
  }

  /** Opens the panel of a comparison, or shows the one that is open. */
  show(job: string): CompareSession {
    const open = this.#open.get(job);
    if (open !== undefined) {
      open.panel.reveal();
      return open.session;
    }
    const panel = vscode.window.createWebviewPanel(COMPARE_PANEL, '', vscode.ViewColumn.Active);
    return this.#fill(panel, job, t('Comparison'));
  }

  /** After a reload of the window. A window that was killed may not have stored the page's state: then the title tells. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const remembered = this.#remembered();
    const job = jobOfState(state) ?? remembered.find(each => each.title === panel.title)?.job;
    if (job === undefined || this.#open.has(job)) panel.dispose();
    else this.#fill(panel, job, panel.title);
  }

  /** The session of a panel that is open. */
  sessionOf(job: string): CompareSession | null {
    return this.#open.get(job)?.session ?? null;
  }

  #fill(panel: vscode.WebviewPanel, job: string, title: string): CompareSession {
    const session = new CompareSession({
      ...this.#parts,
      services: this.#services,
      job,
      openPanel: other => this.show(other),
    });
    const page = this.#connect(panel, session);
    this.#open.set(job, { panel, session });
    panel.onDidDispose(() => {
      page.dispose();
      session.dispose();
      if (this.#open.get(job)?.panel === panel) this.#open.delete(job);
      this.#remember();
    });
    const { extensionUri } = this.#services.context;
    panel.title = title;
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icons', 'icon.png');
    this.#remember();
    session.setVisible(panel.visible);
    void session.load(panel.visible);
    showPage(panel.webview, {
      extension: extensionUri,
      script: 'compare',
      element: 'dgx-compare',
      title,
      words: compareWords(),
    });
    return session;
  }

  #connect(panel: vscode.WebviewPanel, session: CompareSession): HostEnd<CompareMessages> {
    const { log } = this.#services;
    const page = new HostEnd<CompareMessages>({
      postbox: panel.webview,
      retained: false,
      onError: error => log.warn('a message to a comparison’s page was lost', error),
      handlers: session.handlers,
    });
    session.onContent(snapshot => {
      page.publish('content', snapshot);
      const { view } = session.job;
      if (view.kind === 'away') return;
      const title = t('Compare: {0}', promptsTitle(view.spec));
      if (panel.title === title) return;
      panel.title = title;
      this.#remember();
    });
    session.onLive(cells => page.publish('live', cells));
    panel.onDidChangeViewState(() => {
      page.setVisible(panel.visible);
      session.setVisible(panel.visible);
    });
    return page;
  }

  #remembered(): readonly OpenPanel[] {
    return this.#services.context.workspaceState.get<OpenPanel[]>(OPEN, []);
  }

  #remember(): void {
    const open = [...this.#open].map(([job, { panel }]): OpenPanel => ({
      job,
      title: panel.title,
    }));
    void this.#services.context.workspaceState.update(OPEN, open);
  }
}
