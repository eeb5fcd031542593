/**
 * Writes checkpoints of random weights, so small that a ComfyUI samples from them on a CPU within a second:
 * `node scripts/write-tiny-checkpoints.ts --out MODELS [--only tiny15|sdxl-tiny] [--seed TEXT] [--lora] [--force]`.
 * They go to MODELS/checkpoints, MODELS/vae and MODELS/loras; files that exist are kept.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  checkpointTensors,
  textlessTensors,
  TINY_CHECKPOINTS,
  type TinyCheckpoint,
  vaeTensors,
} from './tiny-models/checkpoints.ts';
import { loraTensors, TINY_LORAS } from './tiny-models/loras.ts';
import { type Tensor, writeSafetensors } from './tiny-models/safetensors.ts';

const USAGE =
  'usage: node scripts/write-tiny-checkpoints.ts --out MODELS [--only tiny15|sdxl-tiny] [--seed TEXT] [--lora] [--force]';

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        out: { type: 'string' },
        only: { type: 'string' },
        seed: { type: 'string' },
        lora: { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
      },
    });
    const { out, only } = values;
    if (out === undefined) throw new Error('--out is missing: name the folder of the models.');
    const names = Object.keys(TINY_CHECKPOINTS) as TinyCheckpoint[];
    const wanted = only === undefined ? names : names.filter(name => name === only);
    if (wanted.length === 0) {
      throw new Error(`--only knows ${names.join(' and ')}, not "${String(only)}".`);
    }
    return { ...values, out, wanted };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return null;
  }
}

async function write(
  path: string,
  force: boolean,
  tensors: () => readonly Tensor[],
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  if (!force && existsSync(path)) return;
  const started = performance.now();
  const bytes = await writeSafetensors(path, tensors(), metadata);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${path} ${(bytes / 1e6).toFixed(1)} MB in ${seconds} s`);
}

const options = readOptions();
if (options === null) process.exitCode = 2;
else {
  const { out, wanted, seed, lora, force } = options;
  const checkpoints = join(out, 'checkpoints');
  mkdirSync(checkpoints, { recursive: true });
  for (const name of wanted) {
    const file = seed === undefined ? name : `${name}-${seed}`;
    await write(join(checkpoints, `${file}.safetensors`), force, () =>
      checkpointTensors(name, seed),
    );
  }
  if (wanted.includes('tiny15')) {
    await write(join(checkpoints, 'tiny15-textless.safetensors'), force, textlessTensors);
  }
  mkdirSync(join(out, 'vae'), { recursive: true });
  await write(join(out, 'vae', 'tiny-vae.safetensors'), force, () => vaeTensors());
  if (lora) {
    const loras = join(out, 'loras');
    mkdirSync(loras, { recursive: true });
    for (const each of TINY_LORAS) {
      await write(
        join(loras, `${each.name}.safetensors`),
        force,
        () => loraTensors(each),
        each.metadata,
      );
    }
  }
}
