import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RgbaImage } from '../../src/pixels/image.ts';
import type { Role } from '../../src/project/workflows/roles.ts';
import { Folder } from '../helpers/processes.ts';
import {
  type Change,
  changesOf,
  isBesideRecipes,
  type RoleWorld,
  SHIPPED_NAMES,
  shippedWorkflow,
} from '../helpers/role-changes.ts';
import {
  askServer,
  comfyui,
  describeComfyui,
  pixelDigest,
  SDXL_TINY,
  Studio,
  TINY15,
} from './studio.ts';

const WORKFLOWS = SHIPPED_NAMES.map(shippedWorkflow);

/** What a workflow needs of the server beside the tiny checkpoints; undefined when it is there. */
async function lackOf(workflow: (typeof WORKFLOWS)[number]): Promise<string | undefined> {
  const server = inject('comfyui');
  if (server === null || workflow.models?.background === undefined) return undefined;
  const names = await askServer(server.url, '/models/background_removal').catch(() => []);
  return Array.isArray(names) && names.length > 0
    ? undefined
    : `${workflow.name} needs a model in background_removal`;
}

/**
 * How far apart two pictures are. A batch of another size sums in another order, so that on a CPU less than one value in a thousand comes
 * out one level higher or lower; other pictures differ in half their values by up to 255. (The built-in engine's are equal to the byte.)
 */
function differenceOf(one: RgbaImage, other: RgbaImage | undefined) {
  let most = 0;
  let count = 0;
  for (const [place, value] of one.data.entries()) {
    const difference = Math.abs(value - (other?.data[place] ?? Number.NaN));
    if (difference !== 0) count++;
    if (!(difference <= most)) most = difference;
  }
  return { mostly: count / one.data.length < 0.001 ? 'equal' : 'other', most: Math.max(1, most) };
}

const lacks = new Map<string, string>();
for (const workflow of WORKFLOWS) {
  const lack = await lackOf(workflow);
  if (lack !== undefined) lacks.set(workflow.name, lack);
}

for (const [family, base, other] of [
  ['sd15', TINY15, 'tiny15-b.safetensors'],
  ['sdxl', SDXL_TINY, 'sdxl-tiny-b.safetensors'],
] as const) {
  const suite = `every role of every workflow on ${base.checkpoint}`;
  describeComfyui(
    suite,
    base.checkpoint,
    other,
  )(suite, () => {
    let studio: Studio;
    let world: RoleWorld;

    beforeAll(async () => {
      studio = await Studio.open(comfyui().url);
      const initOf = async (seed: number): Promise<string> => {
        const { run } = await studio.draw({ ...TINY15, seed });
        return run.images[0]?.raw ?? '';
      };
      world = {
        otherCheckpoint: other,
        loras: [`tiny-${family}-a.safetensors`, `tiny-${family}-b.safetensors`],
        vae: 'tiny-vae.safetensors',
        inits: { one: await initOf(1), other: await initOf(2) },
        renderSize: '64x72',
      };
    });

    afterAll(async () => {
      await studio[Symbol.asyncDispose]();
    });

    async function pixelsOf(recipe: Change): Promise<string> {
      const { pictures } = await studio.draw(recipe);
      return pictures.map(pixelDigest).join(' + ');
    }

    for (const workflow of WORKFLOWS.filter(each => each.family === family)) {
      const { roles } = workflow;
      const lack = lacks.get(workflow.name);
      if (lack !== undefined) process.stdout.write(`skipped: ${lack}\n`);
      describe.skipIf(lack !== undefined)(workflow.name, () => {
        const seen = new Map<string, string>();
        const plain = (): Change => ({
          ...base,
          workflow: workflow.name,
          ...(roles.init && { init: { image: world.inits.one, denoise: 0.6 } }),
        });

        it('draws the same pixels again once the engine has forgotten everything', async () => {
          const first = await pixelsOf(plain());
          await askServer(comfyui().url, '/free', { unload_models: true, free_memory: true });
          expect(await pixelsOf(plain())).toBe(first);
          seen.set(first, 'the plain recipe');
        });

        for (const role of Object.keys(roles) as Role[]) {
          if (isBesideRecipes(role)) continue;
          it(`draws something else for another ${role}`, async () => {
            for (const change of changesOf(role, world)) {
              const pixels = await pixelsOf({ ...plain(), ...change });
              expect(seen.get(pixels), JSON.stringify(change)).toBeUndefined();
              seen.set(pixels, JSON.stringify(change));
            }
          });
        }

        it.skipIf(workflow.models?.distill === undefined)(
          'is refused on a checkpoint of a family that its distillation LoRA is not for',
          async () => {
            const recipe = { ...plain(), checkpoint: TINY15.checkpoint };
            await expect(studio.submit(recipe)).rejects.toMatchObject({
              code: 'invalid-params',
              message: expect.stringMatching(/lcm-lora-sdxl.* is for SDXL/) as unknown,
            });
          },
        );

        it.skipIf(workflow.models?.distill === undefined)(
          'draws something else with another distillation LoRA, which its results name',
          async () => {
            using data = new Folder();
            const [other] = world.loras;
            mkdirSync(join(data.path, 'workflows'));
            writeFileSync(
              join(data.path, 'workflows', `${workflow.name}.roles.yaml`),
              `models: { distill: ${other} }\n`,
            );
            await using overlaid = await Studio.open(comfyui().url, { data: data.path });
            const { run, pictures } = await overlaid.draw(plain());
            const pixels = pictures.map(pixelDigest).join(' + ');
            expect(seen.get(pixels)).toBeUndefined();
            seen.set(pixels, 'another distillation LoRA');
            const names = async (of: Studio, digest: string) =>
              (await of.client.request('artifacts.recipe', { digest })).engine?.models.map(
                ({ kind, name }) => `${kind} ${name}`,
              );
            const loaded = [`checkpoint ${base.checkpoint}`];
            expect(await names(overlaid, run.images[0]?.raw ?? '')).toEqual([
              ...loaded,
              `lora ${other}`,
            ]);
            const usual = await studio.draw(plain());
            expect(await names(studio, usual.run.images[0]?.raw ?? '')).toEqual([
              ...loaded,
              'lora lcm-lora-sdxl.safetensors',
            ]);
          },
        );

        it.skipIf(roles.batch === undefined)(
          'draws each image of a batch alone: equal, but for one level in less than a thousandth of the values',
          async () => {
            const { pictures } = await studio.draw({ ...plain(), batch: 3 });
            for (const [index, picture] of pictures.entries()) {
              const alone = await studio.draw({ ...plain(), batch: 3, batchIndex: index });
              expect(alone.pictures).toHaveLength(1);
              expect(differenceOf(picture, alone.pictures[0])).toEqual({
                mostly: 'equal',
                most: 1,
              });
              expect(alone.run.images[0]).toMatchObject({ index, size: 3 });
            }
          },
        );
      });
    }
  });
}
