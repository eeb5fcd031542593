import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bindRecipe } from '../../src/project/workflows/bind.ts';
import { defineWorkflow } from '../../src/project/workflows/definition.ts';
import type { Graph } from '../../src/project/workflows/graph.ts';
import type { RecipeInput } from '../../src/protocol/recipe.ts';
import { Folder, freePort, startEngine } from '../../test/helpers/processes.ts';
import { someRecipe } from '../../test/helpers/recipes.ts';

/** The engine that the worker and the bare loop draw on in turn, and what they draw. */
export interface Subject extends AsyncDisposable {
  url: string;
  /** Engine and drawing, for the table. */
  title: string;
  /** Runs each way, over all rounds, and runs of a round whose latency is taken. */
  jobs: number;
  latencyRuns: number;
  /** A recipe, each with a seed of its own. */
  recipe: () => RecipeInput;
  /** The graph that the worker would post for such a recipe. */
  graph: () => Graph;
}

/** What both draw: all that a recipe says beside its seed. */
interface Drawing {
  workflow: string;
  checkpoint: string;
  renderSize: [number, number];
  steps: number;
}

/** Of the built-in engine: 20 steps of 14 ms, saved as a PNG of 1.5 MB. */
const BUILTIN: Drawing = {
  workflow: 'sprite-sdxl',
  checkpoint: 'builtin/arcade.safetensors',
  renderSize: [1024, 1024],
  steps: 20,
};
const STEP_MS = '14';
const PNG_BYTES = '1500000';

/** Of a real ComfyUI: the tiny SD 1.5 checkpoint, which a CPU samples about as fast. */
const TINY: Drawing = {
  workflow: 'sprite-sd15',
  checkpoint: 'tiny15.safetensors',
  renderSize: [64, 64],
  steps: 12,
};

function drawer({ workflow: name, ...drawing }: Drawing): Pick<Subject, 'recipe' | 'graph'> {
  const file = join(import.meta.dirname, '..', '..', 'workflows', `${name}.json`);
  const workflow = defineWorkflow(name, JSON.parse(readFileSync(file, 'utf8')));
  const { negative, cfg, sampler, scheduler } = workflow.defaults;
  // Seeds of another bench on the same server would find their pictures in its cache.
  let seed = Date.now();
  return {
    recipe: () => ({
      ...drawing,
      workflow: name,
      prompt: 'rusty sword',
      size: 32,
      seed: (seed += 1000),
    }),
    graph: () => {
      seed += 1000;
      const recipe = someRecipe({ ...drawing, negative, cfg, sampler, scheduler, seed });
      return bindRecipe(workflow, recipe, { savePrefix: `bare/${seed}`, initImage: null });
    },
  };
}

/** A built-in engine of its own. */
export async function builtinSubject(): Promise<Subject> {
  const folder = new Folder();
  const port = await freePort();
  const options = ['--step-ms', STEP_MS, '--load-ms', '5', '--pad-png-to', PNG_BYTES];
  const engine = await startEngine(folder.path, port, ...options);
  return {
    ...drawer(BUILTIN),
    url: `http://127.0.0.1:${port}`,
    title: 'built-in engine, runs of 300 ms, PNG of 1.5 MB',
    jobs: 200,
    latencyRuns: 8,
    [Symbol.asyncDispose]: async () => {
      await engine.kill();
      folder[Symbol.dispose]();
    },
  };
}

/**
 * A ComfyUI that runs already and has the tiny checkpoint of `scripts/write-tiny-checkpoints.ts`.
 * @throws Error when it does not answer or lacks it
 */
export async function comfyuiSubject(address: string): Promise<Subject> {
  const url = address.replace(/\/+$/, '');
  const get = async (path: string): Promise<unknown> => (await fetch(`${url}${path}`)).json();
  const { system } = (await get('/system_stats')) as { system: Record<string, string> };
  const checkpoints = (await get('/models/checkpoints')) as string[];
  if (!checkpoints.includes(TINY.checkpoint)) {
    throw new Error(
      `${url} lacks ${TINY.checkpoint}; write it with scripts/write-tiny-checkpoints.ts.`,
    );
  }
  const python = (system['python_version'] ?? '').split(' ', 1).join();
  return {
    ...drawer(TINY),
    url,
    title: `ComfyUI ${system['comfyui_version']}, Python ${python}, PyTorch ${system['pytorch_version']}, ${TINY.checkpoint} at 64², ${TINY.steps} steps`,
    jobs: 60,
    latencyRuns: 6,
    [Symbol.asyncDispose]: async () => undefined,
  };
}
