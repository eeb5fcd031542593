import { join } from 'node:path';
import { SheetError } from '../../pixels/sheet/error.ts';
import type { LayoutOptions } from '../../pixels/sheet/placement.ts';
import type { Sheet } from '../../pixels/sheet/sheet.ts';
import { planExport } from '../../project/sheets/plan-export.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { nodeZlib } from '../preview/zlib.ts';
import type { Destination } from './destination.ts';
import { bytesAt, writeExport, type WrittenFile } from './write-export.ts';

export interface ExportOutcome {
  files: WrittenFile[];
  warnings: string[];
}

/**
 * Writes a sheet, over what an earlier export left and an engine changed.
 * @param force replaces files that were not written by an export, and texts that cannot be read
 * @throws PixelsError `invalid-params` or `conflict` with a sentence
 */
export async function runExport(
  sheet: Sheet,
  layout: LayoutOptions,
  { target, folder, inProject }: Destination,
  force: boolean,
): Promise<ExportOutcome> {
  return asPixelsError(async () => {
    const plan = await planExport({
      sheet,
      layout,
      target,
      inProject,
      force,
      zlib: nodeZlib,
      read: path => bytesAt(join(folder, path)),
    });
    return { files: await writeExport(folder, plan, force), warnings: plan.warnings };
  });
}

/** Turns errors about a sheet into the command line's. */
export async function asPixelsError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SheetError)) throw error;
    const foreign = error.code === 'foreign-file' || error.code === 'unreadable';
    throw new PixelsError(
      foreign ? 'conflict' : 'invalid-params',
      foreign
        ? `${error.message} Choose another --name, or replace it with --force.`
        : error.message,
      { reason: error.code },
      { cause: error },
    );
  }
}
