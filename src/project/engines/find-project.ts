import { detectEngine, type Engine } from './detect.ts';

/**
 * The game project that a folder lies in: the nearest upward.
 * @param folders the folder and those around it, innermost first
 * @param read text of a file in one of them; null when there is none
 */
export async function findProject<F>(
  folders: Iterable<F>,
  read: (folder: F, path: string) => Promise<string | null>,
): Promise<{ engine: Engine; root: F } | null> {
  for (const root of folders) {
    const engine = await detectEngine(path => read(root, path));
    if (engine !== null) return { engine, root };
  }
  return null;
}
