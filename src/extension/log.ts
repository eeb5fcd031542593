/** Where lines go: `vscode.LogOutputChannel` is one. */
export interface LogSink {
  trace(line: string): void;
  debug(line: string): void;
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}

/** A connection string or a Z85 key; neither has a place in a log. */
const SECRETS = [
  /dgxp\d+:[A-Za-z0-9_-]+/g,
  /(?<=(?:secret|public|server)(?:key)?["':= ]{1,5})[0-9A-Za-z.\-:+=^!/*?&<>()[\]{}@%$#]{40}/gi,
];

/** Takes out what must not be written anywhere. */
export function withoutSecrets(text: string): string {
  return SECRETS.reduce((kept, secret) => kept.replace(secret, '…'), text);
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  return `${error.message}${code}${error.stack === undefined ? '' : `\n${error.stack}`}`;
}

/** The extension's log. Lines that concern a job begin with its id, so that one job's can be picked out. */
export class Log {
  readonly #sink: LogSink;

  constructor(sink: LogSink) {
    this.#sink = sink;
  }

  debug(line: string, job: string | null = null): void {
    this.#sink.debug(this.#line(line, job));
  }

  info(line: string, job: string | null = null): void {
    this.#sink.info(this.#line(line, job));
  }

  warn(line: string, error?: unknown, job: string | null = null): void {
    this.#sink.warn(this.#line(error === undefined ? line : `${line}: ${describe(error)}`, job));
  }

  error(line: string, error?: unknown, job: string | null = null): void {
    this.#sink.error(this.#line(error === undefined ? line : `${line}: ${describe(error)}`, job));
  }

  #line(text: string, job: string | null): string {
    return withoutSecrets(job === null ? text : `[${job}] ${text}`);
  }
}
