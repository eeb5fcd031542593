// node scripts/run.js ARGS…: the command line from a checkout, built first when a source changed
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { launch } from '../bin/launch.js';
import { isStale, outputFolder, root } from './outputs.js';

const built = isStale()
  ? spawnSync(process.execPath, [join(root, 'scripts', 'build.js')], {
      stdio: ['ignore', 'ignore', 'inherit'],
    }).status
  : 0;

if (built === 0) {
  process.setSourceMapsEnabled(true);
  launch(join(outputFolder, 'cli.cjs'), process.argv.slice(2));
} else {
  process.exitCode = 1;
}
