import { type Discovery, readDiscovery } from './discovery.ts';
import { dataFolder, runtimeFolder } from './places.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a process runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Folder of the discovery file that an environment stands for. */
export function runtimeOf(environment: Environment): string {
  return runtimeFolder(dataFolder(environment), environment);
}

/** The local worker's discovery file, if its process is there. */
export function findLocalWorker(environment: Environment): Discovery | null {
  const discovery = readDiscovery(runtimeOf(environment));
  return discovery !== null && isAlive(discovery.pid) ? discovery : null;
}
