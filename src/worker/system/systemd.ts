import { execFile } from 'node:child_process';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';

/** What a unit starts. */
export interface UnitCommand {
  /** Absolute path of Node 24 or newer. */
  node: string;
  /** Absolute path of the worker's entry file. */
  worker: string;
  /** Arguments after `serve`. */
  arguments: readonly string[];
  /** Variables that the worker needs; a unit inherits none from a shell. */
  environment: Readonly<Record<string, string>>;
}

export const UNIT_NAME = 'dgx-pixels.service';

/**
 * A text as one word of a unit file: quoted, with what systemd would expand made literal.
 * @throws Error for a text that a unit file cannot hold
 */
function word(text: string, expandsVariables: boolean): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(text)) {
    throw new Error(`A systemd unit cannot hold the control character in ${JSON.stringify(text)}.`);
  }
  const literal = text.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%');
  return `"${expandsVariables ? literal.replaceAll('$', '$$$$') : literal}"`;
}

function absolute(path: string): string {
  if (!isAbsolute(path)) throw new Error(`A systemd unit needs absolute paths, but got "${path}".`);
  return path;
}

/**
 * Text of a systemd user unit that runs the worker and restarts it when it crashes, but not when its configuration is wrong
 * (exit code 2) or another worker has its folder (4).
 * @throws Error for a path that is relative or a text that a unit file cannot hold
 */
export function systemdUnit({ node, worker, arguments: given, environment }: UnitCommand): string {
  const command = [
    word(absolute(node), false),
    word(absolute(worker), true),
    'serve',
    ...given.map(argument => word(argument, true)),
  ];
  const variables = Object.entries(environment).map(
    ([name, value]) => `Environment=${word(`${name}=${value}`, false)}\n`,
  );
  return `[Unit]
Description=DGX-Pixels worker: sprite generation jobs
StartLimitIntervalSec=60
StartLimitBurst=5

[Service]
Type=exec
ExecStart=${command.join(' ')}
${variables.join('')}Restart=on-failure
RestartSec=2
RestartPreventExitStatus=2 4
KillMode=mixed
TimeoutStopSec=30
UMask=0077
NoNewPrivileges=yes

[Install]
WantedBy=default.target
`;
}

/** Where systemd looks for a user's own units. */
export function userUnitPath(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const config = environment['XDG_CONFIG_HOME'];
  const base = config !== undefined && config !== '' ? config : join(homedir(), '.config');
  return join(base, 'systemd', 'user', UNIT_NAME);
}

/** What `systemd-analyze verify` says of a unit: `unavailable` where that tool is absent or cannot run. */
export interface UnitCheck {
  outcome: 'passed' | 'failed' | 'unavailable';
  /** Its complaints about this unit; where it could not run, why. */
  output: string;
}

/** Has systemd's own tool check a unit file. */
export async function verifyUnit(path: string, command = 'systemd-analyze'): Promise<UnitCheck> {
  return new Promise(settle => {
    execFile(
      command,
      ['verify', '--user', '--man=no', path],
      // A user manager wants a runtime folder even to check a file; a login without a session has none.
      {
        timeout: 20_000,
        windowsHide: true,
        env: { ...process.env, XDG_RUNTIME_DIR: process.env['XDG_RUNTIME_DIR'] ?? tmpdir() },
      },
      (error, stdout, stderr) => {
        const said = `${stdout}${stderr}`.trim();
        // Other units of this user may have faults of their own.
        const complaints = said.split('\n').filter(line => line.includes(basename(path)));
        if (complaints.length > 0) settle({ outcome: 'failed', output: complaints.join('\n') });
        else if (error === null) settle({ outcome: 'passed', output: '' });
        else settle({ outcome: 'unavailable', output: said === '' ? error.message : said });
      },
    );
  });
}

const PATH_OPTIONS = ['--config', '--data'];
const PASSED_ON = ['DGX_PIXELS_DATA', 'DGX_PIXELS_RUNTIME', 'COMFYUI_URL'];

/** Arguments with their paths made absolute: a unit starts in another folder than the shell. */
function withAbsolutePaths(given: readonly string[]): string[] {
  return given.map((argument, place) => {
    if (PATH_OPTIONS.includes(given[place - 1] ?? '')) return resolve(argument);
    const option = PATH_OPTIONS.find(name => argument.startsWith(`${name}=`));
    return option === undefined
      ? argument
      : `${option}=${resolve(argument.slice(option.length + 1))}`;
  });
}

/**
 * Writes a unit that starts the worker with these arguments and the environment's variables of ours, and has it checked.
 * @param request `path`: file name ending in `.service`, by default the user's own unit; what is there is replaced
 * @returns the path it was written to
 * @throws Error when systemd's tool is there and finds fault with it; the file stays
 */
export async function installUnit(
  request: Pick<UnitCommand, 'node' | 'worker' | 'arguments'> & { path?: string },
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string> {
  const path = request.path ?? userUnitPath(environment);
  const passed = PASSED_ON.flatMap(name => {
    const value = environment[name];
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  const unit = systemdUnit({
    ...request,
    arguments: withAbsolutePaths(request.arguments),
    environment: Object.fromEntries(passed),
  });
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, unit, { mode: 0o644 });
  await rename(draft, path);
  const check = await verifyUnit(path);
  if (check.outcome === 'failed') {
    throw new Error(`${path} was written, but systemd finds fault with it: ${check.output}`);
  }
  return path;
}
