import type * as vscode from 'vscode';
import type { ClientLoader } from './client-loader.ts';
import type { WorkerLink } from './connection/connection.ts';
import type { ConnectionStore } from './connection/connection-store.ts';
import type { Generator } from './generate/generator.ts';
import type { PendingJobs } from './generate/pending-jobs.ts';
import type { JobModel } from './jobs/job-model.ts';
import type { Log } from './log.ts';
import type { ProjectReader } from './project/project-reader.ts';
import type { Attention } from './attention.ts';

/** What commands, views and panels work with; made once, in extension.ts. */
export interface Services {
  context: vscode.ExtensionContext;
  version: string;
  channel: vscode.LogOutputChannel;
  log: Log;
  loader: ClientLoader;
  store: ConnectionStore;
  link: WorkerLink;
  jobs: JobModel;
  pending: PendingJobs;
  projects: ProjectReader;
  generator: Generator;
  attention: Attention;
}
