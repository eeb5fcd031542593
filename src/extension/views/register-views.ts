import * as vscode from 'vscode';
import { report } from '../commands/report.ts';
import { Disposable, type Ends } from '../dispose.ts';
import { COMMANDS } from '../ids.ts';
import type { Services } from '../services.ts';
import { ModelsView } from './models/models-view.ts';
import { PictureFiles } from './picture-files.ts';
import { moveJob } from './queue/queue-drag.ts';
import { moveBy } from './queue/queue-rows.ts';
import type { QueueNode } from './queue/queue-tree.ts';
import { QueueView } from './queue/queue-view.ts';
import { ResultsView } from './results/results-view.ts';

class Views extends Disposable {
  readonly #services: Services;

  constructor(services: Services) {
    super();
    this.#services = services;
    const { context, link, log } = services;
    const pictures = this._register(new PictureFiles(context.globalStorageUri, link, log));
    const { tree } = this._register(new QueueView(services, pictures));
    this._register(new ResultsView(services, pictures));
    const models = this._register(new ModelsView(services));
    this.#command(COMMANDS.refreshModels, () => models.refresh());
    this.#command(COMMANDS.pauseLane, node => this.#lane('lanes.pause', node));
    this.#command(COMMANDS.resumeLane, node => this.#lane('lanes.resume', node));
    const move = (step: -1 | 1) => async (node: QueueNode | undefined) => {
      if (node?.kind !== 'job') return;
      await moveJob(services, moveBy(tree.orderOf(node.job), node.job, step));
    };
    this.#command(COMMANDS.moveJobUp, move(-1));
    this.#command(COMMANDS.moveJobDown, move(1));
  }

  #command(id: string, run: (node: QueueNode | undefined) => Promise<void>): void {
    const { log } = this.#services;
    const guarded = async (node: QueueNode | undefined): Promise<void> => {
      try {
        await run(node);
      } catch (error) {
        report(error, log);
      }
    };
    this._register(vscode.commands.registerCommand(id, guarded));
  }

  async #lane(method: 'lanes.pause' | 'lanes.resume', node: QueueNode | undefined): Promise<void> {
    if (node?.kind !== 'group' || node.group.id === 'ended') return;
    const { link, jobs } = this.#services;
    const client = await link.client();
    await client.request(method, { lane: node.group.id });
    await jobs.refresh();
  }
}

/** Registers the views of the activity bar and the commands that only they use. */
export function registerViews(services: Services): Ends {
  return new Views(services);
}
