import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Addresses of something that listens on both transports. */
export interface Addresses {
  ipc: string;
  tcp: string;
}

/** The C program, compiled, with its servers running. */
export interface Baseline {
  /** Microseconds of round trips of a request of `bytes` bytes; kind `s` = small reply, `i` = with an image. */
  requests(
    transport: 'ipc' | 'tcp',
    kind: 's' | 'i',
    bytes: number,
    warmup: number,
    samples: number,
  ): Promise<number[]>;
  /** Microseconds from publish to receipt of an event. */
  events(transport: 'ipc' | 'tcp', warmup: number, samples: number): Promise<number[]>;
  close(): void;
}

async function listening(child: ChildProcess): Promise<Addresses> {
  if (child.stdout === null) throw new Error('The baseline has no output.');
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    if (lines.push(line) === 2) break;
  }
  const [ipc = '', tcp = ''] = lines;
  return { ipc, tcp };
}

/**
 * Compiles and starts the baseline.
 * @param folder for the program and its sockets
 * @throws Error that names what is missing when it does not compile
 */
export async function startBaseline(folder: string): Promise<Baseline> {
  const program = join(folder, 'libzmq-baseline');
  const source = join(import.meta.dirname, 'libzmq-baseline.c');
  try {
    await run('cc', ['-O2', '-Wall', '-Wextra', '-Werror', '-o', program, source, '-lzmq']);
  } catch (cause) {
    throw new Error(
      'The baseline does not compile; it needs cc and libzmq (Debian: gcc, libzmq3-dev).',
      {
        cause,
      },
    );
  }
  const start = (mode: string): ChildProcess =>
    spawn(program, [mode, `ipc://${folder}/c-${mode}`, 'tcp://127.0.0.1:*'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
  const server = start('serve');
  const publisher = start('publish');
  const [requests, events] = await Promise.all([listening(server), listening(publisher)]);

  async function samplesOf(words: readonly string[]): Promise<number[]> {
    const { stdout } = await run(program, words, { maxBuffer: 64 * 1024 * 1024 });
    return stdout
      .trim()
      .split('\n')
      .map(line => Number(line) / 1000);
  }

  return {
    requests: (transport, kind, bytes, warmup, samples) =>
      samplesOf([
        'request',
        requests[transport],
        kind,
        String(bytes),
        String(warmup),
        String(samples),
      ]),
    events: (transport, warmup, samples) =>
      samplesOf(['subscribe', events[transport], String(warmup), String(samples)]),
    close: () => {
      server.kill();
      publisher.kill();
    },
  };
}
