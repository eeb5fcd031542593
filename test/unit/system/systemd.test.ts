import { describe, expect, test } from 'vitest';
import { systemdUnit, userUnitPath } from '../../../src/worker/system/systemd.ts';

const command = {
  node: '/opt/node',
  worker: '/opt/worker.cjs',
  arguments: [],
  environment: { DGX_PIXELS_DATA: '/var/pixels' },
};

describe('systemd unit', () => {
  test('starts the worker with its data folder and restarts it on a crash only', () => {
    const unit = systemdUnit(command);
    expect(unit).toContain('ExecStart="/opt/node" "/opt/worker.cjs" serve\n');
    expect(unit).toContain('Environment="DGX_PIXELS_DATA=/var/pixels"\n');
    expect(unit).toContain('Restart=on-failure\n');
    expect(unit).toContain('RestartPreventExitStatus=2 4\n');
  });

  test('passes arguments on', () => {
    const unit = systemdUnit({ ...command, arguments: ['--config', '/etc/pixels worker.yaml'] });
    expect(unit).toContain(' serve "--config" "/etc/pixels worker.yaml"\n');
  });

  test('keeps what systemd would expand in a path literal', () => {
    const unit = systemdUnit({
      ...command,
      worker: '/a b/$HOME/%h/"q"\\w.cjs',
      environment: { DGX_PIXELS_DATA: '/$d/%t' },
    });
    expect(unit).toContain('"/a b/$$HOME/%%h/\\"q\\"\\\\w.cjs"');
    expect(unit).toContain('Environment="DGX_PIXELS_DATA=/$d/%%t"');
  });

  test('refuses a path that would add lines of its own', () => {
    expect(() =>
      systemdUnit({ ...command, environment: { X: '/x"\nExecStartPre=/bin/evil' } }),
    ).toThrow('control character');
    expect(() => systemdUnit({ ...command, worker: 'worker.cjs' })).toThrow('absolute');
  });

  test("lies in the user's own configuration folder", () => {
    expect(userUnitPath({ XDG_CONFIG_HOME: '/cfg' })).toBe('/cfg/systemd/user/dgx-pixels.service');
  });
});
