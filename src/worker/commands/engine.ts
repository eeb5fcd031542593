import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startBuiltinEngine } from '../builtin/engine.ts';
import { type CommandContext, EXIT, newCommand, reportError } from './parse.ts';

/** `dgx-pixels engine`: the built-in engine alone, for those who want to look at its ComfyUI API. */
export async function engineCommand(
  argv: readonly string[],
  context: CommandContext,
): Promise<number> {
  const command = newCommand(
    'dgx-pixels engine',
    "Runs the built-in engine alone: ComfyUI's API without a model, on loopback.",
  )
    .option('--port <number>', 'port; 0 = a free one', '8189')
    .option('--dir <folder>', 'folder of its output and input files', 'dgx-pixels-engine')
    .addHelpText('after', '\nExample:\n  dgx-pixels engine --port 8189 --dir /tmp/engine');
  try {
    command.parse([...argv], { from: 'user' });
    const options = command.opts<{ port: string; dir: string }>();
    const folder = resolve(options.dir);
    for (const part of ['output', 'input', 'temp'])
      mkdirSync(join(folder, part), { recursive: true });
    const engine = await startBuiltinEngine({
      port: Number(options.port),
      outputDirectory: join(folder, 'output'),
      inputDirectory: join(folder, 'input'),
      tempDirectory: join(folder, 'temp'),
    });
    process.stdout.write(`built-in engine ${context.version} at ${engine.url}\n`);
    await new Promise<void>(done => {
      process.once('SIGINT', done);
      process.once('SIGTERM', done);
    });
    await engine.close();
    return EXIT.ok;
  } catch (error) {
    return reportError(error);
  }
}
