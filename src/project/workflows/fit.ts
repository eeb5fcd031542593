import { PixelsError } from '../../protocol/errors.ts';
import type { Inventory } from '../../protocol/models.ts';
import { digestOfValue } from '../digest.ts';
import type { NeededFile, Workflow } from './definition.ts';
import { bridgeLoader } from './edit.ts';
import { FILE_ROLES, type FileRole, inputsOfRole } from './roles.ts';

const WORDS: Record<FileRole, { kind: string; folder: string }> = {
  distill: { kind: 'distillation LoRA', folder: 'models/loras' },
  background: { kind: 'background removal model', folder: 'models/background_removal' },
};

function plain(name: string): string {
  return name
    .replace(/^.*[/\\]/, '')
    .toLowerCase()
    .replace(/[_ ]/g, '-');
}

function isLike(name: string, pattern: string): boolean {
  const parts = plain(pattern)
    .split('*')
    .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(plain(name));
}

/** The name that the earliest pattern fits: exactly, else without folder, case and the difference of `_` and `-`. */
export function findFile(patterns: readonly string[], names: readonly string[]): string | null {
  for (const pattern of patterns) {
    const found = names.find(name => name === pattern) ?? names.find(name => isLike(name, pattern));
    if (found !== undefined) return found;
  }
  return null;
}

/** Says which file is missing, what to put where, and how to name another. */
export function missingFile(
  workflow: Pick<Workflow, 'name'>,
  role: FileRole,
  { files, get }: NeededFile,
): PixelsError {
  const { kind, folder } = WORDS[role];
  const [first = '(none named)'] = files;
  const source = get === null ? '' : ` (${get})`;
  return new PixelsError(
    'unknown-model',
    `The workflow ${workflow.name} needs the ${kind} ${first}, which the engine does not have. Put it${source} into ComfyUI's ${folder} folder, or name another one in the worker's workflows folder: ${workflow.name}.roles.yaml with "models: { ${role}: FILE }".`,
    { workflow: workflow.name, role, kind, files, folder },
  );
}

/** Files of a role that an engine has; the built-in one's and a ComfyUI's are never mixed. */
function filesOf(role: FileRole, inventory: Inventory, placeholder: boolean | null): string[] {
  if (role === 'background') return inventory.backgroundModels ?? [];
  return inventory.loras
    .filter(model => placeholder === null || model.placeholder === placeholder)
    .map(model => model.name);
}

/**
 * Fits a workflow to an engine: writes into the nodes with the role `distill` or `background` the file that the engine has. The built-in
 * engine draws in no time and has no distilled model: there a `distill` loader that finds no file is bridged.
 * @param placeholder whether the recipe's checkpoint is the built-in engine's; null when it has none
 * @returns the same workflow when nothing had to change, else one with a graph, roles and digest of its own
 * @throws PixelsError `unknown-model` when the engine lacks a file
 */
export function fitWorkflow(
  workflow: Workflow,
  inventory: Inventory,
  placeholder: boolean | null,
): Workflow {
  let fitted: Workflow | null = null;
  for (const role of FILE_ROLES) {
    const needed = workflow.models?.[role];
    if (needed === undefined) continue;
    const file = findFile(needed.files, filesOf(role, inventory, placeholder));
    const bridges = role === 'distill' && placeholder === true;
    if (file === null && !bridges) throw missingFile(workflow, role, needed);
    for (const id of workflow.roles[role] ?? []) {
      const node = workflow.graph[id];
      const [input] = (node && inputsOfRole(node, role)) ?? [];
      if (node === undefined || input === undefined || node.inputs[input] === file) continue;
      fitted ??= {
        ...workflow,
        graph: structuredClone(workflow.graph),
        roles: { ...workflow.roles },
      };
      const own = fitted.graph[id];
      if (file !== null && own !== undefined) own.inputs[input] = file;
      if (file === null) {
        bridgeLoader(fitted.graph, id);
        Reflect.deleteProperty(fitted.roles, role);
      }
    }
  }
  return fitted === null ? workflow : { ...fitted, digest: digestOfValue(fitted.graph) };
}
