import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ComfyHttp } from '../../../src/worker/comfyui/http.ts';
import { outputFolders } from '../../../src/worker/comfyui/outputs/folders.ts';
import { outputsIn } from '../../../src/worker/comfyui/outputs/left.ts';
import { isOurName, outputName } from '../../../src/worker/comfyui/outputs/names.ts';
import { removeOutputs } from '../../../src/worker/comfyui/outputs/remove.ts';
import { Folder } from '../../helpers/processes.ts';

const RUN = '0193a1b2-0000-4000-8000-00000000000a';
const OTHER = '0193a1b2-0000-4000-8000-00000000000b';
const LOCAL = 'http://127.0.0.1:8188';

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A server that answers one route at most. */
function server(models: unknown = null): ComfyHttp {
  return { json: () => Promise.resolve(models) } as unknown as ComfyHttp;
}

describe('where a server writes', () => {
  it.each([
    [['/opt/comfy/main.py'], ['/opt/comfy/output']],
    [['main.py', '--base-directory', '/data'], ['/data/output']],
    [['main.py', '--base-directory=/data', '--output-directory=/out'], ['/out']],
    [['main.py', '--output-directory', '/a', '--output-directory', '/b'], ['/b']],
    [['main.py', '--output-directory'], []],
    [['main.py', '--output-directory', 'relative'], []],
    [['main.py'], []],
    [[], []],
  ])('is told by its command line %j', async (argv, folders) => {
    const expected = folders.map(folder => join(folder, 'dgx-pixels'));
    expect(await outputFolders(server(), LOCAL, argv)).toEqual(expected);
  });

  it('is beside its models, when they are where they always are', async () => {
    const models = [
      { name: 'loras', folders: ['/elsewhere/loras'] },
      { name: 'checkpoints', folders: ['/srv/models/checkpoints', '/big/sd', 7] },
    ];
    expect(await outputFolders(server(models), LOCAL, ['main.py'])).toEqual([
      join('/srv/output/dgx-pixels'),
    ]);
    expect(await outputFolders(server('rubbish'), LOCAL, ['main.py'])).toEqual([]);
  });

  it('does not matter on another machine', async () => {
    expect(await outputFolders(server(), 'http://spark:8188', ['/opt/comfy/main.py'])).toEqual([]);
  });
});

describe('our names', () => {
  it('begin with a prompt id and stay in their folder', () => {
    expect(isOurName(outputName(RUN, 12))).toBe(true);
    expect(outputName(RUN, 12)).toBe(`${RUN}_00012_.png`);
    for (const name of ['', 'a.png', RUN, `x${RUN}_1.png`, `${RUN}_/../../x`, `${RUN}_..\\x`]) {
      expect(isOurName(name), name).toBe(false);
    }
  });
});

describe('removing what was imported', () => {
  it('takes the very bytes of the very run, and nothing else', async () => {
    using folder = new Folder();
    const ours = join(folder.path, 'dgx-pixels');
    mkdirSync(join(ours, outputName(RUN, 5)), { recursive: true });
    const secret = join(folder.path, 'secret.png');
    const write = (name: string, text: string) => {
      writeFileSync(join(ours, name), text);
      return { filename: name, sha256: sha256(text) };
    };
    writeFileSync(secret, 'one');
    const good = write(outputName(RUN, 1), 'one');
    const grown = { ...write(outputName(RUN, 2), 'two'), sha256: sha256('tw') };
    const foreign = write(outputName(OTHER, 1), 'of another run');
    const plain = write('mine.png', 'mine');
    symlinkSync(secret, join(ours, outputName(RUN, 3)));
    const asked = [
      good,
      grown,
      foreign,
      plain,
      { filename: outputName(RUN, 3), sha256: sha256('one') },
      { filename: outputName(RUN, 4), sha256: sha256('gone') },
      { filename: outputName(RUN, 5), sha256: sha256('') },
      { filename: `${RUN}_/../../secret.png`, sha256: sha256('one') },
    ];
    expect(await removeOutputs(['/nowhere/dgx-pixels', ours], RUN, asked)).toBe(1);
    expect(existsSync(secret)).toBe(true);
    expect(readdirSync(ours)).toHaveLength(5);
    expect(readdirSync(ours)).not.toContain(good.filename);
  });
});

describe('what is left', () => {
  it('is counted without what is not ours, nothing where nothing was drawn, unknown where nobody can look', async () => {
    using folder = new Folder();
    const ours = join(folder.path, 'dgx-pixels');
    expect(await outputsIn([ours])).toEqual({ folder: ours, count: 0, bytes: 0 });
    mkdirSync(ours);
    writeFileSync(join(ours, outputName(RUN, 1)), 'four');
    writeFileSync(join(ours, outputName(OTHER, 1)), 'three');
    writeFileSync(join(ours, 'mine.png'), 'mine');
    expect(await outputsIn(['/nowhere/at/all', ours])).toEqual({
      folder: ours,
      count: 2,
      bytes: 9,
    });
    expect(await outputsIn(['/nowhere/at/all'])).toBeNull();
    expect(await outputsIn([])).toBeNull();
  });
});
