import { existsSync } from 'node:fs';

function libcOf(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'libSystem';
  if (platform === 'win32') return 'msvc';
  return existsSync('/etc/alpine-release') ? 'musl' : 'glibc';
}

/** ZeroMQ's native part could not be loaded on this machine. */
export class ZeromqLoadError extends Error {
  readonly code = 'zeromq-load';
  readonly platform: string = process.platform;
  readonly arch: string = process.arch;
  readonly libc: string = libcOf(process.platform);
  /** What a person can do about it. */
  readonly remedy: string;

  /** @param cause what the loader threw */
  constructor(cause: unknown) {
    const target = `${process.platform} ${process.arch} (${libcOf(process.platform)})`;
    const reason = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? '';
    const remedy =
      'Install the build for this platform, or run `npm install zeromq` where the worker lives; zeromq ships binaries for ' +
      'Linux (glibc, musl), macOS and Windows on x64 and arm64.';
    super(`ZeroMQ does not load on ${target}: ${reason}. ${remedy}`, { cause });
    this.name = 'ZeromqLoadError';
    this.remedy = remedy;
  }
}
