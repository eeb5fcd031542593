import type { EngineReport } from '../../protocol/system.ts';
import type { Core } from '../core.ts';
import { isLoopbackUrl } from '../models/server-folders.ts';
import { gpuMemoryOf } from '../system/nvidia-smi.ts';
import { isStartedWith, processMemory, processOnPort } from '../system/process-of-port.ts';
import { describeMemory } from './server-memory.ts';

/** Port of a URL, the scheme's own where none is written. */
function portOf(url: string): number {
  const { port, protocol } = new URL(url);
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

/** @param argv what a ComfyUI says that it was started with; null of the built-in engine, which is our own */
async function processOf(
  url: string,
  argv: readonly string[] | null,
): Promise<EngineReport['process']> {
  if (!isLoopbackUrl(url)) return null;
  const pid = await processOnPort(portOf(url));
  if (pid === null || (argv !== null && !(await isStartedWith(pid, argv)))) return null;
  const [memory, gpuBytes] = await Promise.all([processMemory(pid), gpuMemoryOf(pid)]);
  return memory === null ? null : { pid, ...memory, gpuBytes };
}

/** What every server says of its machine now. */
export async function engineReports(core: Core): Promise<EngineReport[]> {
  return Promise.all(
    core.links.map(async link => {
      const keeper = core.memory.get(link.name);
      const memory =
        link.state === 'ready' ? ((await keeper?.look().catch(() => null)) ?? null) : null;
      const argv = [...(memory?.flags.argv ?? [])];
      const process = await processOf(link.url, link.isBuiltin ? null : argv);
      return {
        server: link.name,
        engine: link.isBuiltin ? ('builtin' as const) : ('comfyui' as const),
        memory: describeMemory(memory, core.config.memory),
        device: memory?.device ?? '',
        comfyui: memory?.comfyui ?? '',
        pytorch: memory?.pytorch ?? '',
        python: memory?.python ?? '',
        argv,
        tensorBytes: memory?.tensorBytes ?? null,
        process,
      };
    }),
  );
}
