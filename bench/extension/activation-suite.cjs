// Runs inside VS Code: what activation costs in a fresh window. As the editor itself counts it,
// loading the code plus the call; its own messages between processes are not the extension's.
const { statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const vscode = require('vscode');

exports.run = async () => {
  const extension = vscode.extensions.getExtension('dgx-pixels.dgx-pixels');
  if (extension.isActive) throw new Error('It was active before anybody asked for it.');
  const file = join(extension.extensionPath, extension.packageJSON.main);
  const started = performance.now();
  require(file);
  const loaded = performance.now() - started;
  const { activationMs } = await extension.activate();
  const waited = performance.now() - started;
  const report = { loaded, activated: activationMs, waited, bytes: statSync(file).size };
  writeFileSync(process.env.DGX_PIXELS_BENCH_REPORT, JSON.stringify(report));
};
