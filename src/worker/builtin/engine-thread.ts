import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { type BuiltinEngine, type BuiltinEngineOptions, startBuiltinEngine } from './engine.ts';

/** What the thread or process says to the one that started it. */
export type EngineThreadMessage =
  | { type: 'listening'; url: string; port: number }
  | { type: 'failed'; message: string; code: string | undefined };

function listening({ url, port }: BuiltinEngine): EngineThreadMessage {
  return { type: 'listening', url, port };
}

function failed(error: unknown): EngineThreadMessage {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  return { type: 'failed', message: error instanceof Error ? error.message : String(error), code };
}

async function runAsThread(options: BuiltinEngineOptions): Promise<void> {
  try {
    const engine = await startBuiltinEngine(options);
    parentPort?.on('message', (message: { type?: unknown }) => {
      if (message.type !== 'close') return;
      void engine.close().finally(() => parentPort?.close());
    });
    parentPort?.postMessage(listening(engine));
  } catch (error) {
    parentPort?.postMessage(failed(error));
    parentPort?.close();
  }
}

/**
 * Stand-alone: `node engine-thread.cjs --dir DIR [--port N] [--step-ms N] …`; folders `output`,
 * `input` and `temp` lie in DIR. Prints one JSON line when it listens.
 */
async function runAsProcess(): Promise<void> {
  const say = (message: EngineThreadMessage) =>
    process.stdout.write(`${JSON.stringify(message)}\n`);
  try {
    const engine = await startBuiltinEngine(optionsFrom(process.argv.slice(2)));
    say(listening(engine));
    const stop = () => void engine.close().finally(() => process.exit(0));
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    process.once('disconnect', stop);
  } catch (error) {
    say(failed(error));
    process.exitCode = 1;
  }
}

function optionsFrom(args: string[]): BuiltinEngineOptions {
  const { values } = parseArgs({
    args,
    options: {
      dir: { type: 'string' },
      port: { type: 'string' },
      'step-ms': { type: 'string' },
      'load-ms': { type: 'string' },
      'encode-ms': { type: 'string' },
      'decode-ms': { type: 'string' },
      'pad-png-to': { type: 'string' },
      'cache-entries': { type: 'string' },
      'preview-method': { type: 'string' },
      imperfections: { type: 'string' },
    },
  });
  if (values.dir === undefined) throw new Error('Name the folder of the engine with --dir DIR.');
  const number = (value: string | undefined, key: keyof BuiltinEngineOptions) =>
    value === undefined ? {} : { [key]: Number(value) };
  return {
    outputDirectory: join(values.dir, 'output'),
    inputDirectory: join(values.dir, 'input'),
    tempDirectory: join(values.dir, 'temp'),
    ...number(values.port, 'port'),
    ...number(values['step-ms'], 'stepMs'),
    ...number(values['load-ms'], 'loadMs'),
    ...number(values['encode-ms'], 'encodeMs'),
    ...number(values['decode-ms'], 'decodeMs'),
    ...number(values['pad-png-to'], 'padPngTo'),
    ...number(values['cache-entries'], 'cacheEntries'),
    ...(values['preview-method'] === 'none' && { previewMethod: 'none' as const }),
    ...(values.imperfections !== undefined && {
      imperfections: JSON.parse(values.imperfections) as NonNullable<
        BuiltinEngineOptions['imperfections']
      >,
    }),
  };
}

if (isMainThread) void runAsProcess();
else void runAsThread(workerData as BuiltinEngineOptions);
