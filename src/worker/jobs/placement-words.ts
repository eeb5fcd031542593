import { PixelsError } from '../../protocol/errors.ts';
import type { PinnedModel } from '../store/pinned-models.ts';

/** So much of a SHA-256 tells files apart for a person. */
const SHOWN_HASH = 12;

/** Sentences of so many servers are shown. */
const SHOWN_SERVERS = 4;

const TITLES: Readonly<Record<string, string>> = {
  checkpoint: 'checkpoint',
  lora: 'LoRA',
  vae: 'VAE',
};

function short(sha256: string): string {
  return sha256.slice(0, SHOWN_HASH);
}

/** Says that a server means another file by a name than the job does. */
export function otherFile(pin: PinnedModel, server: string, sha256: string): PixelsError {
  const what = `${TITLES[pin.kind] ?? pin.kind} ${pin.name}`;
  const [wanted, found] = [short(pin.sha256), short(sha256)];
  const message =
    pin.server === server
      ? `The ${what} was replaced on ${server} after the job was submitted: it was SHA-256 ${wanted}…, now it is ${found}…. Put the old file back and retry, or submit the job again to draw with the new one.`
      : `The job was submitted with the ${what} of ${pin.server} (SHA-256 ${wanted}…), but that of ${server} is another (${found}…). Copy the file over, or submit the job again once the servers agree.`;
  return new PixelsError('conflict', message, {
    kind: pin.kind,
    name: pin.name,
    server,
    expected: pin.sha256,
    found: sha256,
  });
}

/** Tells a person who submits a job that one of the servers is left out. */
export function otherFileWarning(pin: PinnedModel, server: string, sha256: string): string {
  return `The ${TITLES[pin.kind] ?? pin.kind} ${pin.name} of ${server} (SHA-256 ${short(sha256)}…) is another file than that of ${pin.server} (${short(pin.sha256)}…); the job is drawn with the latter, so not on ${server}.`;
}

/** Codes of refusals, those of a server that is nearest to drawing it first. */
const NEAREST_FIRST = ['conflict', 'invalid-params', 'unknown-model', 'engine-rejected'];

/** One error of what several servers say: that of the server which is nearest to drawing it, with what the others lack. */
export function severalRefusals(refusals: readonly PixelsError[]): PixelsError {
  const place = ({ code }: PixelsError): number =>
    NEAREST_FIRST.includes(code) ? NEAREST_FIRST.indexOf(code) : NEAREST_FIRST.length;
  const sorted = refusals.toSorted((a, b) => place(a) - place(b));
  const [first] = sorted;
  if (first === undefined) throw new Error('there is no refusal');
  const messages = [...new Set(sorted.map(({ message }) => message))];
  if (messages.length === 1) return first;
  const shown = messages.slice(0, SHOWN_SERVERS);
  const rest = messages.length - shown.length;
  const more = rest > 0 ? ` (and ${rest} more)` : '';
  return new PixelsError(
    first.code,
    `No server can draw this. ${shown.join(' ')}${more}`,
    first.data,
  );
}
