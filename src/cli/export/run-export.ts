import type { ExportRequest, ExportResult } from '../../pixels/export/target.ts';
import { TARGETS } from '../../pixels/export/targets.ts';
import { SheetError } from '../../pixels/sheet/error.ts';
import type { LayoutOptions } from '../../pixels/sheet/placement.ts';
import type { Sheet } from '../../pixels/sheet/sheet.ts';
import { checkSheet } from '../../pixels/sheet/validate.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { nodeZlib } from '../preview/zlib.ts';
import type { Destination } from './destination.ts';
import { readExisting, writeExport, type WrittenFile } from './write-export.ts';

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
  const { merges, write } = TARGETS[target];
  return asPixelsError(async () => {
    checkSheet(sheet);
    const existing = await readExisting(folder, merges(sheet));
    const request = { sheet, layout, zlib: nodeZlib, folder: inProject };
    const { result, merged } = attempt(write, request, existing, force);
    const files = await writeExport(folder, result.files, merged, force);
    return { files, warnings: result.warnings };
  });
}

function attempt(
  write: (request: ExportRequest) => ExportResult,
  request: Omit<ExportRequest, 'existing'>,
  existing: ReadonlyMap<string, string>,
  force: boolean,
): { result: ExportResult; merged: ReadonlyMap<string, string> } {
  try {
    return { result: write({ ...request, existing }), merged: existing };
  } catch (error) {
    if (!force || !isAboutFile(error)) throw error;
    const none = new Map<string, string>();
    return { result: write({ ...request, existing: none }), merged: none };
  }
}

function isAboutFile(error: unknown): boolean {
  return (
    error instanceof SheetError && (error.code === 'unreadable' || error.code === 'foreign-file')
  );
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
