import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parse } from 'yaml';
import { encodeBody } from '../../protocol/codec.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { LIMITS } from '../../protocol/limits.ts';

const MAX_BYTES = 8 * 1024 * 1024;

/** Most that a worker takes in one message, less what stands beside graph and roles. */
const MAX_MESSAGE_BYTES = LIMITS.bodyBytes - 4096;

/** A graph on disk with its roles file. */
export interface WorkflowFile {
  /** Absolute. */
  path: string;
  /** The file's name without its ending. */
  name: string;
  graph: unknown;
  /** Absolute path of the roles file, whether it is there or not. */
  rolesPath: string;
  /** null where there is none. */
  sidecar: Record<string, unknown> | null;
}

async function readText(path: string): Promise<string | null> {
  try {
    if ((await stat(path)).size > MAX_BYTES) {
      throw new PixelsError('too-large', `${path} is larger than 8 MB.`, { path });
    }
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function parsed(path: string, read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n', 1).join() : String(error);
    throw new PixelsError('invalid-workflow', `${path} cannot be read: ${why}`, { path });
  }
}

/** A key that no message may hold: it would be another thing at the other end. */
function refuseProto(key: unknown, value: unknown): unknown {
  if (key === '__proto__') throw new Error('it has a key "__proto__"; give it another name.');
  return value;
}

/**
 * Graph and roles as a worker is sent them.
 * @throws PixelsError `too-large` when they do not fit into one message
 */
export function sentWorkflow({ path, name, graph, sidecar }: WorkflowFile): {
  name: string;
  graph: Record<string, unknown>;
  sidecar?: Record<string, unknown>;
} {
  const sent = { name, graph: graph as Record<string, unknown>, ...(sidecar && { sidecar }) };
  const { byteLength: bytes } = parsed(path, () => encodeBody(sent, Infinity)) as Uint8Array;
  if (bytes > MAX_MESSAGE_BYTES) {
    throw new PixelsError(
      'too-large',
      `${path} takes ${(bytes / 1e6).toFixed(1)} MB, more than fits into one message. Copy it and its .roles.yaml into the worker's workflows folder, then check it by its name.`,
      { path, bytes, limit: MAX_MESSAGE_BYTES },
    );
  }
  return sent;
}

/** True for what names a file rather than a workflow of the worker. */
export function looksLikeFile(name: string): boolean {
  return /[/\\]|\.json$/i.test(name);
}

/**
 * Reads a graph and the `.roles.yaml` beside it.
 * @throws PixelsError `not-found`, `too-large`, or `invalid-workflow` when one of them is no JSON or YAML
 */
export async function readWorkflowFile(file: string, cwd: string): Promise<WorkflowFile> {
  const path = resolve(cwd, file);
  const text = await readText(path);
  if (text === null) throw new PixelsError('not-found', `There is no file ${path}.`, { path });
  const graph = parsed(path, () => JSON.parse(text, refuseProto) as unknown);
  const rolesPath = path.replace(/(?:\.json)?$/i, '.roles.yaml');
  const roles = await readText(rolesPath);
  const sidecar =
    roles === null ? null : parsed(rolesPath, () => parse(roles, refuseProto) as unknown);
  if (sidecar !== null && (typeof sidecar !== 'object' || Array.isArray(sidecar))) {
    throw new PixelsError('invalid-workflow', `${rolesPath} is not a map of settings.`, {
      path: rolesPath,
    });
  }
  const name = basename(path).replace(/\.json$/i, '');
  return { path, name, graph, rolesPath, sidecar: sidecar as Record<string, unknown> | null };
}
