import type { Finding } from '../../protocol/system.ts';
import { quotaBytes } from '../config.ts';
import type { Core } from '../core.ts';
import { engineReports } from '../limits/report.ts';
import { isLoopbackUrl } from '../models/server-folders.ts';
import { systemReport } from '../system/report.ts';
import { flagFindings } from './flag-findings.ts';
import { memoryFindings } from './memory-findings.ts';
import { outputFindings } from './output-findings.ts';
import { modelFindings } from './model-findings.ts';
import { workflowFindings } from './workflow-findings.ts';

const GIB = 1024 ** 3;

function gib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}

function engines(core: Core): Finding[] {
  return core.links.map((link): Finding => {
    const check = `engine ${link.name}`;
    if (link.state === 'ready') {
      return link.isBuiltin
        ? {
            check,
            level: 'note',
            message: 'The built-in engine draws placeholder art.',
            remedy:
              'For real models start ComfyUI and name it: COMFYUI_URL=http://127.0.0.1:8188, or servers in the configuration.',
          }
        : {
            check,
            level: 'ok',
            message: `ComfyUI ${link.version ?? '?'} answers at ${link.url}.`,
            remedy: null,
          };
    }
    return {
      check,
      level: 'fault',
      message: link.problem ?? `${link.url} does not answer yet.`,
      remedy:
        link.state === 'incompatible'
          ? 'Update ComfyUI, then restart it; the worker connects by itself.'
          : 'Start ComfyUI there, or correct the url in the configuration; the worker connects by itself.',
    };
  });
}

function models(core: Core): Finding[] {
  return core.links
    .filter(link => link.state === 'ready')
    .map((link): Finding => {
      const count = link.inventory?.checkpoints.length ?? 0;
      const check = `models ${link.name}`;
      return count > 0
        ? {
            check,
            level: 'ok',
            message: `${count} checkpoints, ${link.inventory?.loras.length ?? 0} LoRAs.`,
            remedy: null,
          }
        : {
            check,
            level: 'fault',
            message: 'The engine has no checkpoint.',
            remedy: "Put a checkpoint into ComfyUI's models/checkpoints folder.",
          };
    });
}

/** What the machines that the engines run on have, and how the engines were started. */
async function machines(core: Core, gpu: string | null): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { server, memory, process } of await engineReports(core)) {
    const link = core.links.find(({ name }) => name === server);
    const read = core.memory.get(server)?.last ?? null;
    if (link?.state !== 'ready') continue;
    findings.push(...(await memoryFindings(core, server, memory)));
    if (read !== null && !link.isBuiltin) {
      findings.push(...flagFindings(server, read, isLoopbackUrl(link.url) ? gpu : null));
    }
    findings.push(await outputFindings(core, server, process?.pid ?? null));
  }
  return findings;
}

/** Checks engine, models, disk, memory and the worker's own stores. */
export async function examine(core: Core): Promise<Finding[]> {
  const system = await systemReport(core.data);
  const { disk, memory } = system;
  const stored = core.index.total();
  const findings: Finding[] = [
    ...engines(core),
    ...models(core),
    ...(await machines(core, system.gpus[0]?.name ?? null)),
    ...modelFindings(core),
    ...workflowFindings(core),
  ];
  findings.push(
    disk.freeBytes < GIB
      ? {
          check: 'disk',
          level: disk.freeBytes < 0.1 * GIB ? 'fault' : 'warning',
          message: `Only ${gib(disk.freeBytes)} are free where ${core.data} lies.`,
          remedy: 'Free some space, or run dgx-pixels artifacts prune.',
        }
      : { check: 'disk', level: 'ok', message: `${gib(disk.freeBytes)} free.`, remedy: null },
    memory.availableBytes < 0.05 * memory.totalBytes
      ? {
          check: 'memory',
          level: 'warning',
          message: `Only ${gib(memory.availableBytes)} of ${gib(memory.totalBytes)} memory are available.`,
          remedy: 'Close what is not needed, or let ComfyUI unload its models.',
        }
      : {
          check: 'memory',
          level: 'ok',
          message: `${gib(memory.availableBytes)} of ${gib(memory.totalBytes)} available.`,
          remedy: null,
        },
    stored.bytes > quotaBytes(core.config)
      ? {
          check: 'artifacts',
          level: 'warning',
          message: `Artifacts take ${gib(stored.bytes)}, more than the quota; all of them are pinned or in use.`,
          remedy: 'Raise artifacts.quotaGiB, or unpin what is not needed.',
        }
      : {
          check: 'artifacts',
          level: 'ok',
          message: `${stored.count} artifacts, ${gib(stored.bytes)} of ${gib(quotaBytes(core.config))}.`,
          remedy: null,
        },
  );
  for (const notice of core.notices) {
    findings.push({ check: 'notice', level: 'warning', message: notice, remedy: null });
  }
  return findings;
}
