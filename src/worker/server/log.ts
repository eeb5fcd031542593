/** What the server needs of a logger; pino's fits. */
export interface ServerLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const SILENT_LOG: ServerLog = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
