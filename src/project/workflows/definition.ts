import { PixelsError } from '../../protocol/errors.ts';
import type { ModelFamily } from '../../protocol/models.ts';
import type { PixelSettings } from '../../protocol/pixels.ts';
import { renderSizeSchema, type Size } from '../../protocol/recipe.ts';
import { digestOfValue } from '../digest.ts';
import { type Graph, type GraphNode, isLink, parseGraph } from './graph.ts';
import {
  FILE_ROLES,
  type FileRole,
  inputsOfRole,
  type Role,
  type RoleMap,
  rolesOf,
  writtenRoles,
} from './roles.ts';
import type { WorkflowSidecar } from './sidecar.ts';

/** Files that fit a role, the preferred ones first; see the sidecar's schema. */
export interface NeededFile {
  files: string[];
  /** Where the first of them comes from, for a person. */
  get: string | null;
}

/** A graph that recipes can be bound to. */
export interface Workflow {
  name: string;
  title: string;
  description: string;
  family: ModelFamily;
  graph: Graph;
  /** SHA-256 of the graph as canonical JSON. */
  digest: string;
  roles: RoleMap;
  renderSizes: Size[];
  /** Files that it needs beside those of a recipe; absent where it needs none. */
  models?: Partial<Record<FileRole, NeededFile>>;
  /** Pixel settings of a recipe that names none; absent: the usual ones. */
  pixels?: PixelSettings;
  defaults: {
    negative: string;
    steps: number;
    cfg: number;
    sampler: string;
    scheduler: string;
    checkpoint: string | null;
  };
}

/** SDXL's training buckets of about one megapixel (Podell et al. 2023, appendix I), the squarest first. */
const SDXL_SIZES: Size[] = [
  [1024, 1024],
  [1152, 896],
  [896, 1152],
  [1216, 832],
  [832, 1216],
  [1344, 768],
  [768, 1344],
  [1536, 640],
  [640, 1536],
];

/** Sizes near the 512×512 that SD 1.5 was trained on. */
const SD15_SIZES: Size[] = [
  [512, 512],
  [640, 448],
  [448, 640],
  [768, 384],
  [384, 768],
];

function literal(graph: Graph, roles: RoleMap, role: Role): unknown {
  const id = roles[role]?.[0];
  const node = id === undefined ? undefined : graph[id];
  const input = node === undefined ? null : inputsOfRole(node, role);
  const value = node?.inputs[input?.[0] ?? ''];
  return isLink(value) ? undefined : value;
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

function textOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

function graphSize(graph: Graph, roles: RoleMap): Size | null {
  const node = graph[roles.size?.[0] ?? ''];
  const width = node?.inputs['width'];
  const height = node?.inputs['height'];
  return typeof width === 'number' && typeof height === 'number' ? [width, height] : null;
}

function neededFiles(
  graph: Graph,
  roles: RoleMap,
  sidecar: WorkflowSidecar,
): Partial<Record<FileRole, NeededFile>> {
  const needed: Partial<Record<FileRole, NeededFile>> = {};
  for (const role of FILE_ROLES) {
    if (roles[role] === undefined) continue;
    const named = sidecar.models?.[role];
    const own = textOr(literal(graph, roles, role), null);
    const files = named?.files ?? (own === null ? [] : [own]);
    needed[role] = { files, get: (named && 'get' in named ? named.get : undefined) ?? null };
  }
  return needed;
}

/** The sizes of a family, before them the one that the graph itself was made for. */
function usualSizes(family: ModelFamily, own: Size | null): Size[] {
  const sizes = family === 'sd15' ? SD15_SIZES : SDXL_SIZES;
  const usable = renderSizeSchema.safeParse(own);
  if (!usable.success) return sizes;
  const [width, height] = usable.data;
  return sizes.some(size => size[0] === width && size[1] === height)
    ? sizes
    : [[width, height], ...sizes];
}

/** Roles of a sidecar are written onto the nodes, so that the graph's digest tells roles apart too. */
function withSidecarRoles(graph: Graph, roles: WorkflowSidecar['roles'] = {}): Graph {
  const entries = Object.entries(graph).map(([id, node]): [string, GraphNode] => {
    const role = roles[id];
    if (role === undefined || writtenRoles(node).length > 0) return [id, node];
    return [id, { ...node, _meta: { ...node._meta, role } }];
  });
  return Object.fromEntries(entries);
}

/** What must have a role for the graph to be of use: something that saves, and a prompt or an image to work on. */
function requiredRoles(roles: RoleMap): Role[] {
  return roles.init === undefined ? ['positive', 'save'] : ['save'];
}

/**
 * Makes a workflow of a parsed JSON file and its sidecar. Defaults are the graph's own literals.
 * @throws PixelsError `invalid-workflow`, `missing-role` when nothing takes a prompt or an image, or saves one
 */
export function defineWorkflow(
  name: string,
  json: unknown,
  sidecar: WorkflowSidecar = {},
): Workflow {
  const plain = parseGraph(json, name);
  const roles = rolesOf(plain, name, sidecar.roles);
  const graph = withSidecarRoles(plain, sidecar.roles);
  if (roles.save === undefined) {
    const saving = Object.keys(graph).filter(id => graph[id]?.class_type === 'SaveImage');
    if (saving.length === 1) roles.save = saving;
  }
  for (const role of requiredRoles(roles)) {
    if (roles[role] === undefined) {
      throw new PixelsError(
        'missing-role',
        `The workflow ${name} has no node with the role "${role}". Tag one: give it the title "@${role}", or let "dgx-pixels workflow tag FILE" propose roles.`,
        { workflow: name, role },
      );
    }
  }
  const size = graphSize(graph, roles);
  const models = neededFiles(graph, roles, sidecar);
  const family = sidecar.family ?? (size !== null && size[0] * size[1] < 600_000 ? 'sd15' : 'sdxl');
  return {
    name,
    title: sidecar.title ?? name,
    description: sidecar.description ?? '',
    family,
    graph,
    digest: digestOfValue(graph),
    roles,
    renderSizes: sidecar.renderSizes ?? usualSizes(family, size),
    ...(Object.keys(models).length > 0 && { models }),
    ...(sidecar.pixels && { pixels: sidecar.pixels }),
    defaults: {
      negative: textOr(literal(graph, roles, 'negative'), ''),
      steps: numberOr(literal(graph, roles, 'steps'), 20),
      cfg: numberOr(literal(graph, roles, 'cfg'), 7),
      sampler: textOr(literal(graph, roles, 'sampler'), 'euler'),
      scheduler: textOr(literal(graph, roles, 'scheduler'), 'normal'),
      checkpoint: textOr(literal(graph, roles, 'checkpoint'), null),
    },
  };
}

/** The render size whose shape is nearest to the sprite's, the first of equals. */
export function chooseRenderSize(sizes: readonly Size[], sprite: Size): Size {
  const shape = Math.log(sprite[0] / sprite[1]);
  let best = sizes[0] ?? [1024, 1024];
  for (const size of sizes) {
    const gap = Math.abs(Math.log(size[0] / size[1]) - shape);
    if (gap < Math.abs(Math.log(best[0] / best[1]) - shape) - 1e-9) best = size;
  }
  return [best[0], best[1]];
}
