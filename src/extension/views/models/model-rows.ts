import type { Inventory, Model, WorkflowInfo } from '../../../protocol/models.ts';
import type { ServerStatus } from '../../../protocol/system.ts';
import { t } from '../../l10n.ts';

/** What the worker has, as far as it told. */
export interface Stock {
  servers: readonly ServerStatus[];
  inventory: Inventory | null;
  workflows: readonly WorkflowInfo[];
}

export interface ModelRow {
  id: string;
  label: string;
  description: string;
  /** Sentences for the tooltip; the first one is a problem where there is one. */
  details: readonly string[];
  problem: boolean;
  icon: string;
}

export interface ModelGroup {
  id: 'engines' | 'checkpoints' | 'loras' | 'vaes' | 'workflows';
  label: string;
  rows: readonly ModelRow[];
}

const UNITS = ['B', 'kB', 'MB', 'GB'] as const;

/** A file's size with two or three digits. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : String(Math.round(value))} ${UNITS[unit] ?? ''}`;
}

function joined(parts: readonly (string | null)[]): string {
  return parts.filter(part => part !== null && part !== '').join(' · ');
}

function modelRow(kind: string, icon: string, model: Model): ModelRow {
  const { name, family, placeholder, bytes, license, triggerWords, sha256, servers } = model;
  const problem = model.problem ?? null;
  const stem = name.replace(/^.*[/\\]/, '').replace(/\.(?:safetensors|ckpt|pt)$/i, '');
  return {
    id: `${kind}/${name}`,
    label: stem,
    description: joined([
      placeholder ? t('placeholder') : family === 'unknown' ? null : family,
      bytes === null ? null : bytesText(bytes),
    ]),
    details: [
      ...(problem === null ? [] : [problem]),
      name,
      ...(placeholder ? [t('Drawn by the built-in engine, without a model.')] : []),
      ...(triggerWords.length > 0 ? [t('Trigger words: {0}', triggerWords.join(', '))] : []),
      ...(license === null ? [] : [t('License: {0}', license)]),
      ...(servers.length > 1 ? [t('On {0}', servers.join(', '))] : []),
      sha256 === null ? t('Not verified: the worker cannot read the file.') : `SHA-256 ${sha256}`,
    ],
    problem: problem !== null,
    icon,
  };
}

function workflowRow({
  name,
  title,
  description,
  family,
  origin,
  problem,
}: WorkflowInfo): ModelRow {
  return {
    id: `workflow/${name}`,
    label: title === '' ? name : title,
    description: joined([
      family === 'unknown' ? null : family === 'builtin' ? t('placeholder') : family,
      origin === 'user' ? t('your own') : null,
    ]),
    details: [...(problem === null ? [] : [problem]), name, ...(description ? [description] : [])],
    problem: problem !== null,
    icon: 'type-hierarchy',
  };
}

function serverRow({ name, url, engine, version, state, problem }: ServerStatus): ModelRow {
  const stateText = {
    ready: null,
    connecting: t('connecting'),
    unreachable: t('unreachable'),
    incompatible: t('not compatible'),
  }[state];
  return {
    id: `engine/${name}`,
    label: engine === 'builtin' ? t('Built-in engine') : 'ComfyUI',
    description: joined([version, engine === 'builtin' ? t('placeholder') : url, stateText]),
    details: [...(problem === null ? [] : [problem]), name, url],
    problem: state === 'unreachable' || state === 'incompatible',
    icon: 'server-process',
  };
}

/** Groups of the Models view; none before the worker has told anything. */
export function modelGroups({ servers, inventory, workflows }: Stock): ModelGroup[] {
  if (inventory === null && servers.length === 0) return [];
  const { checkpoints = [], loras = [], vaes = [] } = inventory ?? {};
  const groups: ModelGroup[] = [
    { id: 'engines', label: t('Engines'), rows: servers.map(serverRow) },
    {
      id: 'checkpoints',
      label: t('Checkpoints'),
      rows: checkpoints.map(model => modelRow('checkpoint', 'package', model)),
    },
    { id: 'loras', label: t('LoRAs'), rows: loras.map(model => modelRow('lora', 'layers', model)) },
    { id: 'vaes', label: t('VAEs'), rows: vaes.map(model => modelRow('vae', 'color-mode', model)) },
    { id: 'workflows', label: t('Workflows'), rows: workflows.map(workflowRow) },
  ];
  return groups.filter(({ rows }) => rows.length > 0);
}
