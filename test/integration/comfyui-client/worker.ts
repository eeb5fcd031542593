import { join } from 'node:path';
import { connectLocal } from '../../../src/client/discover.ts';
import type { WorkerClient } from '../../../src/client/worker-client.ts';
import type { Run } from '../../../src/protocol/jobs.ts';
import { parseConfig } from '../../../src/worker/config.ts';
import { createLog } from '../../../src/worker/log.ts';
import { startWorker, type Worker } from '../../../src/worker/worker.ts';
import { Folder, jobEnd, newJob, runsOf, until } from '../../helpers/processes.ts';

const SOURCE = join(import.meta.dirname, '..', '..', '..', 'src', 'worker');

/** A worker in this process, from source, with a client of it. */
export class Bench implements AsyncDisposable {
  readonly #folder = new Folder();
  readonly worker: Worker;
  readonly client: WorkerClient;

  private constructor(folder: Folder, worker: Worker, client: WorkerClient) {
    this.#folder = folder;
    this.worker = worker;
    this.client = client;
  }

  /**
   * @param config of the worker beside its data folder
   */
  static async open(url: string, config: object = {}): Promise<Bench> {
    const folder = new Folder();
    const runtime = join(folder.path, 'run');
    process.env['DGX_PIXELS_RUNTIME'] = runtime;
    const worker = await startWorker({
      version: '0.0.0',
      config: parseConfig(
        { data: folder.path, servers: [{ name: 'box', url }], ...config },
        'test',
      ),
      files: {
        pixelsThread: join(SOURCE, 'images', 'pixels-thread.ts'),
        engineThread: join(SOURCE, 'builtin', 'engine-thread.ts'),
        hashThread: join(SOURCE, 'models', 'hash-thread.ts'),
        workflows: join(SOURCE, '..', '..', 'workflows'),
      },
      log: createLog('silent'),
    });
    const client = await until('the worker answers', () =>
      connectLocal(runtime, { client: { name: 'test', version: '0' } }),
    );
    return new Bench(folder, worker, client);
  }

  async submit(...parameters: Parameters<typeof newJob>): Promise<string> {
    const job = newJob(...parameters);
    await this.client.request('jobs.submit', job);
    return job.id;
  }

  ended(job: string) {
    return jobEnd(this.client, job);
  }

  async run(job: string): Promise<Run> {
    const [run] = await runsOf(this.client, job);
    if (run === undefined) throw new Error('a job without runs');
    return run;
  }

  /** Reasons of a run's transitions, in order. */
  async reasons(job: string): Promise<string[]> {
    const { history } = await this.client.request('runs.get', { job, run: 0 });
    return history.map(({ reason }) => reason);
  }

  async untilRunning(job: string): Promise<void> {
    await until('it is sampling', async () => (await this.run(job)).state === 'running');
  }

  async server() {
    const { servers } = await this.client.request('status', {});
    const [server] = servers;
    if (server === undefined) throw new Error('a worker without servers');
    return server;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close();
    this.worker.stop(false, 'the test is over');
    await this.worker.ended;
    this.#folder[Symbol.dispose]();
  }
}
