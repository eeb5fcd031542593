import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { requireOrSkip } from '../helpers/suite.ts';

interface Packed {
  filename: string;
  size: number;
  files: { path: string }[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const environment = outsideEnvironment();
const systemNode = run('node', ['--version'], root);
const systemMajor = Number.parseInt(systemNode.slice(1), 10);

requireOrSkip('installed package', () => {
  const asked = ['view', 'zod', 'version', '--fetch-retries=0', '--fetch-timeout=20000'];
  const { status } = spawnSync('npm', asked, { env: environment, cwd: tmpdir() });
  return status === 0 ? undefined : 'npm reaches no registry to install from';
})('the installed package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'installed-package-'));
  const app = join(folder, 'app');
  const program = join(app, 'node_modules', '.bin', 'dgx-pixels');
  let packed: Packed;

  beforeAll(() => {
    // The integration run has just built; a second build would pull dist from under its neighbours.
    const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
    [packed] = JSON.parse(run('npm', pack, root)) as [Packed];
    mkdirSync(app);
    writeFileSync(join(app, 'package.json'), '{ "private": true }');
    const install = ['install', '--prefer-offline', '--no-audit', '--no-fund'];
    run('npm', [...install, join(folder, packed.filename)], app);
    console.info(`${packed.filename}: ${(packed.size / 1e6).toFixed(2)} MB, on Node ${systemNode}`);
  }, 300_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  it('holds what runs and nothing of its making', () => {
    const paths = packed.files.map(file => file.path);
    expect(paths).toEqual(
      expect.arrayContaining(['bin/dgx-pixels.js', 'dist/cli.cjs', 'dist/worker.cjs', 'README.md']),
    );
    expect(paths.filter(path => /^(src|test|bench|scripts)\/|\.map$/.test(path))).toEqual([]);
    // The editor's parts have a package of their own, the VSIX.
    expect(paths.filter(path => /^dist\/(extension|webview|test)/.test(path))).toEqual([]);
    expect(packed.size).toBeLessThan(3e6);
  });

  it('runs itself on the Node it brought, whichever Node starts it', () => {
    const version = run(program, ['--version'], app);
    expect(version).toMatch(`dgx-pixels ${packageJson.version} (node v`);
    const [, major] = /node v(\d+)\./.exec(version) ?? [];
    expect(Number(major)).toBeGreaterThanOrEqual(24);
  });

  it('explains its commands', () => {
    const help = run(program, ['--help'], app);
    for (const command of ['serve', 'generate', 'jobs', 'models', 'doctor', 'demo', 'preview']) {
      expect(help).toContain(command);
    }
  });

  it('passes a failure of the command on as its own', () => {
    const { status, stderr } = start(program, ['no-such-command']);
    expect(stderr).toContain('no-such-command');
    expect(status).toBeGreaterThan(0);
  });

  it.runIf(systemMajor < 24)('says in one sentence that it found no Node of its own', () => {
    for (const name of readdirSync(join(app, 'node_modules'))) {
      if (/^node-(bin-)?(linux|darwin|win)-/.test(name)) {
        rmSync(join(app, 'node_modules', name), { recursive: true });
      }
    }
    const { status, stderr } = start(program, ['--version']);
    expect(stderr.trim()).toMatch(/^DGX-Pixels needs Node 24 or newer and this is v[^\n]+\.$/);
    expect(status).toBe(1);
  });
});

/** The environment of a shell beside the checkout: the system's Node, and npm set up as it was. */
function outsideEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^npm_|^NODE_OPTIONS$|^INIT_CWD$/i.test(name) ||
      /^npm_config_(registry|cafile|userconfig|cache)$/i.test(name),
  );
  const path = process.env['PATH'] ?? '';
  const outside = path.split(delimiter).filter(entry => !entry.includes('node_modules'));
  return { ...Object.fromEntries(kept), PATH: outside.join(delimiter) };
}

function start(command: string, args: string[]): { status: number | null; stderr: string } {
  return spawnSync(command, args, { encoding: 'utf8', env: environment });
}

function run(command: string, args: string[], cwd: string): string {
  const options = { encoding: 'utf8', env: environment, cwd, stdio: 'pipe' } as const;
  return execFileSync(command, args, options).trim();
}
