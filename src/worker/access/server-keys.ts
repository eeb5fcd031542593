import { existsSync, linkSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { curveKeySchema } from '../../local/discovery.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { keyFolder, tightenFile, writePrivate } from './key-folder.ts';
import { type KeyPair, makeKeyPair } from './key-pair.ts';

const serverKeysSchema = z.object({ publicKey: curveKeySchema, secretKey: curveKeySchema });

/**
 * The worker's own keys, made once: every paired client knows the public one.
 * @param data the worker's data folder
 * @throws PixelsError `conflict` when the file is there but cannot be understood; it is left alone
 */
export function loadServerKeys(data: string): KeyPair {
  const path = join(keyFolder(data), 'server.json');
  if (!existsSync(path)) {
    const mine = `${path}.${process.pid}.new`;
    writePrivate(mine, `${JSON.stringify(makeKeyPair(), null, 2)}\n`);
    try {
      // Fails when another process was faster: then its keys count.
      linkSync(mine, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(mine, { force: true });
    }
  }
  tightenFile(path);
  try {
    return serverKeysSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new PixelsError(
      'conflict',
      `${path} cannot be understood. Restore it, or remove it and pair every client anew.`,
      { path },
      { cause },
    );
  }
}
