import * as vscode from 'vscode';
import { Disposable, type Ends, Holder } from '../../dispose.ts';
import { VIEWS } from '../../ids.ts';
import { t } from '../../l10n.ts';
import type { Services } from '../../services.ts';
import type { PictureFiles } from '../picture-files.ts';
import { QueueDrag } from './queue-drag.ts';
import { type QueueNode, QueueTree } from './queue-tree.ts';

/** The Queue view with its number of unfinished jobs. Previews are drawn only while it is seen. */
export class QueueView extends Disposable {
  readonly tree: QueueTree;

  constructor(services: Services, pictures: PictureFiles) {
    super();
    const { jobs, link } = services;
    this.tree = this._register(new QueueTree(services, pictures));
    const view = this._register(
      vscode.window.createTreeView<QueueNode>(VIEWS.queue, {
        treeDataProvider: this.tree,
        dragAndDropController: new QueueDrag(services, this.tree),
        showCollapseAll: false,
      }),
    );
    const previews = this._register(new Holder<Ends>());
    let tidied = false;
    const follow = (visible: boolean): void => {
      if (visible && !tidied) {
        tidied = true;
        void pictures.tidy();
      }
      previews.set(visible ? jobs.watchPreviews() : null);
      if (visible) void link.attach();
    };
    this._register(view.onDidChangeVisibility(({ visible }) => follow(visible)));
    const count = (): void => {
      const { unfinished } = jobs;
      view.badge =
        unfinished === 0
          ? undefined
          : { value: unfinished, tooltip: t('{0} unfinished jobs', unfinished) };
    };
    this._register(jobs.onDidChange(count));
    const tellState = (): void => {
      const { state } = link;
      const away = state.kind === 'disconnected' && jobs.jobs.length > 0;
      view.message = away ? t('{0} This is how it was.', state.reason) : '';
    };
    this._register(link.onDidChangeState(tellState));
    count();
    tellState();
    if (view.visible) follow(true);
  }
}
