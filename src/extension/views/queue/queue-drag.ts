import * as vscode from 'vscode';
import { VIEWS } from '../../ids.ts';
import { t } from '../../l10n.ts';
import type { Services } from '../../services.ts';
import { type Move, moveTo } from './queue-rows.ts';
import type { QueueNode, QueueTree } from './queue-tree.ts';

const MIME = `application/vnd.code.tree.${VIEWS.queue.toLowerCase()}`;

/** Asks the worker to serve a job at another place of its lane. @throws what the worker answers */
export async function moveJob({ link, jobs }: Services, move: Move | null): Promise<void> {
  if (move === null) return;
  const client = await link.client();
  await client.request('jobs.move', { id: move.id, before: move.before });
  await jobs.refresh();
}

/** Reorders jobs by drag and drop; a job stays in its lane. */
export class QueueDrag implements vscode.TreeDragAndDropController<QueueNode> {
  readonly dragMimeTypes = [MIME];
  readonly dropMimeTypes = [MIME];
  readonly #services: Services;
  readonly #tree: QueueTree;

  constructor(services: Services, tree: QueueTree) {
    this.#services = services;
    this.#tree = tree;
  }

  handleDrag(nodes: readonly QueueNode[], data: vscode.DataTransfer): void {
    const jobs = nodes.flatMap(node => (node.kind === 'job' ? [node.job] : []));
    if (jobs.length > 0) data.set(MIME, new vscode.DataTransferItem(jobs));
  }

  async handleDrop(target: QueueNode | undefined, data: vscode.DataTransfer): Promise<void> {
    const value: unknown = data.get(MIME)?.value;
    const dragged = Array.isArray(value) ? value.filter(id => typeof id === 'string') : [];
    if (target === undefined || dragged.length === 0) return;
    const group = target.kind === 'group' ? target.group : this.#tree.groupOf(target.job);
    for (const id of dragged) {
      const own = this.#tree.groupOf(id);
      if (own === null || own.id !== group?.id || own.id === 'ended') {
        void vscode.window.showInformationMessage(
          t('A job keeps its lane; drop it among the waiting jobs of its own.'),
        );
        return;
      }
      const order = this.#tree.orderOf(id);
      const move = moveTo(order, id, target.kind === 'job' ? target.job : null);
      try {
        await moveJob(this.#services, move);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        void vscode.window.showErrorMessage(t('The job was not moved. {0}', reason));
        return;
      }
    }
  }
}
