import type { Finding } from '../../protocol/system.ts';

const LEAST_NODE = 24;

/** Whether this Node runs the command line and the worker. */
export function checkNode(version: string): Finding {
  const major = Number.parseInt(version.replace(/^v/, ''), 10);
  return major >= LEAST_NODE
    ? { check: 'node', level: 'ok', message: `Node ${version}.`, remedy: null }
    : {
        check: 'node',
        level: 'warning',
        message: `This is Node ${version}; the worker wants ${LEAST_NODE} or newer.`,
        remedy: 'Install dgx-pixels without --omit=optional, so that npm brings a newer Node.',
      };
}
