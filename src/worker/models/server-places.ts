import type { ComfyAddress } from '../comfyui/address.ts';
import { ComfyHttp } from '../comfyui/http.ts';
import { configuredFolders, type KindFolders, type ModelRoots } from './roots.ts';
import { askServerFiles, isLoopbackUrl, type ServerFiles } from './server-folders.ts';

/** Where the files of a server's models are, as seen from here. */
export interface ServerPlaces {
  /** Null where they cannot be read: the server is elsewhere and nobody named a folder. */
  folders: KindFolders | null;
  /** Named by a person, so that sizes need not prove that they are the server's. */
  configured: boolean;
  sizes: ServerFiles['sizes'];
}

/** Finds where a server's model files are. */
export interface PlaceFinder {
  readonly server: string;
  find(): Promise<ServerPlaces>;
  close(): Promise<void>;
}

/**
 * @param roots folders that the configuration names for it; null = ask the server, which is heeded when it runs on this machine
 */
export function placeFinder(
  server: string,
  address: ComfyAddress,
  roots: ModelRoots | null,
): PlaceFinder {
  const http = new ComfyHttp(address);
  return {
    server,
    async find() {
      const { folders, sizes } = await askServerFiles(http);
      if (roots !== null) return { folders: configuredFolders(roots), configured: true, sizes };
      return { folders: isLoopbackUrl(address.url) ? folders : null, configured: false, sizes };
    },
    close: () => http.close(),
  };
}
