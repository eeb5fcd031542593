import { describe, expect, test } from 'vitest';
import { fileOfState } from '../../../../src/extension/panels/fix/panel-state.ts';
import { externalCommand } from '../../../../src/extension/pixels/external-command.ts';
import { freeName } from '../../../../src/extension/pixels/picture-name.ts';

describe('the program of the setting', () => {
  test('gets the file last, or where it is asked for', () => {
    expect(externalCommand('aseprite', '/a b.png')).toEqual({
      program: 'aseprite',
      args: ['/a b.png'],
    });
    expect(externalCommand('gimp --new {file} --end', '/x.png')).toEqual({
      program: 'gimp',
      args: ['--new', '/x.png', '--end'],
    });
  });

  test('may have blanks in quotes, and no shell reads it', () => {
    expect(externalCommand('"C:\\Program Files\\A\\a.exe" \'-x y\'', 'C:\\$&;.png')).toEqual({
      program: 'C:\\Program Files\\A\\a.exe',
      args: ['-x y', 'C:\\$&;.png'],
    });
    expect(externalCommand('a --in={file}', '/$&.png')?.args).toEqual(['--in=/$&.png']);
  });

  test('is none when nothing is set', () => {
    expect(externalCommand('  ', '/x.png')).toBeNull();
    expect(externalCommand('""', '/x.png')).toBeNull();
  });
});

describe('the name of a copy', () => {
  test('is free, whatever case a disk tells apart', () => {
    expect(freeName('hero.PNG', '-fixed', new Set())).toBe('hero-fixed.png');
    const taken = new Set(['hero-fixed.png', 'hero-fixed-2.png']);
    expect(freeName('Hero.png', '-fixed', taken)).toBe('Hero-fixed-3.png');
  });
});

describe('the state of a panel', () => {
  test('names its file, or belongs to nothing', () => {
    expect(fileOfState({ version: 1, value: { file: 'file:///a.png' } })).toBe('file:///a.png');
    for (const torn of [
      null,
      7,
      {},
      { value: null },
      { value: { file: '' } },
      { value: { file: 3 } },
    ]) {
      expect(fileOfState(torn)).toBeNull();
    }
  });
});
