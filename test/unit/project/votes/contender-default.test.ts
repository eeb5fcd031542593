import { describe, expect, it } from 'vitest';
import { parseProjectFile } from '../../../../src/project/project-file/parse.ts';
import { setDefault } from '../../../../src/project/project-file/set-default.ts';
import { defaultOf } from '../../../../src/project/votes/contender-default.ts';
import { contenderLabels, contendersOf } from '../../../../src/project/votes/contender-labels.ts';
import { comparisonsOf } from '../../../../src/project/votes/comparisons.ts';
import { contender, idOf, vote } from './events.ts';

describe('a contender that becomes the default', () => {
  it('brings all that it sets, and what a project said of the rest stays', () => {
    const voted = contender('arcade', {
      loras: [
        { name: 'pixel.safetensors', strength: 0.8, clipStrength: 0.8, sha256: null },
        { name: 'line.safetensors', strength: 1, clipStrength: 0.5, sha256: null },
      ],
      settings: { steps: 20, cfg: 5, sampler: 'euler', scheduler: 'karras', negative: 'blurry' },
    });
    const before = '# mine\ndefaults:\n  vae: old.safetensors # gone then\n  size: 32\n';
    const text = setDefault(before, defaultOf(voted));
    expect(parseProjectFile(text, 'project.yaml').defaults).toEqual({
      size: [32, 32],
      workflow: 'sprite-sdxl',
      checkpoint: 'arcade.safetensors',
      loras: [
        { name: 'pixel.safetensors', strength: 0.8 },
        { name: 'line.safetensors', strength: 1, clipStrength: 0.5 },
      ],
      steps: 20,
      cfg: 5,
      sampler: 'euler',
      scheduler: 'karras',
      negative: 'blurry',
    });
    expect(text).toContain('# mine');
  });

  it('brings no checkpoint where its workflow loads none, and its own VAE', () => {
    const chosen = defaultOf(contender('x', { checkpoint: 'none', vae: 'own.safetensors' }));
    expect(chosen).toMatchObject({ name: 'x', vae: 'own.safetensors' });
    expect(chosen.checkpoint).toBeUndefined();
  });

  it('is refused when somebody wrote what no recipe can have', () => {
    const odd = contender('odd', { checkpoint: '../../etc/passwd' });
    expect(() => defaultOf(odd)).toThrow(/odd cannot become the default: its checkpoint/);
    expect(() => defaultOf(contender('odd', { settings: { steps: 'many' } }))).toThrow(/steps/);
  });
});

describe('contenders of the same name', () => {
  it('are told apart by digest and by what differs', () => {
    const [one, other] = [contender('a'), contender('a', { settings: { steps: 8, cfg: 7 } })];
    const votes = [
      vote(1, ['a', 'b'], ['a']),
      { ...vote(2, ['a', 'b'], []), contenders: [other, contender('b')] },
    ];
    const labels = contenderLabels(contendersOf(votes));
    expect(labels.get(one.digest)).toEqual({
      label: `a (${one.digest.slice(0, 8)})`,
      differences: [{ part: 'steps', first: '28', second: '8' }],
    });
    expect(labels.get(other.digest)?.differences).toEqual([
      { part: 'steps', first: '8', second: '28' },
    ]);
    expect(labels.get(contender('b').digest)).toEqual({ label: 'b', differences: [] });
  });

  it('get as many digits as it takes', () => {
    const digests = ['a'.repeat(64), `${'a'.repeat(60)}bbbb`];
    const same = new Map(digests.map(digest => [digest, { ...contender('a'), digest }]));
    const names = [...contenderLabels(same).values()].map(({ label }) => label);
    expect(new Set(names).size).toBe(2);
  });

  it('have the name of their last vote', () => {
    const renamed = { ...contender('a'), name: 'arcade' };
    const votes = [vote(1, ['a', 'b'], []), { ...vote(2, ['a', 'b'], []), contenders: [renamed] }];
    const labels = contenderLabels(contendersOf(votes));
    expect([...labels.values()].map(({ label }) => label)).toEqual(['arcade', 'b']);
  });
});

it('comparisons are listed from the one that was begun last, with all that they showed', () => {
  const [early, late] = ['2026-11-01T10:00:00.000Z', '2026-11-02T10:00:00.000Z'];
  const votes = [
    vote(1, ['a', 'b'], [], { job: idOf(1), time: early }),
    vote(2, ['b', 'c'], [], { job: idOf(1), time: late }),
    vote(3, ['a', 'c'], [], { job: idOf(2), time: late }),
  ];
  const digests = (...names: string[]) => names.map(name => contender(name).digest);
  expect(comparisonsOf(votes)).toEqual([
    { job: idOf(2), votes: 1, since: late, contenders: digests('a', 'c') },
    { job: idOf(1), votes: 2, since: early, contenders: digests('a', 'b', 'c') },
  ]);
});
