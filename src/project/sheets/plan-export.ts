import type { ExportFile } from '../../pixels/export/file.ts';
import { isSealed } from '../../pixels/export/seal.ts';
import type { ExportResult } from '../../pixels/export/target.ts';
import { type TargetName, TARGETS } from '../../pixels/export/targets.ts';
import { equalImages } from '../../pixels/image.ts';
import { decodePng } from '../../pixels/png/decode.ts';
import type { Zlib } from '../../pixels/png/zlib.ts';
import { SheetError } from '../../pixels/sheet/error.ts';
import type { LayoutOptions } from '../../pixels/sheet/placement.ts';
import type { Sheet } from '../../pixels/sheet/sheet.ts';
import { checkSheet } from '../../pixels/sheet/validate.ts';

/**
 * What an export does to a file: `merged` keeps what is not ours, `replaced` destroys what no export wrote, and is for those
 * who were told to.
 */
export type ExportAction = 'written' | 'merged' | 'replaced' | 'unchanged';

export interface PlannedFile {
  /** In the export's folder, with `/`. */
  path: string;
  bytes: Uint8Array;
  action: ExportAction;
}

export interface ExportPlan {
  files: PlannedFile[];
  /** Sentences about what the format could not hold. */
  warnings: string[];
}

export interface ExportOrder {
  sheet: Sheet;
  layout: LayoutOptions;
  target: TargetName;
  /** The export's folder as seen from the game's project; '' where it is its top. */
  inProject: string;
  /** Whether texts that cannot be read are started anew. */
  force: boolean;
  zlib: Zlib;
  /** Bytes of a file in the export's folder; null when there is none. */
  read: (path: string) => Promise<Uint8Array | null>;
}

/**
 * Makes an export's files and finds out what each does to what lies there. Nothing is written: a plan with `replaced` files
 * is carried out only for somebody who wants that.
 * @throws SheetError for frames that the format cannot hold, and without `force` for a text that cannot be built on
 */
export async function planExport(order: ExportOrder): Promise<ExportPlan> {
  const { sheet, target, force, zlib, read } = order;
  checkSheet(sheet);
  const existing = new Map<string, string>();
  for (const path of TARGETS[target].merges(sheet)) {
    const bytes = await read(path);
    if (bytes !== null) existing.set(path, new TextDecoder().decode(bytes));
  }
  const { result, merged } = write(order, existing);
  const files: PlannedFile[] = [];
  for (const file of result.files) {
    const bytes = bytesOf(file);
    const present = await read(file.path);
    const action = actionFor(present, bytes, merged.has(file.path), force, zlib);
    files.push({ path: file.path, bytes, action });
  }
  return { files, warnings: result.warnings };
}

function write(
  { sheet, layout, target, inProject, force, zlib }: ExportOrder,
  existing: ReadonlyMap<string, string>,
): { result: ExportResult; merged: ReadonlyMap<string, string> } {
  const request = { sheet, layout, zlib, folder: inProject };
  try {
    return { result: TARGETS[target].write({ ...request, existing }), merged: existing };
  } catch (error) {
    if (!force || !isAboutFile(error)) throw error;
    const none = new Map<string, string>();
    return { result: TARGETS[target].write({ ...request, existing: none }), merged: none };
  }
}

function isAboutFile(error: unknown): boolean {
  return (
    error instanceof SheetError && (error.code === 'unreadable' || error.code === 'foreign-file')
  );
}

function bytesOf(file: ExportFile): Uint8Array {
  return 'text' in file ? new TextEncoder().encode(file.text) : file.bytes;
}

/** What lies there may be replaced when it was merged, shows the same, or is as an earlier export left it. */
function actionFor(
  present: Uint8Array | null,
  bytes: Uint8Array,
  merged: boolean,
  force: boolean,
  zlib: Zlib,
): ExportAction {
  if (present === null) return 'written';
  if (equalBytes(present, bytes)) return 'unchanged';
  if (merged) return 'merged';
  if (isSealed(present)) return 'written';
  return samePicture(present, bytes, zlib) && !force ? 'unchanged' : 'replaced';
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Whether both are PNG files that show the same, as a sheet that is exported beside itself does. */
function samePicture(a: Uint8Array, b: Uint8Array, zlib: Zlib): boolean {
  try {
    return equalImages(decodePng(a, zlib).image, decodePng(b, zlib).image);
  } catch {
    return false;
  }
}
