import type { EventType, JOURNALED_EVENTS, LOSSY_EVENTS } from '../../../src/protocol/events.ts';
import type { MethodName, MethodParams, MethodResult } from '../../../src/protocol/methods.ts';
import { USUAL_PIXELS } from '../../../src/protocol/pixels.ts';
import type * as z from 'zod';

/** A valid conversation of every method and a valid body of every event; the types make both lists complete. */

export const UUID = '01932f5a-7b3c-7def-8123-456789abcdef';
export const OTHER_UUID = '01932f5a-7b3c-7def-8123-456789abcdf0';
export const DIGEST = 'a3'.repeat(32);
export const OTHER_DIGEST = '0f'.repeat(32);
const NOW = 1_763_000_000_123;

const recipe: MethodResult<'recipes.resolve'>['recipe'] = {
  workflow: 'sdxl',
  graph: DIGEST,
  prompt: 'a rusty sword, 錆びた剣 🗡️',
  negative: 'blurry',
  size: [32, 48],
  renderSize: [832, 1216],
  seed: Number.MAX_SAFE_INTEGER,
  steps: 28,
  cfg: 6.5,
  sampler: 'dpmpp_2m',
  scheduler: 'karras',
  checkpoint: 'sdxl/pixel-art.safetensors',
  vae: null,
  loras: [{ name: 'pixel-lora.safetensors', strength: 0.8, clipStrength: -0.5 }],
  init: { image: DIGEST, denoise: 0.6 },
  batch: 2,
  pixels: {
    ...USUAL_PIXELS,
    palette: ['#1a1c2c', '#f4f4f4'],
    outlineColor: '#000000',
  },
};

const request: MethodParams<'recipes.resolve'>['recipe'] = {
  workflow: 'sdxl',
  prompt: 'a rusty sword',
  negative: '',
  size: '32x48',
  renderSize: [1024, 1024],
  seed: 7,
  steps: 20,
  cfg: 7,
  sampler: 'euler',
  scheduler: 'normal',
  checkpoint: 'a.safetensors',
  vae: 'v.safetensors',
  loras: [{ name: 'l.safetensors' }],
  init: { image: DIGEST },
  batch: 4,
  pixels: {},
};

const error = { code: 'engine-failed', message: 'KSampler: out of range', data: { node: '3' } };

const job: MethodResult<'jobs.get'>['job'] = {
  id: UUID,
  kind: 'generate',
  lane: 'interactive',
  title: 'rusty sword',
  project: '/home/me/game',
  group: null,
  state: 'partial',
  paused: false,
  runs: { total: 4, queued: 0, active: 0, done: 3, failed: 1, cancelled: 0, lost: 0 },
  retryLost: 'once',
  createdAt: NOW,
  updatedAt: NOW + 1,
  finishedAt: NOW + 2,
  progress: 1,
  etaMs: null,
  error,
  placeholder: true,
};

const comparison: MethodParams<'jobs.plan'>['spec'] = {
  kind: 'compare',
  contenders: [
    { name: 'house style', loras: [{ name: 'pixel-lora.safetensors', strength: 0.8 }] },
    { checkpoint: 'sdxl/pixel-art.safetensors', steps: 20, cfg: 5, negative: 'blurry' },
  ],
  base: { workflow: 'sdxl', size: 32, pixels: { fix: 'none' } },
  prompts: [
    { prompt: 'rusty sword', category: 'item' },
    { prompt: 'oak', size: '16x32' },
  ],
  seeds: { first: 7, count: 2 },
  mode: 'draft',
  confirmed: 8,
};

const spec: MethodResult<'jobs.get'>['spec'] = {
  kind: 'generate',
  items: [{ name: 'sword', recipe: { prompt: 'rusty sword', size: [32, 32] }, count: 4 }],
};

const run: MethodResult<'runs.get'>['run'] = {
  job: UUID,
  index: 3,
  name: 'sword',
  state: 'done',
  attempt: 2,
  promptId: OTHER_UUID,
  server: 'local',
  recipe,
  drawDigest: DIGEST,
  recipeDigest: OTHER_DIGEST,
  error: null,
  images: [
    {
      index: 0,
      size: 2,
      raw: DIGEST,
      sprite: OTHER_DIGEST,
      width: 32,
      height: 48,
      fix: 'pixels',
      warnings: ['grid is uneven'],
      placeholder: false,
      report: {
        version: 1,
        grid: 'fitted',
        pitch: [31.5, 32],
        cells: [32, 48],
        confidence: 0.9,
        residual: 0.1,
        runnerUp: 16,
        fit: 'exact',
        words: '',
        colors: { before: 90, after: 12 },
        background: { action: 'removed', color: '#ffffff' },
        cleaned: 3,
        outline: 0,
      },
      pixels: { ...USUAL_PIXELS, palette: 8 },
    },
  ],
  warnings: [],
  createdAt: NOW,
  startedAt: NOW + 5,
  finishedAt: null,
};

const engine: NonNullable<MethodResult<'runs.get'>['engine']> = {
  engine: 'comfyui',
  version: '0.3.60',
  server: 'local',
  models: [{ kind: 'checkpoint', name: 'a.safetensors', sha256: null }],
};

const model: MethodResult<'models.list'>['checkpoints'][number] = {
  name: 'a.safetensors',
  family: 'sdxl',
  placeholder: false,
  servers: ['local'],
  bytes: 6_938_078_334,
  sha256: DIGEST,
  triggerWords: ['pixelart'],
  license: null,
};

export type MethodSamples = {
  [M in MethodName]: {
    params: readonly [MethodParams<M>, ...MethodParams<M>[]];
    result: MethodResult<M>;
  };
};

export const METHOD_SAMPLES: MethodSamples = {
  hello: {
    params: [{ client: { id: 'c-1', name: 'tests', version: '0.1.0' } }],
    result: {
      worker: { version: '0.1.0', instance: 'i-1', pid: 1 },
      protocol: 1,
      seq: 12,
      now: NOW,
    },
  },
  ping: { params: [{}, { nonce: 7 }], result: { nonce: 7, seq: 12, now: NOW } },
  status: {
    params: [{}],
    result: {
      version: '0.1.0',
      protocol: 1,
      instance: 'i-1',
      pid: 1,
      uptimeMs: 12.5,
      seq: 3,
      servers: [
        {
          name: 'local',
          url: 'http://127.0.0.1:8188',
          engine: 'comfyui',
          state: 'ready',
          version: null,
          problem: null,
          executing: UUID,
          parked: null,
        },
      ],
      lanes: [{ lane: 'batch', paused: true, queued: 2, active: 1 }],
      jobs: { unfinished: 1, total: 9 },
      artifacts: { count: 3, bytes: 1e10, quotaBytes: 2e10 },
      clients: 1,
      notices: ['The journal was set aside.'],
    },
  },
  'system.report': {
    params: [{}],
    result: {
      host: 'spark',
      platform: 'linux',
      arch: 'arm64',
      node: 'v24.21.0',
      cpu: { model: 'Cortex-X925', cores: 20, load1: 0.5 },
      memory: { totalBytes: 128e9, availableBytes: 64e9 },
      disk: { path: '/', totalBytes: 4e12, freeBytes: 1e12 },
      gpus: [
        {
          name: 'GB10',
          driver: '580.95',
          memoryTotalBytes: null,
          memoryUsedBytes: null,
          memorySource: 'system',
          utilization: 0.5,
          temperatureC: 60,
          powerW: null,
        },
      ],
    },
  },
  doctor: {
    params: [{}],
    result: {
      findings: [{ check: 'disk', level: 'warning', message: 'low', remedy: 'prune' }],
    },
  },
  'engines.report': {
    params: [{}],
    result: {
      engines: [
        {
          server: 'spark',
          engine: 'comfyui',
          memory: {
            pool: 'system',
            totalBytes: 128e9,
            usedBytes: 20e9,
            guardBytes: 100e9,
          },
          device: 'cuda:0 NVIDIA GB10',
          comfyui: '0.33.0',
          pytorch: '2.11.0+cu130',
          python: '3.12.3',
          argv: ['main.py', '--cache-lru', '100'],
          tensorBytes: 7e9,
          process: { pid: 12, residentBytes: 9e9, peakBytes: null, gpuBytes: 7e9 },
        },
      ],
    },
  },
  'engines.free': { params: [{}, { server: 'spark' }], result: { servers: ['spark'] } },
  'worker.shutdown': { params: [{}, { drain: true }], result: {} },
  'models.list': {
    params: [{}, { refresh: true }],
    result: {
      checkpoints: [model],
      loras: [{ ...model, family: 'unknown', bytes: null, sha256: null }],
      vaes: [],
      samplers: ['euler'],
      schedulers: ['karras'],
    },
  },
  'workflows.list': {
    params: [{}],
    result: {
      workflows: [
        {
          name: 'sdxl',
          title: 'SDXL',
          description: 'Text to sprite',
          family: 'sdxl',
          origin: 'shipped',
          graph: DIGEST,
          roles: ['positive', 'seed'],
          renderSizes: [[1024, 1024]],
          defaults: {
            negative: '',
            steps: 28,
            cfg: 7,
            sampler: 'euler',
            scheduler: 'normal',
            checkpoint: null,
          },
          problem: null,
        },
      ],
    },
  },
  'workflows.check': {
    params: [
      { name: 'sdxl' },
      { graph: { '1': { class_type: 'A', inputs: {} } }, sidecar: { roles: { '1': 'seed' } } },
    ],
    result: {
      name: 'sdxl',
      roles: { positive: ['3'] },
      missing: [{ role: 'vae', value: 'a VAE' }],
      servers: [
        {
          server: 'local',
          version: '0.33.0',
          findings: [
            { level: 'error', code: 'unknown-class', node: '1', input: null, message: 'm' },
          ],
          left: 0,
        },
      ],
    },
  },
  'workflows.add': {
    params: [
      { name: 'mine', graph: { '1': {} } },
      { name: 'mine', graph: { '1': {} }, sidecar: {}, replace: true },
    ],
    result: { replaced: false },
  },
  'recipes.resolve': {
    params: [{ recipe: request }, { recipe: { prompt: '', size: 16 } }],
    result: {
      recipe,
      drawDigest: DIGEST,
      recipeDigest: OTHER_DIGEST,
      warnings: ['w'],
      forecast: {
        server: 'spark',
        peakBytes: 12e9,
        weightsBytes: 7e9,
        roomBytes: 80e9,
        guardBytes: 100e9,
        fits: true,
      },
    },
  },
  'jobs.submit': {
    params: [
      { id: UUID, spec: { kind: 'generate', items: [{ recipe: request }] } },
      {
        id: UUID,
        spec: { kind: 'generate', items: [{ name: 'sword', recipe: request, count: 4096 }] },
        lane: 'batch',
        title: 'swords',
        project: '/home/me/game',
        group: 'g',
        retryLost: 'ask',
      },
      { id: UUID, spec: comparison },
    ],
    result: { job, created: true, warnings: [] },
  },
  'jobs.plan': {
    params: [{ spec: { kind: 'generate', items: [{ recipe: request }] } }, { spec: comparison }],
    result: {
      runs: 8,
      compare: {
        sets: 4,
        contenders: ['house style', 'base'],
        draft: { workflow: 'draft-sdxl', steps: 8, cfg: 1 },
      },
      checkpoints: 1,
      time: { ms: 80_000, measured: 4, servers: 2 },
      disk: { bytes: 12_000_000, freeBytes: 1e12 },
      asks: false,
      warnings: [],
    },
  },
  'jobs.list': {
    params: [
      {},
      {
        filter: {
          states: ['queued', 'lost'],
          lane: 'training',
          project: 'p',
          group: 'g',
          search: 'sword',
        },
        cursor: 'abc',
        limit: 200,
      },
    ],
    result: { jobs: Array.from({ length: 200 }, () => job), next: 'abc' },
  },
  'jobs.get': { params: [{ id: UUID }], result: { job, spec } },
  'runs.list': {
    params: [{ job: UUID }, { job: UUID, from: 100, limit: 1 }],
    result: { runs: Array.from({ length: 200 }, () => run), next: null },
  },
  'runs.get': {
    params: [{ job: UUID, run: 0 }],
    result: {
      run,
      history: [
        { at: NOW, attempt: 1, from: null, to: 'queued', reason: 'submitted' },
        { at: NOW, attempt: 1, from: 'queued', to: 'lost', reason: 'the engine restarted' },
      ],
      engine,
      graph: { '3': { class_type: 'KSampler', inputs: { seed: 7, model: ['4', 0] } } },
    },
  },
  'images.refix': {
    params: [
      { job: UUID, run: 3, pixels: { palette: ['#FF8800', '00aaff'], fit: 'keep' } },
      { job: UUID, run: 3, image: 1, pixels: { fix: 'none' } },
    ],
    result: { run, changed: 1 },
  },
  'queue.list': {
    params: [{}, { from: 1, limit: 3 }],
    result: {
      entries: [
        {
          job: UUID,
          run: 0,
          title: 't',
          lane: 'batch',
          state: 'parked',
          server: null,
          paused: false,
          etaMs: 12.5,
        },
      ],
      next: 50,
    },
  },
  'jobs.cancel': {
    params: [
      { target: { job: UUID } },
      { target: { job: UUID, run: 3 } },
      { target: { group: 'g' } },
      { target: { all: true } },
    ],
    result: { runs: 4 },
  },
  'jobs.retry': { params: [{ target: { job: UUID } }], result: { runs: 1 } },
  'jobs.pause': { params: [{ target: { all: true } }], result: { jobs: 2 } },
  'jobs.resume': { params: [{ target: { group: 'g' } }], result: { jobs: 2 } },
  'lanes.pause': { params: [{ lane: 'batch' }], result: { changed: true } },
  'lanes.resume': { params: [{ lane: 'interactive' }], result: { changed: false } },
  'jobs.move': {
    params: [
      { id: UUID, before: OTHER_UUID },
      { id: UUID, before: null },
    ],
    result: { changed: true },
  },
  'jobs.forget': { params: [{ id: UUID }], result: { changed: true } },
  'events.since': {
    params: [{ after: 0 }, { after: 5, limit: 5000 }],
    result: {
      events: [
        { type: 'job.created', job: UUID, seq: 1, at: NOW },
        { type: 'run.image', job: UUID, seq: 2, at: NOW, run: 0, index: 0, digest: DIGEST },
        { type: 'lane.state', job: null, seq: 3, at: NOW, lane: 'batch', paused: true },
        { type: 'of.the.future', job: null, seq: 4, at: NOW, anything: { nested: [1] } },
      ],
      seq: 4,
      reset: false,
    },
  },
  'artifacts.info': {
    params: [{ digest: DIGEST }],
    result: {
      digest: DIGEST,
      bytes: 1_500_000,
      mime: 'image/png',
      width: 1024,
      height: null,
      createdAt: NOW,
      pinned: true,
      origin: { job: UUID, run: 0, role: 'raw' },
    },
  },
  'artifacts.get': {
    params: [{ digest: DIGEST }, { digest: DIGEST, offset: 4_194_304, length: 1 }],
    result: { bytes: 1_500_000, offset: 0, mime: 'image/png' },
  },
  'artifacts.put': {
    params: [
      { digest: DIGEST, bytes: 1 },
      { digest: DIGEST, bytes: 268_435_456, offset: 4_194_304 },
    ],
    result: { complete: false, next: 4_194_304 },
  },
  'artifacts.recipe': {
    params: [{ digest: DIGEST }],
    result: { recipe, drawDigest: DIGEST, recipeDigest: OTHER_DIGEST, engine: null, graph: {} },
  },
  'artifacts.pin': {
    params: [{ project: 'p', digests: [DIGEST, OTHER_DIGEST] }],
    result: { pinned: 1, missing: [OTHER_DIGEST] },
  },
  'artifacts.keep': { params: [{ digest: DIGEST, keep: true }], result: { changed: true } },
  'artifacts.prune': {
    params: [{ toBytes: 0 }, { toBytes: 1e9, dryRun: true }],
    result: { artifacts: 12, bytes: 3e9 },
  },
};

type EventBody<T extends EventType> = z.output<(typeof JOURNALED_EVENTS & typeof LOSSY_EVENTS)[T]>;

/** Bodies with the largest values that can occur: they must still fit into LIMITS.eventBytes. */
export const LARGEST_EVENTS: { [T in EventType]: { subject: string | null; body: EventBody<T> } } =
  (() => {
    const seq = Number.MAX_SAFE_INTEGER;
    const at = 4_102_444_800_000.5;
    const run = 4095;
    return {
      'job.created': { subject: UUID, body: { seq, at } },
      'job.state': {
        subject: UUID,
        body: { seq, at, state: 'cancelled', done: 4096, total: 4096 },
      },
      'job.changed': { subject: UUID, body: { seq, at } },
      'job.forgotten': { subject: UUID, body: { seq, at } },
      'run.state': {
        subject: UUID,
        body: { seq, at, run, attempt: 65_535, state: 'cancelled', code: 'x'.repeat(40) },
      },
      'run.image': { subject: UUID, body: { seq, at, run, index: 63, digest: DIGEST } },
      'lane.state': { subject: null, body: { seq, at, lane: 'interactive', paused: false } },
      'engine.state': {
        subject: null,
        body: { seq, at, server: 's'.repeat(40), state: 'incompatible' },
      },
      'models.changed': { subject: null, body: { seq, at } },
      'run.progress': {
        subject: UUID,
        body: { run, stage: 'sampling', value: 999.5, max: 1000.5, eta: 86_400_000.5 },
      },
      'run.preview': { subject: UUID, body: { run, mime: 'm'.repeat(20), step: 1000 } },
      'worker.alive': { subject: null, body: { seq, now: at } },
      ready: { subject: UUID, body: { seq, instance: 'i'.repeat(40) } },
    };
  })();
