import type { Finding } from '../../protocol/system.ts';
import type { EngineMemory } from '../limits/engine-memory.ts';
import type { LaunchFlags } from '../limits/launch-flags.ts';

type Found = Omit<Finding, 'check'>;

/** Addresses on which only this machine gets in. */
const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/;

/** ComfyUI's caching by its start flags. The default keeps only what the current prompt uses, loaded checkpoints included. */
function caching(flags: LaunchFlags): Found {
  const lru = flags.values('--cache-lru');
  const ram = flags.values('--cache-ram');
  const remedy = 'Start ComfyUI with --cache-lru 100, or with --cache-ram 8 16.';
  if (flags.has('--cache-none')) {
    return {
      level: 'warning',
      message:
        '--cache-none keeps nothing: models are loaded and prompts encoded anew for every run.',
      remedy,
    };
  }
  if (lru !== null && Number(lru[0]) > 0) {
    return {
      level: 'ok',
      message: `--cache-lru ${lru[0]} keeps models between runs.`,
      remedy: null,
    };
  }
  // One number is the headroom of the prompt under way; the others' stays all of the memory.
  if (ram !== null && ram.length >= 2) {
    return {
      level: 'ok',
      message: `--cache-ram ${ram.join(' ')} keeps models between runs while memory allows.`,
      remedy: null,
    };
  }
  if (flags.has('--cache-classic') || flags.has('--high-ram')) {
    return {
      level: 'note',
      message:
        'This cache mode keeps only what the newest run uses too: a run of another checkpoint makes the first one load again.',
      remedy,
    };
  }
  return {
    level: 'warning',
    message:
      'The default cache throws away everything that the current run does not use, the loaded checkpoint included: runs that take turns between checkpoints load them from disk each time.',
    remedy,
  };
}

function previews(flags: LaunchFlags): Found | null {
  const method = flags.values('--preview-method')?.[0] ?? 'none';
  return method === 'none'
    ? {
        level: 'note',
        message: 'Previews are off: a run shows nothing until it is done.',
        remedy: 'Start ComfyUI with --preview-method latent2rgb.',
      }
    : null;
}

function smartMemory(flags: LaunchFlags): Found | null {
  return flags.has('--disable-smart-memory')
    ? {
        level: 'warning',
        message: '--disable-smart-memory unloads all models after each run.',
        remedy: 'Start ComfyUI without it.',
      }
    : null;
}

/** ComfyUI asks nobody who he is, and a workflow can make custom nodes run anything. */
function exposure(flags: LaunchFlags): Found | null {
  const listen = flags.values('--listen');
  const addresses =
    listen === null ? [] : listen.length === 0 ? ['0.0.0.0', '::'] : (listen[0] ?? '').split(',');
  const open = addresses.map(address => address.trim()).filter(address => !LOOPBACK.test(address));
  if (open.length > 0) {
    return {
      level: 'warning',
      message: `It listens on ${open.join(' and ')} and has no login: whoever reaches that port can queue prompts, read and replace files.`,
      remedy:
        'Start ComfyUI with --listen 127.0.0.1 and reach it through SSH or a proxy that asks for a password; the worker sends one with servers[].headers.',
    };
  }
  return flags.has('--enable-cors-header')
    ? {
        level: 'warning',
        message: '--enable-cors-header lets web pages of other origins use it from your browser.',
        remedy: 'Start ComfyUI without it; the worker needs no such header.',
      }
    : null;
}

function apiNodes(flags: LaunchFlags): Found | null {
  return flags.has('--disable-api-nodes')
    ? null
    : {
        level: 'note',
        message: 'Nodes of paid services are loaded, which no workflow of DGX-Pixels uses.',
        remedy:
          'Start ComfyUI with --disable-api-nodes for a smaller node list and no calls outside.',
      };
}

/** What start flags and versions mean for a machine whose GPU shares the system's memory. */
function unified({ flags, pytorch, traits }: EngineMemory): (Found | null)[] {
  if (!traits.shared || traits.device !== 'gpu') return [];
  const cuda = /\+cu(\d{2})/.exec(pytorch)?.[1];
  return [
    cuda !== undefined && Number(cuda) < 13
      ? {
          level: 'warning',
          message: `PyTorch ${pytorch} was built for CUDA ${cuda}: ComfyUI switches its own CUDA kernels off below CUDA 13, and a GB10 ran SD 1.5 nearly twice as fast with 13 in one report.`,
          remedy:
            'pip3 install torch torchvision --index-url https://download.pytorch.org/whl/cu130',
        }
      : null,
    flags.has('--disable-mmap')
      ? null
      : {
          level: 'note',
          message:
            'On unified memory a mapped model file and its copy on the GPU lie in the same memory, so that loading takes about twice the model (ComfyUI #10896).',
          remedy: 'If loading is slow or runs out of memory, try ComfyUI with --disable-mmap.',
        },
  ];
}

/** CUDA counts the page cache as taken, although the system would give it back. */
function pageCache({ traits, believedFreeBytes, freeBytes }: EngineMemory): Found | null {
  if (!traits.shared || traits.device !== 'gpu' || believedFreeBytes >= 0.6 * freeBytes)
    return null;
  const gb = (bytes: number): string => `${(bytes / 1e9).toFixed(0)} GB`;
  return {
    level: 'note',
    message: `ComfyUI sees only ${gb(believedFreeBytes)} free of ${gb(freeBytes)} that the system could give: the rest is page cache.`,
    remedy: 'As root: sync; echo 3 > /proc/sys/vm/drop_caches',
  };
}

/** @param gpu name of a GPU of the machine that the engine runs on */
function wrongDevice({ traits, flags, pytorch }: EngineMemory, gpu: string | null): Found | null {
  if (traits.device !== 'cpu' || gpu === null) return null;
  return flags.has('--cpu')
    ? {
        level: 'warning',
        message: `--cpu makes it draw on the processor, although there is a ${gpu}.`,
        remedy: 'Start ComfyUI without --cpu.',
      }
    : {
        level: 'fault',
        message: `It draws on the processor with PyTorch ${pytorch}, although there is a ${gpu}: that PyTorch has no kernels for it.`,
        remedy: 'pip3 install torch torchvision --index-url https://download.pytorch.org/whl/cu130',
      };
}

/**
 * What the start flags and the device of a real ComfyUI mean for its users.
 * @param gpu name of a GPU of the machine that it runs on; null when there is none or it is another machine
 */
export function flagFindings(server: string, memory: EngineMemory, gpu: string | null): Finding[] {
  const { flags } = memory;
  if (flags.argv.length === 0) {
    const message = 'It does not tell how it was started.';
    return [{ check: `flags ${server}`, level: 'note', message, remedy: null }];
  }
  const found: (readonly [string, Found | null])[] = [
    ['cache', caching(flags)],
    ['previews', previews(flags)],
    ['models', smartMemory(flags)],
    ['access', exposure(flags)],
    ['nodes', apiNodes(flags)],
    ...unified(memory).map(finding => ['unified memory', finding] as const),
    ['page cache', pageCache(memory)],
    ['device', wrongDevice(memory, gpu)],
  ];
  return found.flatMap(([what, finding]) =>
    finding === null ? [] : [{ check: `${what} ${server}`, ...finding }],
  );
}
