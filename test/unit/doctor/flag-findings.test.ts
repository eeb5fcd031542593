import { describe, expect, it } from 'vitest';
import { flagFindings } from '../../../src/worker/doctor/flag-findings.ts';
import { outputDirectory } from '../../../src/worker/doctor/output-findings.ts';
import { LaunchFlags } from '../../../src/worker/limits/launch-flags.ts';
import { GB, type Reading, someMemory } from '../limits/readings.ts';

const GOOD = [
  'main.py',
  ...['--listen', '127.0.0.1', '--cache-lru', '100'],
  ...['--preview-method', 'latent2rgb', '--disable-api-nodes'],
];

function found(reading: Reading = {}, gpu: string | null = null) {
  return flagFindings('spark', someMemory({ argv: GOOD, ...reading }), gpu);
}

function about(what: string, argv: readonly string[]) {
  return found({ argv: ['main.py', ...argv] }).find(({ check }) => check === `${what} spark`);
}

describe('doctor on the start flags of a ComfyUI', () => {
  it('has nothing but good to say of the recommended ones', () => {
    expect(found().map(({ check, level }) => [check, level])).toEqual([['cache spark', 'ok']]);
  });

  it.each([
    [[], 'warning'],
    [['--cache-ram'], 'warning'],
    [['--cache-ram', '8'], 'warning'],
    [['--cache-none'], 'warning'],
    [['--cache-lru', '0'], 'warning'],
    [['--cache-classic'], 'note'],
    [['--high-ram'], 'note'],
    [['--cache-ram', '8', '16'], 'ok'],
    [['--cache-lru=20'], 'ok'],
  ] as const)('judges the cache mode %j as %s', (argv, level) => {
    const finding = about('cache', argv);
    expect(finding?.level).toBe(level);
    if (level !== 'ok') expect(finding?.remedy).toContain('--cache-lru 100');
  });

  it('tells of missing previews and of models that are unloaded after each run', () => {
    expect(about('previews', [])?.remedy).toContain('--preview-method latent2rgb');
    expect(about('previews', ['--preview-method', 'none'])?.level).toBe('note');
    expect(about('previews', ['--preview-method', 'auto'])).toBeUndefined();
    expect(about('models', ['--disable-smart-memory'])?.level).toBe('warning');
  });

  it.each([
    [[], undefined],
    [['--listen', '127.0.0.1'], undefined],
    [['--listen', '127.0.0.1,::1'], undefined],
    [['--listen'], '0.0.0.0 and ::'],
    [['--listen', '0.0.0.0'], '0.0.0.0'],
    [['--listen', '127.0.0.1, 192.168.1.5'], '192.168.1.5'],
    [['--listen', '--port', '8188'], '0.0.0.0 and ::'],
  ] as const)('warns of a port without login that others reach: %j', (argv, address) => {
    const finding = about('access', argv);
    if (address === undefined) expect(finding).toBeUndefined();
    else expect(finding?.message).toContain(`listens on ${address} and has no login`);
  });

  it('warns of web pages that may use it', () => {
    expect(about('access', ['--enable-cors-header'])?.message).toContain('other origins');
  });

  it('tells on unified memory of CUDA below 13, of mapped files and of the page cache', () => {
    const spark = { device: 'cuda:0 NVIDIA GB10', ramTotal: 128 * GB, ramFree: 100 * GB };
    const checks = (reading: Reading) => found({ ...spark, ...reading }).map(({ check }) => check);
    expect(checks({ pytorch: '2.9.1+cu128', vramFree: 30 * GB })).toEqual([
      'cache spark',
      'unified memory spark',
      'unified memory spark',
      'page cache spark',
    ]);
    expect(checks({ argv: [...GOOD, '--disable-mmap'], vramFree: 90 * GB })).toEqual([
      'cache spark',
    ]);
  });

  it('finds a PyTorch that does not use the GPU', () => {
    const cpu = { type: 'cpu', device: 'cpu', pytorch: '2.13.0+cpu' };
    const wrong = found(cpu, 'NVIDIA GB10').find(({ check }) => check === 'device spark');
    expect(wrong).toMatchObject({ level: 'fault' });
    expect(wrong?.remedy).toContain('cu130');
    const meant = found({ ...cpu, argv: [...GOOD, '--cpu'] }, 'NVIDIA GB10');
    expect(meant.find(({ check }) => check === 'device spark')?.level).toBe('warning');
    expect(found(cpu).some(({ check }) => check === 'device spark')).toBe(false);
  });

  it('says so when a server does not tell its flags', () => {
    expect(found({ argv: [] })).toMatchObject([{ level: 'note' }]);
  });
});

describe('the output folder of a ComfyUI', () => {
  const of = (argv: readonly string[], cwd: string | null = '/opt/ComfyUI') =>
    outputDirectory(new LaunchFlags(argv), cwd);

  it('is where its flags, or its main.py, say', () => {
    expect(of(['main.py'])).toBe('/opt/ComfyUI/output');
    expect(of(['/srv/comfy/main.py'], null)).toBe('/srv/comfy/output');
    expect(of(['main.py', '--base-directory', '/data'])).toBe('/data/output');
    expect(of(['main.py', '--output-directory=out'])).toBe('/opt/ComfyUI/out');
  });

  it('is unknown for relative paths of an unknown process', () => {
    expect(of(['main.py'], null)).toBeNull();
    expect(of([], null)).toBeNull();
  });
});
