import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { ensureNode22, requireOrSkip } from '../../helpers/suite.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'build-')));
const project = join(folder, 'project');
const standalone = join(folder, 'standalone');
const node22 = ensureNode22();

const worker = `
  import { Piscina } from 'piscina';
  import { pino } from 'pino';
  import { version } from 'zeromq';
  declare const PACKAGE_VERSION: string;
  const log = pino({ redact: ['token'] }, pino.destination({ dest: 1, sync: true }));
  const filename = process.argv[1]!.replace('worker.cjs', 'pixels-thread.cjs');
  const pool = new Piscina({ filename, maxThreads: 1 });
  void pool.run(21).then(async answer => {
    await pool.destroy();
    log.info({ answer, zeromq: version, version: PACKAGE_VERSION, token: 'secret' });
  });`;

const thread = `
  import { isMainThread } from 'node:worker_threads';
  export default (n: number) => ({ doubled: n * 2, isMainThread });`;

const cli = `
  const [, program, first, ...rest] = process.argv;
  process.on('SIGTERM', () => process.exit(43));
  if (require.main !== module) throw new Error('not started as a program');
  console.log(JSON.stringify({ node: process.version, program, first, rest }));
  if (first === 'wait') setInterval(() => undefined, 1000);
  else process.exitCode = 42;`;

beforeAll(async () => {
  for (const name of ['scripts', 'bin', 'package.json', 'package-lock.json']) {
    cpSync(join(repository, name), join(project, name), { recursive: true });
  }
  symlinkSync(join(repository, 'node_modules'), join(project, 'node_modules'), 'junction');
  const outputs = pathToFileURL(join(project, 'scripts/outputs.js')).href;
  const { entries, pages } = (await import(outputs)) as Record<
    'entries' | 'pages',
    { source: string }[]
  >;
  for (const { source } of entries) if (!isAbsolute(source)) write(source, 'export {};');
  for (const { source } of pages) write(source, source.endsWith('.css') ? '' : 'export {};');
  write('src/cli/main.ts', cli);
  write('src/worker/main.ts', worker);
  write('src/worker/images/pixels-thread.ts', thread);
  write('workflows/sprite.json', '{}');
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the build', () => {
  it('bundles every entry and leaves nothing half-written', () => {
    expect(build()).toEqual({ status: 0, stderr: '' });
    const names = readdirSync(join(project, 'dist'));
    expect(names).toEqual(
      expect.arrayContaining(['cli.cjs', 'worker.cjs', 'pixels-thread.cjs', 'piscina-worker.cjs']),
    );
    expect(names.filter(name => !/\.cjs(\.map)?$/.test(name))).toEqual(['webview']);
    const pages = readdirSync(join(project, 'dist/webview'));
    expect(pages).toEqual(expect.arrayContaining(['page.css', 'results.js']));
    expect(pages.filter(name => !/\.(js|css)(\.map)?$/.test(name))).toEqual([]);
  });

  it('touches nothing when it is told to build only what is stale', () => {
    build();
    const before = statSync(join(project, 'dist/cli.cjs')).ino;
    expect(build('--if-stale').status).toBe(0);
    expect(statSync(join(project, 'dist/cli.cjs')).ino).toBe(before);
  });

  it.each([
    ['a source is saved', () => write('src/cli/main.ts', cli)],
    ['a source is removed', () => rmSync(join(project, 'src/extra.ts'))],
    ['a workflow is saved', () => write('workflows/sprite.json', '{ "1": {} }')],
    ['an output is missing', () => rmSync(join(project, 'dist/worker.cjs'))],
  ])('builds again when %s', (_, change) => {
    write('src/extra.ts', 'export {};');
    build();
    const before = statSync(join(project, 'dist/cli.cjs')).ino;
    change();
    expect(build('--if-stale').status).toBe(0);
    expect(statSync(join(project, 'dist/cli.cjs')).ino).not.toBe(before);
  });

  it('says what does not bundle, and leaves the last good bundle', () => {
    const before = statSync(join(project, 'dist/cli.cjs')).ino;
    write('src/cli/main.ts', `import './nowhere.ts';`);
    const { status, stderr } = build();
    write('src/cli/main.ts', cli);
    expect(status).toBe(1);
    expect(stderr).toContain('nowhere.ts');
    expect(statSync(join(project, 'dist/cli.cjs')).ino).toBe(before);
  });
});

describe('a standalone worker', () => {
  const runsItsThread = (node: string) => {
    const program = join(standalone, 'dist', 'worker.cjs');
    const { status, stdout, stderr } = spawnSync(node, [program], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      answer: { doubled: 42, isMainThread: false },
      zeromq: expect.stringMatching(/^4\./) as string,
      version: packageJson.version,
      token: '[Redacted]',
    });
  };

  beforeAll(() => {
    expect(build('--standalone', standalone)).toEqual({ status: 0, stderr: '' });
  });

  it('runs pool, log and zeromq with no other package', () => runsItsThread(process.execPath));

  requireOrSkip('standalone worker on Node 22', () => node22.why)('on Node 22', () => {
    it('runs them too', () => runsItsThread(node22.path!));
  });

  it('carries the workflows and one native binary', () => {
    const files = readdirSync(standalone, { recursive: true, encoding: 'utf8' });
    expect(files).toContain(join('workflows', 'sprite.json'));
    expect(files.filter(file => file.endsWith('.node'))).toHaveLength(1);
    expect(readdirSync(join(standalone, 'node_modules')).sort()).toEqual(['cmake-ts', 'zeromq']);
    expect(files.filter(file => /\.d\.ts$|\.map$|cli\.cjs/.test(file))).toEqual([]);
  });
});

describe('the command line of a checkout', () => {
  const runner = join('scripts', 'run.js');
  const options = { cwd: project, encoding: 'utf8' } as const;

  it('builds what is stale and passes arguments and exit code on', () => {
    write('src/cli/main.ts', cli.replace('42', '44'));
    const { status, stdout } = spawnSync(process.execPath, [runner, 'one', 'two three'], options);
    write('src/cli/main.ts', cli);
    expect(JSON.parse(stdout)).toMatchObject({
      program: join(project, 'dist', 'cli.cjs'),
      first: 'one',
      rest: ['two three'],
    });
    expect(status).toBe(44);
  });

  requireOrSkip('command line started by an older Node', () => node22.why)('on an old Node', () => {
    it('moves to the Node that npm brought', () => {
      const { status, stdout } = spawnSync(node22.path!, [runner, 'one'], options);
      expect(JSON.parse(stdout)).toMatchObject({
        node: expect.stringMatching(/^v2[4-9]/) as string,
      });
      expect(status).toBe(42);
    });

    it('hands a signal to the command and ends as it does', async () => {
      const child = spawn(node22.path!, [runner, 'wait'], { cwd: project });
      const ended = new Promise(resolve => child.on('exit', resolve));
      await new Promise(resolve => child.stdout.once('data', resolve));
      child.kill('SIGTERM');
      expect(await ended).toBe(43);
    });
  });
});

function build(...args: string[]): { status: number | null; stderr: string } {
  const script = join('scripts', 'build.js');
  const options = { cwd: project, encoding: 'utf8' } as const;
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], options);
  return { status, stderr };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}
