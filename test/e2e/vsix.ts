import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserPath } from '../../scripts/editor/browser.ts';

const root = join(import.meta.dirname, '..', '..');
let made: string | null = null;

/** Why these suites cannot run here; undefined when they can. */
export function whyNoEditor(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return 'its editor is installed on Linux x64 only';
  }
  return browserPath() === null ? 'there is no Chromium (Debian: chromium)' : undefined;
}

/** Packs the extension as it is shipped; once per test file. */
export function packVsix(): string {
  if (made === null) {
    const folder = mkdtempSync(join(tmpdir(), 'dgxp-vsix-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    execFileSync(process.execPath, [join(root, 'scripts/package.js'), '--out', folder], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    made = join(folder, readdirSync(folder)[0] ?? '');
  }
  return made;
}
