import type { Command } from 'commander';
import type { SystemReport, WorkerStatus } from '../../protocol/system.ts';
import { columnsOf, type Context, print } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import type { ConnectionOptions } from '../options.ts';
import { table } from '../terminal/table.ts';
import { printable } from '../terminal/text.ts';
import { bytes, duration, plural } from '../terminal/units.ts';
import type { WorkerConnection } from '../../client/worker-connection.ts';
import { shortId } from '../worker/job-ids.ts';
import { addJsonOption, type CommandHost, makeCommand, onWorker } from './command.ts';

interface StatusOptions extends ConnectionOptions {
  json?: boolean;
}

function describeWorker(status: WorkerStatus): string[] {
  const { artifacts, jobs, servers, lanes } = status;
  const busy = lanes.filter(({ queued, active, paused }) => queued + active > 0 || paused);
  return [
    `Worker ${status.version}, process ${status.pid}, up ${duration(status.uptimeMs)}, ${plural(status.clients, 'client')}`,
    ...servers.flatMap(({ name, engine, state, url, version, problem, executing, memory }) => [
      `  server ${name}: ${state}, ${engine === 'builtin' ? 'built-in engine (placeholder art)' : `ComfyUI at ${url}`}` +
        `${version === null ? '' : `, ${version}`}${executing === null ? '' : ', executing'}` +
        (problem === null ? '' : `: ${problem}`),
      ...(memory == null
        ? []
        : [
            `    ${memory.pool === 'system' ? 'memory' : 'GPU memory'}: ${bytes(memory.usedBytes)} of ${bytes(memory.totalBytes)} in use, guard at ${bytes(memory.guardBytes)}`,
          ]),
    ]),
    `  jobs: ${jobs.unfinished} unfinished of ${jobs.total}`,
    ...busy.map(
      ({ lane, queued, active, paused }) =>
        `  lane ${lane}: ${active} active, ${queued} queued${paused ? ', paused' : ''}`,
    ),
    `  artifacts: ${artifacts.count}, ${bytes(artifacts.bytes)} of ${bytes(artifacts.quotaBytes)}`,
    ...status.notices.map(notice => `  notice: ${notice}`),
  ];
}

function percent(share: number | null): string {
  return share === null ? '' : `, ${Math.round(share * 100)} % busy`;
}

function describeSystem({ host, platform, arch, node, cpu, memory, disk, gpus }: SystemReport) {
  return [
    `System ${host}, ${platform} ${arch}, Node ${node}`,
    `  processor: ${cpu.model}, ${plural(cpu.cores, 'core')}, load ${cpu.load1.toFixed(2)}`,
    `  memory: ${bytes(memory.availableBytes)} available of ${bytes(memory.totalBytes)}`,
    `  disk: ${bytes(disk.freeBytes)} free of ${bytes(disk.totalBytes)} at ${disk.path}`,
    ...gpus.map(
      gpu =>
        `  GPU: ${gpu.name}${gpu.memoryTotalBytes === null ? '' : `, ${bytes(gpu.memoryUsedBytes ?? 0)} used of ${bytes(gpu.memoryTotalBytes)}${gpu.memorySource === 'system' ? ' shared with the system' : ''}`}` +
        `${percent(gpu.utilization)}${gpu.temperatureC === null ? '' : `, ${gpu.temperatureC} °C`}${gpu.powerW === null ? '' : `, ${Math.round(gpu.powerW)} W`}`,
    ),
    ...(gpus.length === 0 ? ['  GPU: none that nvidia-smi tells of'] : []),
  ];
}

async function status(
  { stdout }: Context,
  connection: WorkerConnection,
  { json }: StatusOptions,
): Promise<number> {
  const [worker, system, queue] = await Promise.all([
    connection.request('status', {}),
    connection.request('system.report', {}),
    connection.request('queue.list', { limit: 20 }),
  ]);
  if (json === true) {
    print(stdout, JSON.stringify({ worker, system, queue: queue.entries }, null, 2));
    return EXIT.done;
  }
  for (const line of [...describeWorker(worker), '', ...describeSystem(system)]) {
    print(stdout, printable(line));
  }
  if (queue.entries.length > 0) {
    const rows = queue.entries.map(({ job, run, state, lane, etaMs, title, paused }) => [
      `${shortId(job)}/${run}`,
      paused ? `${state} (paused)` : state,
      lane,
      etaMs === null ? '' : duration(etaMs),
      title,
    ]);
    const columns = [
      { title: 'QUEUE' },
      { title: 'STATE' },
      { title: 'LANE' },
      { title: 'LEFT' },
      { title: 'TITLE', shrinks: true },
    ];
    print(stdout, `\n${table(columns, rows, columnsOf(stdout))}`);
    if (queue.next !== null) print(stdout, '… and more; see "dgx-pixels jobs list"');
  }
  return EXIT.done;
}

/** `status`: worker, servers, queue and system. */
export function statusCommand(host: CommandHost): Command {
  const command = makeCommand(
    'status',
    'show the worker, its servers, the queue and the hardware',
    ['status', 'status --json | jq .system.gpus'],
  );
  addJsonOption(command);
  return onWorker(host, command, 'starts', connection =>
    status(host.context, connection, command.opts<StatusOptions>()),
  );
}
