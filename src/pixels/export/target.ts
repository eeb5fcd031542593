import type { Zlib } from '../png/zlib.ts';
import type { LayoutOptions } from '../sheet/placement.ts';
import type { Sheet } from '../sheet/sheet.ts';
import type { ExportFile } from './file.ts';

export interface ExportRequest {
  sheet: Sheet;
  layout: LayoutOptions;
  zlib: Zlib;
  /** Texts that lie in the folder already, by path: those of `TARGETS[…].merges`. They are kept but for what is ours. */
  existing: ReadonlyMap<string, string>;
  /** The export's folder as seen from the project's, with `/`; '' is the project's own. */
  folder: string;
}

export interface ExportResult {
  files: ExportFile[];
  /** Sentences about what the format could not hold. */
  warnings: string[];
}

/** One format that sheets can be written in. Pure: files come in and go out as text and bytes. */
export interface ExportTarget {
  /** For a person: `Godot 4 SpriteFrames`. */
  title: string;
  /** Ending of the file that a person would open or name, with its dot. */
  ending: string;
  /** Text files whose present content a re-export builds on. */
  merges: (sheet: Sheet) => string[];
  /**
   * @throws SheetError for a sheet that the format cannot hold, or a present file that is not of the format
   */
  write: (request: ExportRequest) => ExportResult;
}
