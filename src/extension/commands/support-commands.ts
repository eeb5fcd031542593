import { release } from 'node:os';
import * as vscode from 'vscode';
import type { Finding } from '../../protocol/system.ts';
import { localEnvironment } from '../connection/choose-connector.ts';
import { SETTINGS } from '../ids.ts';
import { t } from '../l10n.ts';
import { withoutSecrets } from '../log.ts';
import { setting } from '../settings/settings.ts';
import type { Services } from '../services.ts';
import type { TextDocuments } from '../text-documents.ts';
import { toldFaults } from './report.ts';

const MARKS: Record<Finding['level'], string> = {
  ok: 'ok     ',
  note: 'note   ',
  warning: 'warning',
  fault: 'FAULT  ',
};

async function findings({ link, loader }: Services): Promise<Finding[]> {
  const found: Finding[] = [];
  try {
    const part = loader.load();
    if (setting(SETTINGS.worker) === 'local') {
      const environment = localEnvironment();
      found.push(part.checkRuntimeFolder(environment), part.checkDataFolder(environment));
    }
    const client = await link.client();
    const answer = await client.request('doctor', {});
    return [...found, ...answer.findings];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const { state } = link;
    const detail = state.kind === 'disconnected' ? state.detail : null;
    found.push({
      check: 'worker',
      level: 'fault',
      message: detail === null ? message : `${message}\n${detail}`,
      remedy:
        setting(SETTINGS.worker) === 'local'
          ? t('Read what it says, mend that, and run “DGX-Pixels: Start Local Worker”.')
          : t(
              'Check that the worker runs, that its ports are open to this machine, and that the pairing was not revoked.',
            ),
    });
    return found;
  }
}

function describe(found: readonly Finding[]): string {
  const lines = found.flatMap(({ check, level, message, remedy }) => [
    `${MARKS[level]}  ${check}: ${message}`,
    ...(remedy === null ? [] : [`         → ${remedy}`]),
  ]);
  const faults = found.filter(({ level }) => level === 'fault').length;
  const end = faults === 0 ? t('No faults.') : t('Faults: {0}', faults);
  return `${[...lines, '', end].join('\n')}\n`;
}

/** Run Doctor: checks the worker, its engines and this machine. @returns what was found */
export async function runDoctor(services: Services, documents: TextDocuments): Promise<Finding[]> {
  const found = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: t('DGX-Pixels: checking everything') },
    () => findings(services),
  );
  await documents.show('dgx-pixels-doctor.txt', describe(found), 'plaintext');
  return found;
}

/** Copy Diagnostics: versions, transport and settings for a report; no keys, no prompts. @returns the text */
export async function copyDiagnostics(services: Services): Promise<string> {
  const { link, jobs, version, context } = services;
  const { state } = link;
  const settings = Object.values(SETTINGS).map(id => [id, setting(id)]);
  const status =
    link.current === null ? null : await link.current.request('status', {}).catch(() => null);
  const facts = {
    extension: version,
    editor: `${vscode.env.appName} ${vscode.version}, ${vscode.env.appHost}`,
    node: process.version,
    electron: process.versions['electron'] ?? null,
    system: `${process.platform} ${process.arch} ${release()}`,
    remote: vscode.env.remoteName ?? null,
    runsIn: context.extension.extensionKind === vscode.ExtensionKind.Workspace ? 'workspace' : 'ui',
    trusted: vscode.workspace.isTrusted,
    settings: Object.fromEntries(settings) as Record<string, unknown>,
    connection: state,
    worker: status,
    jobs: { unfinished: jobs.unfinished, queue: jobs.queue.length },
    faults: toldFaults(),
  };
  const text = withoutSecrets(JSON.stringify(facts, null, 2));
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(t('Diagnostics are in the clipboard.'), 5_000);
  return text;
}
