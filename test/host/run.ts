// node test/host/run.ts [--part main|untrusted] [--grep TEXT]: the suite inside VS Code's web workbench
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as timeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { browserPath, launchBrowser } from '../../scripts/editor/browser.ts';
import { EditorServer } from '../../scripts/editor/server.ts';
import { bundleSuite } from './bundle.ts';

const root = join(import.meta.dirname, '..', '..');
const limitMs = 600_000;
const parts = ['main', 'untrusted'] as const;

const { values } = parseArgs({
  options: { part: { type: 'string' }, grep: { type: 'string', default: '' } },
});

const why = whyNot();
if (why !== null) {
  console.log(`skipped: the suite inside VS Code: ${why}`);
  process.exit(process.env['DGX_PIXELS_REQUIRE_ALL'] === '1' ? 1 : 0);
}
const suite = await bundleSuite();
for (const part of parts) {
  if (values.part !== undefined && values.part !== part) continue;
  if (!(await runPart(part))) process.exitCode = 1;
}

function whyNot(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return 'its editor is installed on Linux x64 only; npm run test:desktop runs it elsewhere';
  }
  return browserPath() === null ? 'there is no Chromium (Debian: chromium)' : null;
}

/** Runs one part in an editor of its own; prints its tests and says whether all passed. */
async function runPart(part: (typeof parts)[number]): Promise<boolean> {
  await using server = await EditorServer.start({
    smokeTestDriver: true,
    trustAll: part !== 'untrusted',
  });
  const report = join(server.folder, 'report.json');
  const workspace = join(server.folder, 'workspace');
  mkdirSync(workspace);
  cpSync(join(root, 'examples', 'dungeon'), join(workspace, 'dungeon'), { recursive: true });

  if (part === 'untrusted') writeHostileSettings(join(workspace, 'dungeon'));

  const browser = await launchBrowser();
  const log: string[] = [];
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
      log.push(args.map(String).join(' '));
    });
    let exited: () => void;
    const ended = new Promise<true>(resolve => (exited = () => resolve(true)));
    await page.exposeFunction('codeAutomationExit', () => exited());
    const authority = `vscode-remote://127.0.0.1:${server.port}`;
    const environment = {
      DGX_PIXELS_HOST_PART: part,
      DGX_PIXELS_HOST_REPORT: report,
      DGX_PIXELS_HOST_GREP: values.grep,
    };
    await page.goto(
      server.url(join(workspace, 'dungeon'), [
        ['extensionDevelopmentPath', authority + root],
        ['extensionTestsPath', authority + suite],
        ['extensionEnvironment', JSON.stringify(environment)],
        ['skipWelcome', 'true'],
      ]),
    );
    if (!(await Promise.race([ended, timeout(limitMs, false, { ref: false })]))) {
      const picture = join(root, '.cache', `host-${part}.png`);
      mkdirSync(join(root, '.cache'), { recursive: true });
      await page.screenshot({ path: picture });
      console.error(`The suite took too long. What the window showed: ${picture}`);
    }
  } finally {
    await browser.close();
  }
  return printReport(part, report, log);
}

/** What a repository that somebody cloned may try; and one setting that it may choose. */
function writeHostileSettings(folder: string): void {
  mkdirSync(join(folder, '.vscode'));
  const settings = {
    'dgx-pixels.worker': 'remote',
    'dgx-pixels.local.engine': 'comfyui',
    'dgx-pixels.local.comfyuiUrl': 'http://192.0.2.1:8188',
    'dgx-pixels.local.dataFolder': join(folder, 'elsewhere'),
    'dgx-pixels.output.folder': 'elsewhere',
    'dgx-pixels.output.metadata': 'none',
  };
  writeFileSync(join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
}

function printReport(part: string, file: string, log: readonly string[]): boolean {
  if (!existsSync(file)) {
    console.error(`The part ${part} reported nothing. The host's console:\n${log.join('\n')}`);
    return false;
  }
  const text = readFileSync(file, 'utf8');
  const { results, success } = JSON.parse(text) as {
    success: boolean;
    results: { title: string; state: string; ms: number; error?: string }[];
  };
  for (const { title, state, ms, error } of results) {
    console.log(`${state.padEnd(7)} ${String(ms).padStart(6)} ms  ${title}`);
    if (error !== undefined) console.log(error.replace(/^/gm, '    '));
  }
  const reports = process.env['DGX_PIXELS_TEST_REPORTS'];
  if (reports !== undefined) writeFileSync(join(reports, `host-${part}.json`), text);
  return success;
}
