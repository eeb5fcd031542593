import type { LinkState, WorkerInfo } from '../connection/state.ts';
import { timeText } from '../generate/job-progress.ts';
import { t } from '../l10n.ts';

/** What the queue looks like, for one line. */
export interface QueueSummary {
  /** Jobs that have not ended. */
  unfinished: number;
  /** Runs that wait. */
  waiting: number;
  /** Share of the job that executes, 0-1; null when none does. */
  progress: number | null;
  /** Its title. */
  title: string | null;
  etaMs: number | null;
  /** Lanes that are held. */
  paused: readonly string[];
}

/** What the status bar shows. */
export interface StatusText {
  text: string;
  /** Read out in place of the icons. */
  label: string;
  /** Markdown. */
  tooltip: string;
  severity: 'none' | 'warning' | 'error';
}

/** Takes the meaning out of what a worker, a file or a person wrote. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, String.raw`\$&`);
}

function transportText({ transport, target }: WorkerInfo): string {
  switch (transport) {
    case 'ipc':
      return t('Unix socket');
    case 'tcp':
      return t('TCP on this machine');
    case 'curve':
      return target.kind === 'local'
        ? t('TCP on this machine, encrypted (CURVE)')
        : t('TCP to {0}, encrypted (CURVE)', target.host);
  }
}

function engineText(state: Extract<LinkState, { kind: 'ready' }>): string {
  const [server] = state.servers;
  if (server === undefined) return '';
  return server.engine === 'builtin' ? t('built-in engine') : 'ComfyUI';
}

function serverLines({ servers }: Extract<LinkState, { kind: 'ready' }>): string[] {
  return servers.map(({ engine, url, version, state, problem }) => {
    const what =
      engine === 'builtin'
        ? t('built-in engine: placeholder art, no GPU needed')
        : `ComfyUI ${version ?? ''} ${url}`.replace(/\s+/g, ' ');
    const how = state === 'ready' ? '' : `: ${problem ?? state}`;
    return `- ${state === 'ready' ? '$(check)' : '$(warning)'} ${escapeMarkdown(what + how)}`;
  });
}

function queueText({ unfinished, progress }: QueueSummary): string {
  if (unfinished === 0) return '';
  const jobs = unfinished === 1 ? t('1 job') : t('{0} jobs', unfinished);
  return progress === null ? jobs : `${jobs}, ${Math.floor(progress * 100)} %`;
}

function queueLines({
  unfinished,
  waiting,
  title,
  etaMs,
  progress,
  paused,
}: QueueSummary): string[] {
  const lines: string[] = [];
  if (unfinished === 0) lines.push(t('Nothing is queued.'));
  else
    lines.push(
      unfinished === 1
        ? t('1 job, {0} runs wait.', waiting)
        : t('{0} jobs, {1} runs wait.', unfinished, waiting),
    );
  if (title !== null && progress !== null) {
    const left = etaMs === null ? '' : `, ${t('about {0} left', timeText(etaMs))}`;
    lines.push(`${escapeMarkdown(title.slice(0, 80))}: ${Math.floor(progress * 100)} %${left}`);
  }
  if (paused.length > 0) lines.push(t('Paused: {0}.', paused.join(', ')));
  return lines;
}

function nameOf(kind: 'local' | 'remote', host: string): string {
  return kind === 'local' ? t('local') : host;
}

/**
 * The status bar's words for the state of the connection and the queue.
 * @param version of this extension
 */
export function statusText(state: LinkState, queue: QueueSummary, version: string): StatusText {
  const title = `**DGX-Pixels** ${escapeMarkdown(version)}`;
  const made = (
    icon: string,
    words: string,
    lines: readonly string[],
    severity: StatusText['severity'] = 'none',
  ): StatusText => ({
    text: `$(${icon}) ${words}`,
    label: `DGX-Pixels: ${words}`,
    tooltip: [title, ...lines, t('Click for actions.')].join('\n\n'),
    severity,
  });
  switch (state.kind) {
    case 'off':
      return made('circle-outline', 'DGX-Pixels', [
        state.note === null
          ? t('No worker is connected; one starts with the first sprite.')
          : escapeMarkdown(state.note),
      ]);
    case 'starting':
      return made('loading~spin', t('starting'), [`${escapeMarkdown(state.step)}…`]);
    case 'connecting':
      return made('loading~spin', t('connecting'), [
        t('Connecting to {0}…', escapeMarkdown(nameOf(state.target.kind, state.target.host))),
      ]);
    case 'disconnected':
      return made(
        state.retrying ? 'sync~spin' : 'debug-disconnect',
        state.retrying ? t('reconnecting') : t('disconnected'),
        [
          escapeMarkdown(state.reason),
          ...(state.detail === null
            ? []
            : [`\`\`\`text\n${state.detail.replaceAll('```', "'''")}\n\`\`\``]),
        ],
        state.retrying ? 'warning' : 'error',
      );
    case 'ready': {
      const { worker } = state;
      const host = nameOf(worker.target.kind, worker.target.host);
      const engine = engineText(state);
      const broken =
        state.servers.length > 0 &&
        state.servers.every(
          server => server.state === 'unreachable' || server.state === 'incompatible',
        );
      const queued = queueText(queue);
      const words = [host, engine, queued].filter(word => word !== '').join(' · ');
      return made(
        queue.progress !== null ? 'sync~spin' : broken ? 'warning' : 'circle-filled',
        words,
        [
          ...queueLines(queue),
          [t('Engines'), ...serverLines(state)].join('\n'),
          escapeMarkdown(
            t(
              'Worker {0} ({1}), process {2}, protocol {3}',
              worker.version,
              host,
              worker.pid,
              worker.protocol,
            ),
          ),
          escapeMarkdown(t('Transport: {0}', transportText(worker))),
          ...state.notices.map(notice => `$(warning) ${escapeMarkdown(notice)}`),
        ],
        broken ? 'warning' : 'none',
      );
    }
  }
}
