/** A file to write; `path` is relative to the export's folder, with `/`. */
export type ExportFile = TextFile | BinaryFile;

export interface TextFile {
  path: string;
  text: string;
}

export interface BinaryFile {
  path: string;
  bytes: Uint8Array<ArrayBuffer>;
}
