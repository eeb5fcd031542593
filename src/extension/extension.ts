import * as vscode from 'vscode';
import { ClientLoader } from './client-loader.ts';
import { Commands } from './commands/register.ts';
import { type Told, toldFaults } from './commands/report.ts';
import { comparingOf } from './compare/blind-check.ts';
import type { Comparing } from './compare/comparing.ts';
import { registerCompare } from './compare/register-compare.ts';
import { loadComparePart } from './compare/load-part.ts';
import { connectorChooser } from './connection/choose-connector.ts';
import { WorkerLink } from './connection/connection.ts';
import { ConnectionStore } from './connection/connection-store.ts';
import { WorkerWatch } from './connection/worker-watch.ts';
import { Generator } from './generate/generator.ts';
import { PendingJobs } from './generate/pending-jobs.ts';
import { TakeUp } from './generate/take-up.ts';
import { JobModel } from './jobs/job-model.ts';
import { useTranslations } from './l10n.ts';
import { Log } from './log.ts';
import { registerLeaderboard } from './panels/leaderboard/register-leaderboard.ts';
import { registerPanels } from './panels/register-panels.ts';
import { ProjectReader } from './project/project-reader.ts';
import { registerPixels } from './pixels/register-pixels.ts';
import type { Services } from './services.ts';
import { Attention } from './attention.ts';
import { StatusBar } from './status/status-bar.ts';
import { registerViews } from './views/register-views.ts';

/** What other extensions and tests get of this one. */
export interface Api {
  services: Services;
  /** Faults that a person was told of. */
  toldFaults: () => readonly Told[];
  /** All of comparisons in this window; loads what compares. */
  comparing: () => Comparing;
  /** Milliseconds that activation took. */
  activationMs: number;
}

/** An editor that closes does not wait longer. */
const GOODBYE_MS = 1_000;

let link: WorkerLink | null = null;

/** Builds everything; loads, starts and connects nothing. */
export function activate(context: vscode.ExtensionContext): Api {
  const begun = performance.now();
  useTranslations((message, ...values) => vscode.l10n.t(message, ...values));
  const own = <T extends vscode.Disposable>(thing: T): T => {
    context.subscriptions.push(thing);
    return thing;
  };
  const { version } = context.extension.packageJSON as { version: string };
  const folder = context.extensionPath;
  const channel = own(vscode.window.createOutputChannel('DGX-Pixels', { log: true }));
  const log = new Log(channel);
  const loader = new ClientLoader(folder);
  const store = own(new ConnectionStore(context.secrets));
  const connector = connectorChooser({ loader, store, log, folder, version });
  link = own(new WorkerLink({ connector, log }));
  const jobs = own(new JobModel(link, log));
  const pending = new PendingJobs(context.workspaceState);
  const projects = new ProjectReader(() => loadComparePart(folder));
  const generator = new Generator({ loader, link, pending, projects, log });
  const services: Services = {
    context,
    version,
    channel,
    log,
    loader,
    store,
    link,
    jobs,
    pending,
    projects,
    generator,
    attention: own(new Attention()),
  };
  own(new StatusBar(link, jobs, version));
  own(new Commands(services));
  own(registerPanels(services));
  own(registerViews(services));
  own(registerPixels(services));
  own(registerCompare(services));
  own(registerLeaderboard(services));
  own(new WorkerWatch(services));
  own(new TakeUp(services));
  const activationMs = performance.now() - begun;
  log.debug(`activated in ${activationMs.toFixed(1)} ms`);
  return { services, toldFaults, comparing: () => comparingOf(services), activationMs };
}

/** Says goodbye to the worker, which goes on. */
export async function deactivate(): Promise<void> {
  const late = new Promise(resolve => setTimeout(resolve, GOODBYE_MS));
  await Promise.race([link?.disconnect(), late]);
}
