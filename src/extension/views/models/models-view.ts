import * as vscode from 'vscode';
import { Disposable } from '../../dispose.ts';
import { VIEWS } from '../../ids.ts';
import { t } from '../../l10n.ts';
import { LatestOnly } from '../../panels/messages/newest.ts';
import { codeOf } from '../../problem.ts';
import type { Services } from '../../services.ts';
import { type ModelGroup, modelGroups, type ModelRow, type Stock } from './model-rows.ts';

type ModelNode = ModelGroup | ModelRow;

/** The Models view: what the worker's engines really have. Read when it is seen and whenever that changes. */
export class ModelsView extends Disposable implements vscode.TreeDataProvider<ModelNode> {
  readonly #services: Services;
  readonly #changed: vscode.EventEmitter<undefined>;
  readonly #view: vscode.TreeView<ModelNode>;
  readonly #reading = new LatestOnly();
  #stock: Stock = { servers: [], inventory: null, workflows: [] };
  /** Instance of the worker that the stock is of; null when it has to be read anew. */
  #readOf: string | null = null;

  constructor(services: Services) {
    super();
    this.#services = services;
    const { link, jobs } = services;
    this.#changed = this._register(new vscode.EventEmitter<undefined>());
    this.#view = this._register(
      vscode.window.createTreeView<ModelNode>(VIEWS.models, { treeDataProvider: this }),
    );
    this._register(this.#view.onDidChangeVisibility(() => this.#seen()));
    this._register(link.onDidChangeState(() => this.#follow()));
    this._register(
      jobs.onEvent(({ type }) => {
        if (type !== 'models.changed' && type !== 'engine.state') return;
        this.#readOf = null;
        this.#follow();
      }),
    );
    this._register({ dispose: () => this.#reading.cancel() });
    this.#seen();
  }

  get onDidChangeTreeData(): vscode.Event<undefined> {
    return this.#changed.event;
  }

  getChildren(node?: ModelNode): ModelNode[] {
    if (node === undefined) return modelGroups(this.#stock);
    return 'rows' in node ? [...node.rows] : [];
  }

  getTreeItem(node: ModelNode): vscode.TreeItem {
    return 'rows' in node ? groupItem(node) : rowItem(node);
  }

  /** Looks the models up anew, on the engines' disks too. */
  async refresh(): Promise<void> {
    await this.#services.link.client();
    await this.#read(true);
  }

  #seen(): void {
    if (this.#view.visible) void this.#services.link.attach();
    this.#follow();
  }

  #follow(): void {
    const { state } = this.#services.link;
    if (state.kind === 'ready') {
      this.#stock = { ...this.#stock, servers: state.servers };
      this.#changed.fire(undefined);
      if (this.#view.visible && this.#readOf !== state.worker.instance) void this.#read(false);
    } else if (state.kind === 'off') {
      this.#readOf = null;
      this.#stock = { servers: [], inventory: null, workflows: [] };
      this.#changed.fire(undefined);
    }
  }

  async #read(refresh: boolean): Promise<void> {
    const { link, log } = this.#services;
    const client = link.current;
    if (client === null || link.state.kind !== 'ready') return;
    const { instance } = link.state.worker;
    this.#readOf = instance;
    try {
      await this.#reading.run(
        signal =>
          Promise.all([
            client.request('models.list', { refresh }, { signal }),
            client.request('workflows.list', {}, { signal }),
          ]),
        ([inventory, { workflows }]) => {
          this.#stock = { ...this.#stock, inventory, workflows };
          this.#view.message = '';
          this.#changed.fire(undefined);
        },
      );
    } catch (error) {
      if (codeOf(error) === 'cancelled') return;
      this.#readOf = null;
      log.warn('models could not be read', error);
      const reason = error instanceof Error ? error.message : String(error);
      this.#view.message = t('The models could not be read. {0}', reason);
    }
  }
}

function groupItem({ id, label, rows }: ModelGroup): vscode.TreeItem {
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = id;
  item.description = String(rows.length);
  return item;
}

function rowItem({ id, label, description, details, problem, icon }: ModelRow): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.id = id;
  item.description = description;
  const tooltip = new vscode.MarkdownString();
  for (const detail of details) tooltip.appendText(detail).appendMarkdown('\n\n');
  item.tooltip = tooltip;
  item.iconPath = problem
    ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
    : new vscode.ThemeIcon(icon);
  const said = problem ? t('Problem: {0}', details[0] ?? '') : description;
  item.accessibilityInformation = { label: `${label}, ${said}` };
  const [kind = ''] = id.split('/', 1);
  item.contextValue = problem ? `model ${kind} problem` : `model ${kind}`;
  return item;
}
