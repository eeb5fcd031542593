import type { WorkerClient } from '../../client/worker-client.ts';
import type { Inventory, WorkflowInfo } from '../../protocol/models.ts';

/** What the worker really has. */
export interface Stock {
  models: Inventory;
  workflows: readonly WorkflowInfo[];
}

/** Asks the worker what it has. @throws what it answers */
export async function readStock(client: WorkerClient): Promise<Stock> {
  const [models, { workflows }] = await Promise.all([
    client.request('models.list', {}),
    client.request('workflows.list', {}),
  ]);
  return { models, workflows };
}
