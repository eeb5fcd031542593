import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from '../../scripts/editor/browser.ts';
import { EditorServer } from '../../scripts/editor/server.ts';
import { until } from '../../test/helpers/processes.ts';

const SUITE = join(import.meta.dirname, 'activation-suite.cjs');

/** Milliseconds of one activation in a fresh window. */
export interface Activation {
  /** Loading the extension's file. */
  loaded: number;
  /** The call of `activate`. */
  activated: number;
  /** What whoever asked for it waited, the editor's own messages included. */
  waited: number;
  /** Size of that file as it is shipped. */
  bytes: number;
}

/** Activates the installed extension in one fresh window after the other. */
export async function activationTimes(vsix: string, windows: number): Promise<Activation[]> {
  await using server = await EditorServer.start({ smokeTestDriver: true }, [vsix]);
  const workspace = join(server.folder, 'workspace');
  mkdirSync(workspace);
  const extensions = join(server.folder, 'extensions');
  const name = readdirSync(extensions).find(entry => entry.startsWith('dgx-pixels.')) ?? '';
  const authority = `vscode-remote://127.0.0.1:${server.port}`;
  const browser = await launchBrowser();
  const times: Activation[] = [];
  try {
    for (let window = 0; window < windows; window += 1) {
      const report = join(server.folder, `activation-${window}`);
      const page = await browser.newPage();
      let ended = false;
      await page.exposeFunction('codeAutomationLog', () => undefined);
      await page.exposeFunction('codeAutomationExit', () => void (ended = true));
      await page.goto(
        server.url(workspace, [
          ['extensionDevelopmentPath', authority + join(extensions, name)],
          ['extensionTestsPath', authority + SUITE],
          ['extensionEnvironment', JSON.stringify({ DGX_PIXELS_BENCH_REPORT: report })],
          ['skipWelcome', 'true'],
        ]),
      );
      await until('the window has activated it', () => ended, 60_000);
      times.push(JSON.parse(readFileSync(report, 'utf8')) as Activation);
      await page.close();
    }
  } finally {
    await browser.close();
  }
  return times;
}
