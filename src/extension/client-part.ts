/*
 * A bundle of its own, dist/extension-client.cjs: all that speaks to a worker. It is loaded at the first connection, since it
 * brings ZeroMQ's native code and the protocol's schemas, which an editor that only starts should not pay for. What else needs
 * the schemas is here too.
 */
export { connectionOver } from '../client/connection-over.ts';
export { parseConnectionString } from '../client/connection-string.ts';
export { allRuns, followJob } from '../client/follow-job.ts';
export { saveRun } from '../client/save-images.ts';
export { uuid7 } from '../client/uuid7.ts';
export { checkDataFolder, checkRuntimeFolder } from '../local/checks.ts';
export { isAlive } from '../local/find-worker.ts';
export { writeNewFile } from '../local/write-file.ts';
export { LocalConnector } from './connection/local-connector.ts';
export { RemoteConnector } from './connection/remote-connector.ts';
export { useTranslations } from './l10n.ts';
export { recipeCommand } from './recipe/command-line.ts';
