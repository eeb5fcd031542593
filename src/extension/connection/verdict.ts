import { COMMANDS } from '../ids.ts';
import { t } from '../l10n.ts';
import { codeOf } from '../problem.ts';
import { type Advice, LinkError, type WorkerTarget } from './state.ts';

/** What a failed attempt means. */
export interface Verdict {
  error: LinkError;
  /** Whether trying again later may help without anybody's doing. */
  retry: boolean;
}

const showLog = (): Advice => ({ title: t('Show Log'), command: COMMANDS.showLog });
const connectAnew = (): Advice => ({
  title: t('Connect to Worker…'),
  command: COMMANDS.connectToWorker,
});
const doctor = (): Advice => ({ title: t('Run Doctor'), command: COMMANDS.runDoctor });
const update = (): Advice => ({
  title: t('Check for Updates'),
  command: 'workbench.extensions.action.checkForUpdates',
});
const diagnostics = (): Advice => ({
  title: t('Copy Diagnostics'),
  command: COMMANDS.copyDiagnostics,
});
const restart = (): Advice => ({
  title: t('Start Local Worker'),
  command: COMMANDS.startLocalWorker,
});

/**
 * What a fault of the connection means for a person, and what mends it. It decides by code, since errors of another bundle are
 * of another class.
 */
export function judge(error: unknown, target: WorkerTarget): Verdict {
  const message = error instanceof Error ? error.message : String(error);
  const [first = message, ...rest] = message.split('\n');
  const detail = rest.length === 0 ? null : rest.join('\n');
  const sentence = withLastLine(first.replace(/ It said last:$/, ''), detail);
  const made = (advice: readonly Advice[], text = sentence) =>
    error instanceof LinkError
      ? error
      : new LinkError(codeOf(error), text, advice, detail, { cause: error });
  switch (codeOf(error)) {
    case 'key-rejected':
      return { error: made([connectAnew(), showLog()]), retry: false };
    case 'protocol-mismatch':
      return {
        error: made(
          target.kind === 'local'
            ? [update(), restart(), showLog()]
            : [connectAnew(), update(), showLog()],
          speaksOther(error)
            ? t(
                'The worker and this extension speak different versions of the protocol; update the older.',
              )
            : sentence,
        ),
        retry: false,
      };
    case 'invalid-params':
    case 'not-paired':
      return { error: made([connectAnew()]), retry: false };
    case 'zeromq-load':
      return { error: made([diagnostics(), showLog()], doesNotLoad(error)), retry: false };
    case 'disconnected':
    case 'timeout':
    case 'shutting-down': {
      if (target.kind === 'local') return { error: made([showLog(), doctor()]), retry: false };
      const text = t(
        'The worker on {0} does not answer. Check that it runs and that its ports are open to this machine.',
        target.host,
      );
      return { error: made([connectAnew(), showLog()], text), retry: true };
    }
    default:
      return { error: made([showLog()]), retry: false };
  }
}

/** Whether a mismatch is one between two versions of ours; something else may listen at an address. */
function speaksOther(error: unknown): boolean {
  const data = error instanceof Error && 'data' in error ? error.data : null;
  return typeof data === 'object' && data !== null && 'theirs' in data;
}

/** The sentence about native code that is missing; what the loader said is in the log. */
function doesNotLoad(error: unknown): string {
  const { platform = '', arch = '', libc = '' } = error as Partial<Record<string, string>>;
  return t(
    'ZeroMQ does not load on {0}: install the extension’s build for this platform, then reload the window.',
    `${platform} ${arch} (${libc})`,
  );
}

/** The error of a worker whose process ended by itself. @param detail last lines of its log */
export function deathOf(reason: string, detail: string | null): LinkError {
  return new LinkError(
    'died',
    withLastLine(reason, detail),
    [restart(), showLog(), doctor()],
    detail,
  );
}

/** Characters of a log's line that a sentence takes in. */
const LINE = 200;

/** A sentence with what the worker said last, since that is often the reason. */
function withLastLine(sentence: string, detail: string | null): string {
  const last = detail?.trim().split('\n').at(-1)?.trim() ?? '';
  if (last === '') return sentence;
  return t(
    '{0} It said last: {1}',
    sentence,
    last.length > LINE ? `${last.slice(0, LINE)}…` : last,
  );
}
