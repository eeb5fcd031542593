import { join } from 'node:path';

/** A path whose `~` at the front is somebody's home, as a shell reads it; at its word it would make a folder of that name. */
export function inHome(path: string, home: string): string {
  return /^~(?:[/\\]|$)/.test(path) ? join(home, path.slice(1)) : path;
}
