import { accessSync, constants, lstatSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Finding } from '../protocol/system.ts';
import { dataFolder, MAX_SOCKET_PATH, runtimeFolder } from './places.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The longest name that a worker gives a socket in its folder. */
const SOCKET_NAME = '/requests';

function ok(check: string, message: string): Finding {
  return { check, level: 'ok', message, remedy: null };
}

/** Whether the folder of the sockets is private and its path short enough. */
export function checkRuntimeFolder(environment: Environment): Finding {
  const check = 'sockets';
  const folder = runtimeFolder(dataFolder(environment), environment);
  if (process.platform !== 'win32' && folder.length + SOCKET_NAME.length > MAX_SOCKET_PATH) {
    return {
      check,
      level: 'fault',
      message: `${folder} is too long a path for sockets (at most ${MAX_SOCKET_PATH} bytes).`,
      remedy: 'Set DGX_PIXELS_RUNTIME to a private folder with a short path.',
    };
  }
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (stat === undefined) return ok(check, `${folder} is made when a worker starts.`);
  if (process.platform === 'win32') return ok(check, `${folder}.`);
  if (!stat.isDirectory() || stat.uid !== process.getuid?.()) {
    return {
      check,
      level: 'fault',
      message: `${folder} is not a folder of yours.`,
      remedy: 'Remove it, or set DGX_PIXELS_RUNTIME to a private folder.',
    };
  }
  return (stat.mode & 0o077) === 0
    ? ok(check, `${folder} is private.`)
    : {
        check,
        level: 'warning',
        message: `Others can look into ${folder}.`,
        remedy: `chmod 700 ${folder}`,
      };
}

function nearestFolder(path: string): string {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined || dirname(path) === path) {
    return path;
  }
  return nearestFolder(dirname(path));
}

/** Whether jobs and images can be stored. */
export function checkDataFolder(environment: Environment): Finding {
  const folder = dataFolder(environment);
  const existing = nearestFolder(folder);
  try {
    if (!statSync(existing).isDirectory()) throw new Error(`${existing} is not a folder`);
    accessSync(existing, constants.W_OK);
    return ok(
      'data folder',
      existing === folder ? `${folder} can be written.` : `${folder} is made when a worker starts.`,
    );
  } catch (error) {
    return {
      check: 'data folder',
      level: 'fault',
      message: `${folder} cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
      remedy: 'Make it writable, or set DGX_PIXELS_DATA to another folder.',
    };
  }
}
