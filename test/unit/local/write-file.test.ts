import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replaceFile } from '../../../src/local/write-file.ts';
import { Folder } from '../../helpers/processes.ts';

const bytes = new TextEncoder().encode('new');

describe('a file that is replaced', () => {
  it('has the new content, and nothing lies beside it', async () => {
    using folder = new Folder();
    const path = join(folder.path, 'sprite.png');
    writeFileSync(path, 'old');
    await replaceFile(path, bytes);
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(folder.path)).toEqual(['sprite.png']);
  });

  it.skipIf(process.platform === 'win32')('stays the one that a link points to', async () => {
    using folder = new Folder();
    const [file, link] = [join(folder.path, 'sprite.png'), join(folder.path, 'link.png')];
    writeFileSync(file, 'old');
    symlinkSync(file, link);
    await replaceFile(link, bytes);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('new');
  });

  it.skipIf(process.platform === 'win32')('is written to where it is a pipe', async () => {
    using folder = new Folder();
    const pipe = join(folder.path, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reader = spawn('cat', [pipe]);
    const read: string[] = [];
    reader.stdout.on('data', (chunk: Buffer) => read.push(chunk.toString()));
    await replaceFile(pipe, bytes);
    await once(reader, 'close');
    expect(read.join('')).toBe('new');
    expect(statSync(pipe).isFIFO()).toBe(true);
  });
});
