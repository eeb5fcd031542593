import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mergeInventories, type ServerInventory } from '../../../src/worker/comfyui/inventory.ts';
import { createLog } from '../../../src/worker/log.ts';
import { CurrentInventory } from '../../../src/worker/models/current-inventory.ts';
import { FileTable } from '../../../src/worker/models/file-table.ts';
import { ModelFiles } from '../../../src/worker/models/model-files.ts';
import { type ModelReader, ThreadReader } from '../../../src/worker/models/reader.ts';
import { placeFinder } from '../../../src/worker/models/server-places.ts';
import { openJournal } from '../../../src/worker/store/open.ts';
import { Folder, until } from '../../helpers/processes.ts';
import { kohyaLora, modelFile, unetCheckpoint } from '../../unit/models/model-file.ts';

const THREAD = new URL('../../../src/worker/models/hash-thread.ts', import.meta.url).pathname;

function inventoryWith(change: Partial<ServerInventory>): ServerInventory {
  return {
    checkpoints: [],
    loras: [],
    vaes: [],
    samplers: [],
    schedulers: [],
    classes: [],
    ...change,
  };
}

/** Files, what is remembered of them, and the service that looks at them, as one worker's life. */
class Life implements AsyncDisposable {
  readonly files: ModelFiles;
  readonly read: string[] = [];
  readonly inventory: CurrentInventory;
  changes = 0;
  readonly #close: () => void;

  constructor(
    folder: string,
    inventories: ReadonlyMap<string, ServerInventory>,
    address = 'http://127.0.0.1:9',
    configured = true,
  ) {
    const { database } = openJournal(folder);
    const reader = new ThreadReader(THREAD);
    const counting: ModelReader = {
      facts: (path, kind) => reader.facts(path, kind),
      scan: path => {
        this.read.push(path);
        return reader.scan(path);
      },
      close: () => reader.close(),
    };
    this.files = new ModelFiles({
      table: new FileTable(database),
      reader: counting,
      finders: [...inventories.keys()].map(server =>
        placeFinder(
          server,
          { url: address, headers: {}, tls: {} },
          configured ? [join(folder, 'models')] : null,
        ),
      ),
      inventories: () => inventories,
      changed: () => {
        this.changes++;
      },
      log: createLog('silent'),
    });
    this.inventory = new CurrentInventory(() => inventories, this.files);
    this.#close = () => {
      database.close();
    };
  }

  async readAll(): Promise<void> {
    await this.files.look();
    await until('all is read', () => this.files.unread === 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.files.close();
    this.#close();
  }
}

function save(folder: Folder, name: string, bytes: Uint8Array): string {
  const path = join(folder.path, 'models', name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('model files', () => {
  it('tell family, size, SHA-256, trigger words and problems of what a server lists', async () => {
    using folder = new Folder();
    const [base, lora, nan] = [
      unetCheckpoint(2048),
      kohyaLora(2048),
      kohyaLora(768, undefined, NaN),
    ];
    save(folder, 'checkpoints/xl/plain name.safetensors', base);
    save(folder, 'checkpoints/old.ckpt', Buffer.from('a pickle'));
    save(folder, 'loras/größe/画風.safetensors', lora);
    save(folder, 'loras/nan.safetensors', nan);
    save(folder, 'loras/torn.safetensors', lora.subarray(0, 300));
    save(
      folder,
      'loras/says.safetensors',
      modelFile({}, { 'modelspec.trigger_phrase': 'pixelish', 'modelspec.license': 'CC0-1.0' }),
    );
    symlinkSync(
      join(folder.path, 'models/loras/nan.safetensors'),
      join(folder.path, 'models/loras/link.safetensors'),
    );
    const inventories = new Map([
      [
        'box',
        inventoryWith({
          checkpoints: ['xl/plain name.safetensors', 'old.ckpt', 'absent.safetensors'],
          loras: [
            'größe/画風.safetensors',
            'nan.safetensors',
            'torn.safetensors',
            'says.safetensors',
            'link.safetensors',
            '../../secret.safetensors',
          ],
        }),
      ],
    ]);
    writeFileSync(join(folder.path, 'secret.safetensors'), lora);
    await using life = new Life(folder.path, inventories);
    await life.readAll();
    const { checkpoints, loras } = life.inventory.get() ?? mergeInventories(new Map());
    expect(checkpoints).toMatchObject([
      { family: 'sdxl', bytes: base.length, sha256: sha256(base), problem: null },
      { family: 'unknown', bytes: 8, sha256: null, problem: null },
      { family: 'unknown', bytes: null, sha256: null },
    ]);
    expect(loras).toMatchObject([
      { family: 'sdxl', bytes: lora.length, sha256: sha256(lora) },
      { family: 'sd15', sha256: sha256(nan), problem: expect.stringContaining('NaN') as unknown },
      {
        family: 'unknown',
        sha256: null,
        problem: expect.stringContaining('inside its header') as unknown,
      },
      { triggerWords: ['pixelish'], license: 'CC0-1.0' },
      { family: 'sd15', sha256: sha256(nan) },
      { bytes: null, sha256: null },
    ]);
    // The link and what it points to are one file.
    expect(life.read.filter(path => path.endsWith('nan.safetensors'))).toHaveLength(1);
    await until('it is told', () => life.changes > 0);
  });

  it('are not read again at the next start, but read anew when they are replaced', async () => {
    using folder = new Folder();
    const path = save(folder, 'loras/a.safetensors', kohyaLora(768));
    save(folder, 'checkpoints/b.safetensors', unetCheckpoint(768));
    const inventories = new Map([
      ['box', inventoryWith({ checkpoints: ['b.safetensors'], loras: ['a.safetensors'] })],
    ]);
    const hashes = (life: Life): (string | null)[] => {
      const all = life.inventory.get();
      return [...(all?.loras ?? []), ...(all?.checkpoints ?? [])].map(model => model.sha256);
    };
    const first = new Life(folder.path, inventories);
    await first.readAll();
    expect(first.read).toHaveLength(2);
    const known = hashes(first);
    await first[Symbol.asyncDispose]();

    await using second = new Life(folder.path, inventories);
    await second.files.look();
    expect(hashes(second)).toEqual(known);
    await second.readAll();
    expect(second.read).toEqual([]);

    // Another content of the same size, and the same content with another time.
    const other = kohyaLora(768, undefined, 0.5);
    writeFileSync(path, other);
    utimesSync(path, new Date(), new Date(Date.now() - 60_000));
    await second.files.look();
    expect(hashes(second)[0]).toBeNull();
    await second.readAll();
    expect(hashes(second)).toEqual([sha256(other), known[1]]);
    expect(second.read).toEqual([path]);
  });

  it('give a run the hash of the very file it was drawn with, or none', async () => {
    using folder = new Folder();
    const bytes = unetCheckpoint(768);
    const path = save(folder, 'checkpoints/b.safetensors', bytes);
    utimesSync(path, new Date(50_000), new Date(50_000));
    const inventories = new Map([['box', inventoryWith({ checkpoints: ['b.safetensors'] })]]);
    await using life = new Life(folder.path, inventories);
    const hash = (since: number) => life.files.hashOf('box', 'checkpoint', 'b.safetensors', since);
    expect(await hash(100_000)).toBeNull();
    await life.readAll();
    expect(await hash(100_000)).toBe(sha256(bytes));
    expect(await hash(40_000)).toBeNull();
    expect(await life.files.hashOf('elsewhere', 'checkpoint', 'b.safetensors', 100_000)).toBeNull();
    renameSync(path, `${path}.old`);
    writeFileSync(path, bytes);
    expect(await hash(Date.now() + 60_000)).toBeNull();
    rmSync(path);
    expect(await hash(100_000)).toBeNull();
  });

  it('that appear, vanish or become readable are noticed', async () => {
    using folder = new Folder();
    const inventories = new Map([['box', inventoryWith({ loras: ['a.safetensors'] })]]);
    await using life = new Life(folder.path, inventories);
    const lora = () => life.inventory.get()?.loras[0];
    await life.readAll();
    expect(lora()).toMatchObject({ bytes: null, sha256: null });
    const path = save(folder, 'loras/a.safetensors', kohyaLora(768));
    if (process.getuid?.() !== 0) {
      chmodSync(path, 0);
      await life.readAll();
      expect(lora()).toMatchObject({
        sha256: null,
        problem: expect.stringContaining('EACCES') as unknown,
      });
      chmodSync(path, 0o600);
    }
    await life.readAll();
    expect(lora()).toMatchObject({ family: 'sd15', sha256: sha256(kohyaLora(768)) });
    rmSync(path);
    await life.readAll();
    expect(lora()).toMatchObject({ bytes: null, sha256: null });
  });

  it('that were removed or put back are noticed by who is about to draw with them', async () => {
    using folder = new Folder();
    const inventories = new Map([['box', inventoryWith({ loras: ['a.safetensors'] })]]);
    const path = save(folder, 'loras/a.safetensors', kohyaLora(768));
    await using life = new Life(folder.path, inventories);
    const cameOrWent = () => life.files.refresh('box', [{ kind: 'lora', name: 'a.safetensors' }]);
    const hash = () => life.inventory.get()?.loras[0]?.sha256;
    await life.readAll();
    expect(await cameOrWent()).toBe(false);
    rmSync(path);
    expect(await cameOrWent()).toBe(true);
    expect(hash()).toBeNull();
    expect(await cameOrWent()).toBe(false);
    save(folder, 'loras/a.safetensors', kohyaLora(2048));
    expect(await cameOrWent()).toBe(true);
    await until('it is read', () => life.files.unread === 0);
    expect(hash()).toBe(sha256(kohyaLora(2048)));
    expect(await cameOrWent()).toBe(false);
  });

  it('that differ between servers have no hash, and say so', async () => {
    using left = new Folder();
    const inventory = inventoryWith({ loras: ['a.safetensors'] });
    save(left, 'loras/a.safetensors', kohyaLora(768));
    const inventories = new Map([
      ['left', inventory],
      ['right', inventory],
    ]);
    await using life = new Life(left.path, inventories);
    await life.readAll();
    expect(life.inventory.get()?.loras[0]?.sha256).toBe(sha256(kohyaLora(768)));
    const known = (server: string, fill: string) => {
      const model = life.files.get(server, 'lora', 'a.safetensors');
      const scan = { sha256: fill.repeat(64), nonFinite: { count: 0, first: [] }, tensors: 3 };
      return model === null ? null : { ...model, knowledge: { ...model.knowledge, scan } };
    };
    const differing = new CurrentInventory(() => inventories, {
      version: 1,
      get: server => known(server, server === 'left' ? 'a' : 'b'),
    });
    expect(differing.get()?.loras[0]).toMatchObject({
      sha256: null,
      problem: expect.stringContaining('different files') as unknown,
    });
  });

  it('are found and read among 5,000 names', async () => {
    using folder = new Folder();
    const loras = Array.from({ length: 5_000 }, (_, i) => `many/${i}.safetensors`);
    for (const name of loras.slice(0, 300)) save(folder, `loras/${name}`, kohyaLora(768));
    const inventories = new Map([['box', inventoryWith({ loras })]]);
    await using life = new Life(folder.path, inventories);
    await life.readAll();
    expect(life.inventory.get()?.loras.filter(model => model.sha256 !== null)).toHaveLength(300);
    expect(life.read).toHaveLength(300);
  });
});

describe('a server on this machine', () => {
  /** Answers what ComfyUI answers about its folders; everything else is not found. */
  async function serverOf(answers: Record<string, unknown>) {
    const server = createServer((request, response) => {
      const answer = answers[request.url ?? ''];
      response.statusCode = answer === undefined ? 404 : 200;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer ?? {}));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return {
      url: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`,
      [Symbol.asyncDispose]: async () => {
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
      },
    };
  }

  const inventories = new Map([['box', inventoryWith({ loras: ['sub/a.safetensors'] })]]);

  async function shaFrom(folder: Folder, answers: Record<string, unknown>) {
    await using server = await serverOf(answers);
    await using life = new Life(folder.path, inventories, server.url, false);
    await life.readAll();
    const lora = life.inventory.get()?.loras[0];
    return { sha256: lora?.sha256, bytes: lora?.bytes };
  }

  it('is asked for its folders, by whichever route it has', async () => {
    using folder = new Folder();
    const bytes = kohyaLora(768);
    const loras = join(folder.path, 'models', 'loras');
    save(folder, 'loras/sub/a.safetensors', bytes);
    const expected = { sha256: sha256(bytes), bytes: bytes.length };
    const listed = [{ name: 'sub/a.safetensors', pathIndex: 0, size: bytes.length }];
    expect(
      await shaFrom(folder, {
        '/experiment/models': [{ name: 'loras', folders: ['/nowhere', loras] }],
        '/experiment/models/loras': listed,
      }),
    ).toEqual(expected);
    expect(await shaFrom(folder, { '/internal/folder_paths': { loras: [loras] } })).toEqual(
      expected,
    );
    expect(
      await shaFrom(folder, {
        '/system_stats': { system: { argv: ['main.py', '--base-directory', folder.path] } },
      }),
    ).toEqual(expected);
    expect(await shaFrom(folder, {})).toEqual({ sha256: null, bytes: null });
  });

  it('behind a tunnel is not believed to have the files that lie here', async () => {
    using folder = new Folder();
    save(folder, 'loras/sub/a.safetensors', kohyaLora(768));
    const answers = {
      '/experiment/models': [{ name: 'loras', folders: [join(folder.path, 'models', 'loras')] }],
      '/experiment/models/loras': [{ name: 'sub/a.safetensors', pathIndex: 0, size: 12345 }],
    };
    expect(await shaFrom(folder, answers)).toEqual({ sha256: null, bytes: 12345 });
  });
});
