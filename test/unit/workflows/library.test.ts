import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WorkflowLibrary } from '../../../src/worker/workflows/library.ts';
import { shippedWorkflow } from '../../helpers/role-changes.ts';

const { graph } = shippedWorkflow('sprite-sd15');

describe('a person’s own workflows', () => {
  let folder = '';
  let library: WorkflowLibrary;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dgxp-'));
    library = new WorkflowLibrary(join(folder, 'none'), folder);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const drop = (name: string, text = JSON.stringify(graph)) => {
    writeFileSync(join(folder, name), text);
  };
  const names = () => library.list().map(({ name }) => name);

  it('are seen when they are dropped in, changed and removed', () => {
    drop('a.json');
    expect(names()).toEqual(['a']);
    drop('b.json');
    expect(names()).toEqual(['a', 'b']);
    drop('b.json', '{}');
    utimesSync(join(folder, 'b.json'), 1, 1);
    expect(library.list()[1]?.problem).toMatch(/b has no nodes/);
    unlinkSync(join(folder, 'b.json'));
    expect(names()).toEqual(['a']);
  });

  it.skipIf(process.platform === 'win32')('are seen beside an editor’s lock', () => {
    symlinkSync('person@host.1234', join(folder, '.#a.json'));
    drop('a.json');
    expect(names()).toEqual(['a']);
    drop('b.json');
    expect(names()).toEqual(['a', 'b']);
  });

  it('are files, and say in a sentence what is wrong with them', () => {
    mkdirSync(join(folder, 'folder.json'));
    drop('a.json');
    drop('a.roles.yaml', 'roles: [a\n');
    const [only, ...others] = library.list();
    expect(others).toEqual([]);
    expect(only?.problem).toMatch(/^The roles file of a is not YAML: [^:]+[^:]\.$/);
  });
});
