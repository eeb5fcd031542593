import * as vscode from 'vscode';
import { hasEnded } from '../../../project/job-states.ts';
import type { Job } from '../../../protocol/jobs.ts';
import { Disposable } from '../../dispose.ts';
import { COMMANDS } from '../../ids.ts';
import type { JobEntry, JobsChange } from '../../jobs/job-model.ts';
import { t } from '../../l10n.ts';
import type { Services } from '../../services.ts';
import type { PictureFiles } from '../picture-files.ts';
import {
  groupDescription,
  groupLabel,
  jobContext,
  jobDescription,
  jobDetails,
  type QueueGroup,
  queueGroups,
} from './queue-rows.ts';

export interface GroupNode {
  kind: 'group';
  readonly id: QueueGroup['id'];
  group: QueueGroup;
}

/** `job` is what the job commands take. */
export interface JobNode {
  kind: 'job';
  job: string;
}

export type QueueNode = GroupNode | JobNode;

/** Milliseconds between two drawings of the tree. */
const FRAME_MS = 50;

/** The queue: lanes, their jobs in the order they are served, and what ended last. */
export class QueueTree extends Disposable implements vscode.TreeDataProvider<QueueNode> {
  readonly #services: Services;
  readonly #pictures: PictureFiles;
  readonly #changed: vscode.EventEmitter<QueueNode[] | undefined>;
  /** The editor knows nodes by identity. */
  readonly #nodes = new Map<string, JobNode>();
  #groups: readonly GroupNode[] = [];
  #dirty = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  constructor(services: Services, pictures: PictureFiles) {
    super();
    this.#services = services;
    this.#pictures = pictures;
    this.#changed = this._register(new vscode.EventEmitter<QueueNode[] | undefined>());
    this._register(services.jobs.onDidChange(change => this.#take(change)));
    this._register(pictures.onPreview(job => this.#drawSoon([job])));
    this._register({ dispose: () => this.#timer !== null && clearTimeout(this.#timer) });
    this.#regroup();
  }

  get onDidChangeTreeData(): vscode.Event<QueueNode[] | undefined> {
    return this.#changed.event;
  }

  /** Ids of the jobs that share a lane with a job, in the order they are served. */
  orderOf(job: string): readonly string[] {
    return this.groupOf(job)?.jobs ?? [];
  }

  groupOf(job: string): QueueGroup | null {
    return this.#groups.find(({ group }) => group.jobs.includes(job))?.group ?? null;
  }

  getChildren(node?: QueueNode): QueueNode[] {
    if (node === undefined) return [...this.#groups];
    return node.kind === 'group' ? node.group.jobs.map(job => this.#node(job)) : [];
  }

  getParent(node: QueueNode): QueueNode | undefined {
    if (node.kind === 'group') return undefined;
    return this.#groups.find(({ group }) => group.jobs.includes(node.job));
  }

  getTreeItem(node: QueueNode): vscode.TreeItem {
    return node.kind === 'group' ? groupItem(node.group) : this.#jobItem(node.job);
  }

  #node(job: string): JobNode {
    let node = this.#nodes.get(job);
    if (node === undefined) this.#nodes.set(job, (node = { kind: 'job', job }));
    return node;
  }

  #take({ jobs, queue }: JobsChange): void {
    for (const id of jobs ?? []) {
      const entry = this.#services.jobs.get(id);
      // A preview of a comparison would tell whose cell is filling.
      if (entry?.preview != null && entry.job.kind !== 'compare')
        void this.#pictures.writePreview(id, entry.preview);
      else void this.#pictures.endPreview(id);
    }
    if (jobs === null || queue || jobs.size > 0) this.#regroup();
    this.#drawSoon(jobs ?? [...this.#nodes.keys()]);
  }

  /**
   * Redraws the groups whose jobs are other ones than before, and everything only where groups came or went: for a moment the
   * editor does not know what it redraws, and a click on it then names no job.
   */
  #regroup(): void {
    const before = new Map(this.#groups.map(node => [node.id, node]));
    const groups = queueGroups(this.#services.jobs);
    const changed: GroupNode[] = [];
    const nodes = groups.map(group => {
      const node = before.get(group.id) ?? { kind: 'group', id: group.id, group };
      if (JSON.stringify(node.group) !== JSON.stringify(group)) changed.push(node);
      node.group = group;
      return node;
    });
    const same =
      nodes.length === this.#groups.length && nodes.every((node, n) => node === this.#groups[n]);
    this.#groups = nodes;
    const shown = new Set(groups.flatMap(({ jobs }) => jobs));
    for (const id of this.#nodes.keys()) if (!shown.has(id)) this.#nodes.delete(id);
    if (!same) this.#changed.fire(undefined);
    else if (changed.length > 0) this.#changed.fire(changed);
  }

  #drawSoon(jobs: Iterable<string>): void {
    for (const job of jobs) this.#dirty.add(job);
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      const nodes = [...this.#dirty].flatMap(job => this.#nodes.get(job) ?? []);
      this.#dirty = new Set();
      if (nodes.length > 0) this.#changed.fire(nodes);
    }, FRAME_MS);
  }

  #jobItem(id: string): vscode.TreeItem {
    const entry = this.#services.jobs.get(id);
    if (entry === null) return new vscode.TreeItem(t('A job that was forgotten'));
    const { job } = entry;
    const item = new vscode.TreeItem(job.title);
    item.id = id;
    item.description = jobDescription(entry);
    item.contextValue = jobContext(entry);
    item.tooltip = tooltip(entry);
    item.iconPath = this.#pictures.previewOf(id) ?? stateIcon(job);
    item.accessibilityInformation = { label: `${job.title}, ${item.description}` };
    if (job.kind === 'compare') {
      item.command = {
        command: COMMANDS.openComparison,
        title: t('Open Comparison'),
        arguments: [{ job: id }],
      };
    } else if (job.runs.done > 0) {
      item.command = {
        command: COMMANDS.openResult,
        title: t('Open Result'),
        arguments: [{ job: id }],
      };
    }
    return item;
  }
}

function groupItem(group: QueueGroup): vscode.TreeItem {
  const { id, paused } = group;
  const item = new vscode.TreeItem(
    groupLabel(id),
    id === 'ended'
      ? vscode.TreeItemCollapsibleState.Collapsed
      : vscode.TreeItemCollapsibleState.Expanded,
  );
  item.id = `group-${id}`;
  item.description = groupDescription(group);
  item.contextValue = id === 'ended' ? 'ended' : paused ? 'lane held' : 'lane going';
  return item;
}

function tooltip(entry: JobEntry): vscode.MarkdownString {
  const { job, active } = entry;
  const text = new vscode.MarkdownString();
  for (const line of jobDetails(entry)) text.appendText(line).appendMarkdown('\n\n');
  if (active === null)
    text.appendText(t('Made {0}', new Date(job.createdAt).toLocaleString(vscode.env.language)));
  return text;
}

function stateIcon({ state, paused }: Job): vscode.ThemeIcon {
  if (paused && !hasEnded(state)) return new vscode.ThemeIcon('debug-pause');
  const [icon, color] = {
    queued: ['clock', undefined],
    running: ['sync', undefined],
    paused: ['debug-pause', undefined],
    done: ['check', 'testing.iconPassed'],
    partial: ['warning', 'list.warningForeground'],
    failed: ['error', 'list.errorForeground'],
    cancelled: ['circle-slash', undefined],
    lost: ['question', 'list.warningForeground'],
  }[state] as [string, string | undefined];
  return new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
}
