import { fstatSync, readSync } from 'node:fs';
import { headerLength, parseHeader, type SafetensorsHeader } from './header.ts';
import { ModelFileError } from './problem.ts';

/** Reads exactly so many bytes of an open file. @throws ModelFileError `truncated` */
export function readFully(file: number, target: Uint8Array, position: number): void {
  let done = 0;
  while (done < target.byteLength) {
    const count = readSync(file, target, done, target.byteLength - done, position + done);
    if (count === 0) throw new ModelFileError('truncated', 'the file ended while it was read');
    done += count;
  }
}

/**
 * Header of an open safetensors file; blocks while it reads.
 * @throws ModelFileError for every kind of garbage
 */
export function readHeader(file: number): SafetensorsHeader {
  const stat = fstatSync(file);
  if (!stat.isFile()) throw new ModelFileError('unreadable', 'it is not a file');
  const first = new Uint8Array(Math.min(8, stat.size));
  readFully(file, first, 0);
  const json = new Uint8Array(headerLength(first, stat.size));
  readFully(file, json, 8);
  return parseHeader(json, stat.size);
}
