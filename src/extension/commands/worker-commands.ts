import * as vscode from 'vscode';
import { LinkError, type LinkState } from '../connection/state.ts';
import { judge } from '../connection/verdict.ts';
import { COMMANDS, SETTINGS } from '../ids.ts';
import { t } from '../l10n.ts';
import { codeOf, Problem } from '../problem.ts';
import { setting, writeSetting } from '../settings/settings.ts';
import type { Services } from '../services.ts';
import { askText, pickOne } from './pick.ts';

/** Start Local Worker: makes the local one the chosen one and connects to it, starting it where none runs. */
export async function startLocalWorker({ link }: Services): Promise<LinkState> {
  if (setting(SETTINGS.worker) !== 'local') {
    await writeSetting(SETTINGS.worker, 'local');
    await link.disconnect();
  }
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: t('DGX-Pixels: starting the local worker') },
    () => link.client(),
  );
  return link.state;
}

/** Stop Local Worker: its jobs are kept and go on when it runs again. @returns false when none ran */
export async function stopLocalWorker({ link, log }: Services): Promise<boolean> {
  const client = await link.attach();
  const { state } = link;
  if (client === null || state.kind !== 'ready') {
    vscode.window.setStatusBarMessage(t('No local worker runs.'), 5_000);
    return false;
  }
  if (state.worker.target.kind !== 'local') {
    throw new Problem(
      'not-allowed',
      t('The worker on {0} is not this machine’s; it is stopped there.', state.worker.target.host),
    );
  }
  try {
    await client.request('worker.shutdown', {}, { retry: false });
  } catch (error) {
    if (codeOf(error) !== 'disconnected') throw error;
  }
  log.info('the local worker was stopped');
  await link.disconnect(t('The local worker was stopped.'));
  return true;
}

/**
 * Connect to Worker…: takes what `dgx-pixels pair` printed, and keeps it only when that worker answers.
 * @param given instead of asking
 * @param check false: keep it although its worker does not answer now
 * @returns false when a person left it
 * @throws LinkError or PixelsError that says why not; a torn string changes nothing
 */
export async function connectToWorker(
  services: Services,
  given?: string,
  check = true,
): Promise<boolean> {
  const { loader, store, link } = services;
  const part = loader.load();
  const problem = (text: string): string | null => {
    try {
      part.parseConnectionString(text);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  const connection =
    given ??
    (await askText({
      title: t('Connect to Worker'),
      prompt: t('Paste the line that “dgx-pixels pair” printed on the worker’s machine'),
      placeHolder: 'dgxp1:…',
      password: true,
      problem: text => (text.trim() === '' ? t('Paste the connection string.') : problem(text)),
    }));
  if (connection === null) return false;
  const fault = problem(connection);
  if (fault !== null) {
    throw new Problem('invalid-params', fault, [
      { title: t('Connect to Worker…'), command: COMMANDS.connectToWorker },
    ]);
  }
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: t('Connecting to the worker') },
    async () => {
      if (check) await tryConnection(services, connection);
      await store.set(connection.replace(/\s+/g, ''));
      if (setting(SETTINGS.worker) !== 'remote') await writeSetting(SETTINGS.worker, 'remote');
      await link.adopt();
      await link.client();
    },
  );
  const { state } = link;
  if (state.kind === 'ready') {
    const { target, version } = state.worker;
    void vscode.window.showInformationMessage(
      t('Connected to worker {0} on {1}.', version, target.host),
    );
  }
  return true;
}

/** Connects once and lets go again. @throws LinkError that says why it cannot be, with a way to keep the string */
async function tryConnection({ loader, version, log }: Services, connection: string) {
  const connector = new (loader.load().RemoteConnector)({
    connection,
    version,
    log: (message, error) => log.warn(message, error),
  });
  const { signal } = new AbortController();
  try {
    const { client } = await connector.connect({
      mayStart: false,
      signal,
      onStep: () => undefined,
    });
    await client.close();
  } catch (error) {
    const { error: fault, retry } = judge(error, connector.target);
    if (!retry) throw fault;
    const keep = {
      title: t('Keep It Anyway'),
      command: COMMANDS.connectToWorker,
      arguments: [connection, false],
    };
    throw new LinkError(fault.code, fault.message, [...fault.advice, keep], fault.detail);
  }
}

/** Forget Connection: removes the paired worker's keys here and goes back to the local worker. */
export async function forgetConnection({ store, link }: Services): Promise<void> {
  await store.forget();
  if (setting(SETTINGS.worker) === 'remote') await writeSetting(SETTINGS.worker, 'local');
  await link.disconnect(t('The connection was forgotten.'));
  void vscode.window.showInformationMessage(
    t(
      'The connection was forgotten here; on the worker’s machine “dgx-pixels pair revoke NAME” takes the key back.',
    ),
  );
}

/** The status bar's click: what can be done now. */
export async function workerActions({ link }: Services): Promise<void> {
  const { state } = link;
  const advice = state.kind === 'disconnected' ? state.advice : [];
  const entries: {
    title: string;
    icon: string;
    command: string;
    arguments?: readonly unknown[];
  }[] = [
    ...advice.map(each => ({ ...each, icon: 'lightbulb' })),
    { title: t('Generate Sprite…'), icon: 'sparkle', command: COMMANDS.generateSprite },
    { title: t('Show Queue'), icon: 'list-ordered', command: COMMANDS.showQueue },
    ...(state.kind === 'ready' && state.worker.target.kind === 'local'
      ? [{ title: t('Stop Local Worker'), icon: 'debug-stop', command: COMMANDS.stopLocalWorker }]
      : [{ title: t('Start Local Worker'), icon: 'play', command: COMMANDS.startLocalWorker }]),
    { title: t('Connect to Worker…'), icon: 'plug', command: COMMANDS.connectToWorker },
    ...(setting(SETTINGS.worker) === 'remote'
      ? [{ title: t('Forget Connection'), icon: 'trash', command: COMMANDS.forgetConnection }]
      : []),
    { title: t('Run Doctor'), icon: 'pulse', command: COMMANDS.runDoctor },
    { title: t('Copy Diagnostics'), icon: 'copy', command: COMMANDS.copyDiagnostics },
    { title: t('Show Log'), icon: 'output', command: COMMANDS.showLog },
    {
      title: t('Settings'),
      icon: 'gear',
      command: 'workbench.action.openSettings',
      arguments: ['dgx-pixels.'],
    },
  ];
  const seen = new Set<string>();
  const items = entries
    .filter(({ title }) => !seen.has(title) && seen.add(title))
    .map(({ title, icon, ...entry }) => ({ label: `$(${icon}) ${title}`, ...entry }));
  const picked = await pickOne(items, {
    title: 'DGX-Pixels',
    menu: true,
    placeholder: state.kind === 'disconnected' ? state.reason : t('Choose an action'),
  });
  if (picked !== null) {
    await vscode.commands.executeCommand(picked.command, ...(picked.arguments ?? []));
  }
}
