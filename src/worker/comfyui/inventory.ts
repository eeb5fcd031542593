import type { Inventory, Model, ModelFamily } from '../../protocol/models.ts';

/** What one server offers. */
export interface ServerInventory {
  checkpoints: string[];
  loras: string[];
  vaes: string[];
  samplers: string[];
  schedulers: string[];
  /** Absent from what older workers noted. */
  backgroundModels?: string[];
  /** Node classes it knows. */
  classes: string[];
  /** Folders of its custom node packs, sorted; absent from what older workers noted. */
  packs?: string[];
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** Options of a combo input, in the old form `[[…], {}]` or the new one `["COMBO", {options: […]}]`. */
function optionsOf(info: Record<string, unknown>, node: string, input: string): string[] {
  const inputs = record(record(info[node])['input']);
  const definition = record(inputs['required'])[input] ?? record(inputs['optional'])[input];
  if (!Array.isArray(definition)) return [];
  const [first, second] = definition as unknown[];
  const options = Array.isArray(first) ? first : record(second)['options'];
  return Array.isArray(options) ? options.map(String) : [];
}

/** Custom node packs by the Python modules that the classes come from, such as `custom_nodes.ComfyUI-Impact-Pack.modules`. */
function packsOf(info: Record<string, unknown>): string[] {
  const names = Object.values(info).flatMap(node => {
    const module = record(node)['python_module'];
    return /^custom_nodes\.([^.]+)/.exec(typeof module === 'string' ? module : '')?.[1] ?? [];
  });
  return [...new Set(names)].sort();
}

/** Reads what a server offers from `/object_info`. */
export function inventoryOf(info: Record<string, unknown>): ServerInventory {
  return {
    checkpoints: optionsOf(info, 'CheckpointLoaderSimple', 'ckpt_name'),
    loras: optionsOf(info, 'LoraLoader', 'lora_name'),
    vaes: optionsOf(info, 'VAELoader', 'vae_name'),
    samplers: optionsOf(info, 'KSampler', 'sampler_name'),
    schedulers: optionsOf(info, 'KSampler', 'scheduler'),
    backgroundModels: optionsOf(info, 'LoadBackgroundRemovalModel', 'bg_removal_name'),
    classes: Object.keys(info),
    packs: packsOf(info),
  };
}

/** Family as far as a file's name tells; headers tell more where they can be read. */
export function familyOfName(name: string): ModelFamily {
  const lower = name.toLowerCase();
  if (lower.startsWith('builtin/')) return 'builtin';
  if (/sd_?xl|[-_ .]xl[-_ .\d]|^xl|pony|illustrious|animagine|noobai/.test(lower)) return 'sdxl';
  if (lower.includes('flux')) return 'flux';
  if (/sd3|stable-diffusion-3/.test(lower)) return 'sd3';
  if (/v1-?5|sd-?1[._]?5|sd15|1\.5/.test(lower)) return 'sd15';
  return 'unknown';
}

function merge(
  servers: ReadonlyMap<string, ServerInventory>,
  pick: (inventory: ServerInventory) => string[],
): Model[] {
  const models = new Map<string, Model>();
  for (const [server, inventory] of servers) {
    for (const name of pick(inventory)) {
      const family = familyOfName(name);
      const model = models.get(name) ?? {
        name,
        family,
        placeholder: family === 'builtin',
        servers: [],
        bytes: null,
        sha256: null,
        triggerWords: [],
        license: null,
      };
      model.servers.push(server);
      models.set(name, model);
    }
  }
  return [...models.values()];
}

/** What several servers offer together; samplers and schedulers in the order of the first server. */
export function mergeInventories(servers: ReadonlyMap<string, ServerInventory>): Inventory {
  const names = (pick: (inventory: ServerInventory) => string[]): string[] => [
    ...new Set([...servers.values()].flatMap(pick)),
  ];
  return {
    checkpoints: merge(servers, inventory => inventory.checkpoints),
    loras: merge(servers, inventory => inventory.loras),
    vaes: merge(servers, inventory => inventory.vaes),
    samplers: names(inventory => inventory.samplers),
    schedulers: names(inventory => inventory.schedulers),
    backgroundModels: names(inventory => inventory.backgroundModels ?? []),
  };
}
