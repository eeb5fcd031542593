// node test/host/desktop.ts: the suite inside a desktop VS Code
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { bundleSuite } from './bundle.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'dgxp-desktop-'));
// Without a path of an installed VS Code the newest is downloaded.
const executable = process.env['VSCODE_EXECUTABLE'] ?? '';

try {
  const workspace = join(folder, 'dungeon');
  cpSync(join(root, 'examples', 'dungeon'), workspace, { recursive: true });
  mkdirSync(join(folder, 'run'), { mode: 0o700 });
  process.exitCode = await runTests({
    ...(executable !== '' && { vscodeExecutablePath: executable }),
    extensionDevelopmentPath: root,
    extensionTestsPath: await bundleSuite(),
    extensionTestsEnv: {
      DGX_PIXELS_DATA: join(folder, 'data'),
      DGX_PIXELS_RUNTIME: join(folder, 'run'),
      DGX_PIXELS_HOST_PART: 'main',
      COMFYUI_URL: '',
    },
    launchArgs: [workspace, '--user-data-dir', join(folder, 'user')],
  });
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
