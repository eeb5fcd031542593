import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runProgram } from '../../../src/cli/program.ts';
import { PixelsError } from '../../../src/protocol/errors.ts';
import type { WorkflowCheck } from '../../../src/protocol/models.ts';
import { defineWorkflow } from '../../../src/project/workflows/definition.ts';
import { sidecarSchema } from '../../../src/project/workflows/sidecar.ts';
import { shippedWorkflow } from '../../helpers/role-changes.ts';
import { fakeContext } from './fake-context.ts';
import { FakeWorker } from './fake-worker.ts';

const { graph, roles } = shippedWorkflow('sprite-sdxl');
const bare = Object.fromEntries(
  Object.entries(graph).map(([id, { class_type, inputs, _meta }]) => [
    id,
    { class_type, inputs, _meta: { title: _meta?.title } },
  ]),
);

function checkOf(level: 'error' | 'note', missing: WorkflowCheck['missing'] = []): WorkflowCheck {
  const finding = { level, code: 'x', node: '1', input: null, message: `a ${level}\u001b[2J` };
  return {
    name: 'mine',
    roles: { positive: ['3'] },
    missing,
    servers: [{ server: 'local', version: '0.33.0', findings: [finding], left: 2 }],
  };
}

describe('workflow', () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dgxp-'));
    writeFileSync(join(folder, 'mine.json'), JSON.stringify(bare));
    writeFileSync(join(folder, 'editor.json'), JSON.stringify({ nodes: [], links: [] }));
    writeFileSync(join(folder, 'torn.json'), '{"1":');
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  async function run(words: string[], worker = new FakeWorker()) {
    const context = fakeContext(worker, { cwd: folder });
    const code = await runProgram(['workflow', ...words], context);
    return { code, out: context.stdout.text, err: context.stderr.text, worker };
  }

  test('tag prints roles that can be used as they are, and writes nothing', async () => {
    const { code, out } = await run(['tag', 'mine.json', '--print']);
    expect(code).toBe(0);
    const sidecar = sidecarSchema.parse(parse(out));
    expect(defineWorkflow('mine', bare, sidecar).roles).toMatchObject(roles);
    expect(out).toContain('"6": seed steps cfg sampler scheduler # KSampler, Sampler');
  });

  test('tag writes the roles file once, and anew only when forced', async () => {
    const first = await run(['tag', 'mine.json']);
    expect(first.out).toMatch(/^mine\.roles\.yaml$/m);
    expect(first.out).toMatch(/No place for: init, denoise/);
    const written = readFileSync(join(folder, 'mine.roles.yaml'), 'utf8');
    expect(sidecarSchema.parse(parse(written)).title).toBe('mine');
    const second = await run(['tag', 'mine.json']);
    expect(second.code).toBe(1);
    expect(second.err).toMatch(/--force/);
    expect((await run(['tag', 'mine.json', '--force'])).code).toBe(0);
    rmSync(join(folder, 'mine.roles.yaml'));
  });

  test.each([
    ['editor.json', /Export \(API\)/],
    ['torn.json', /torn\.json cannot be read/],
    ['absent.json', /There is no file/],
  ])('tag of %s is refused with advice', async (file, message) => {
    const { code, err } = await run(['tag', file]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  test('check sends a file with its roles, or a name', async () => {
    const worker = new FakeWorker({
      'workflows.check': () => checkOf('note', [{ role: 'vae', value: 'a VAE' }]),
    });
    writeFileSync(join(folder, 'mine.roles.yaml'), 'title: Mine');
    const file = await run(['check', './mine.json'], worker);
    expect(file.code).toBe(0);
    expect(file.out).toMatch(/No place for: a VAE \(vae\)/);
    expect(file.out).toMatch(/local \(0\.33\.0\) can run it\n {2}note .*a note/);
    expect(file.out).toMatch(/and 2 more/);
    expect(file.out).not.toContain('\u001b');
    await run(['check', 'sprite-sdxl', '--json'], worker);
    expect(worker.callsOf('workflows.check')).toEqual([
      { name: 'mine', graph: bare, sidecar: { title: 'Mine' } },
      { name: 'sprite-sdxl' },
    ]);
    rmSync(join(folder, 'mine.roles.yaml'));
  });

  test('check fails when no engine can run it', async () => {
    const worker = new FakeWorker({ 'workflows.check': () => checkOf('error') });
    const { code, out } = await run(['check', 'mine', '--json'], worker);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual(checkOf('error'));
  });

  test('add refuses what no engine can run, unless forced', async () => {
    const worker = new FakeWorker({
      'workflows.check': () => checkOf('error'),
      'workflows.add': () => ({ replaced: false }),
    });
    const refused = await run(['add', 'mine.json'], worker);
    expect(refused.code).toBe(1);
    expect(worker.callsOf('workflows.add')).toEqual([]);
    const forced = await run(['add', 'mine.json', '--name', 'hero', '--force'], worker);
    expect(forced.code).toBe(0);
    expect(forced.out).toMatch(/Added hero/);
    expect(worker.callsOf('workflows.add')).toEqual([{ name: 'hero', graph: bare, replace: true }]);
  });

  test.each(['../x', 'a/b', '..', 'con:', '.x'])('add does not call it %s', async name => {
    const { code, worker } = await run(['add', 'mine.json', '--name', name]);
    expect(code).toBe(2);
    expect(worker.asked).toEqual([]);
  });

  test('add says how one of that name is replaced', async () => {
    const worker = new FakeWorker({
      'workflows.check': () => checkOf('note'),
      'workflows.add': () => Promise.reject(new PixelsError('conflict', 'There is one already.')),
    });
    const { code, err } = await run(['add', 'mine.json'], worker);
    expect(code).toBe(1);
    expect(err).toMatch(/workflow mine already.*--name.*--force/);
  });

  test.each([
    ['proto.json', '{"1":{"class_type":"A","inputs":{"__proto__":1}}}', null, /__proto__/],
    ['sidecar.json', JSON.stringify(bare), 'roles: { __proto__: positive }', /__proto__/],
    ['deep.json', `{"1":${'['.repeat(40)}${']'.repeat(40)}}`, null, /deep/i],
    [
      'large.json',
      JSON.stringify({ ...bare, 99: { class_type: 'Note', inputs: { text: 'x'.repeat(1.2e6) } } }),
      null,
      /takes 1\.2 MB.*workflows folder/,
    ],
  ])('check of %s, which no message can carry, asks nothing', async (file, graph, roles, said) => {
    writeFileSync(join(folder, file), graph);
    if (roles !== null) writeFileSync(join(folder, file.replace('.json', '.roles.yaml')), roles);
    const { code, err, worker } = await run(['check', file]);
    expect(code).toBe(2);
    expect(err).toMatch(said);
    expect(err).toContain(file.replace('.json', ''));
    expect(worker.asked).toEqual([]);
  });

  test('list is the list of workflows', async () => {
    const worker = new FakeWorker({ 'workflows.list': () => ({ workflows: [] }) });
    expect((await run(['list', '--json'], worker)).out).toBe('[]\n');
  });
});
