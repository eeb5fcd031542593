import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import * as z from 'zod';
import { PixelsError } from '../protocol/errors.ts';
import { describeIssues } from '../protocol/validate.ts';
import { modelRootsSchema } from './models/roots.ts';

const GIB = 1024 ** 3;

const serverSchema = z.strictObject({
  /** Name in the journal and in status; keep it when the address changes. */
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'must be 1-40 letters, digits, dots or dashes')
    .optional(),
  url: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }),
  headers: z.record(z.string(), z.string()).default({}),
  tls: z
    .strictObject({
      caFile: z.string().optional(),
      rejectUnauthorized: z.boolean().optional(),
    })
    .default({}),
  /** Folders with its model files as this machine sees them; in place of the general ones. */
  modelRoots: modelRootsSchema.optional(),
});

const imperfectionsSchema = z.strictObject({
  pitch: z.number().min(7).max(40).optional(),
  phase: z.tuple([z.number(), z.number()]).optional(),
  blur: z.number().min(0).max(20).optional(),
  noise: z.number().min(0).max(100).optional(),
  jpeg: z.int().min(1).max(100).optional(),
});

const builtinSchema = z.strictObject({
  /** Milliseconds of one sampling step. */
  stepMs: z.number().min(0).max(60_000).optional(),
  /** Milliseconds of a cold checkpoint load. */
  loadMs: z.number().min(0).max(600_000).optional(),
  /** Flaws of the large render, so that pixel fixing has something to do. */
  imperfections: imperfectionsSchema.optional(),
  padPngTo: z.int().min(0).max(100_000_000).optional(),
});

const listenSchema = z.strictObject({
  /** Socket of the local worker: Unix sockets, or loopback TCP with keys where there are none (Windows). */
  local: z.enum(['ipc', 'tcp']).optional(),
  /** Further addresses, e.g. tcp://0.0.0.0:5555; off loopback they need `curve`. */
  requests: z.string().optional(),
  events: z.string().optional(),
  curve: z.boolean().default(false),
});

export const configSchema = z.strictObject({
  data: z.string().optional(),
  listen: listenSchema.default({ curve: false }),
  /** ComfyUI servers; none = the built-in engine. */
  servers: z.array(serverSchema).max(32).default([]),
  /** Folders with model files as this machine sees them; else servers on this machine are asked. */
  modelRoots: modelRootsSchema.optional(),
  builtin: builtinSchema.default({}),
  /** Leave pictures and history entries on the engine after they were brought home. */
  keepOutputs: z.boolean().default(false),
  artifacts: z
    .strictObject({ quotaGiB: z.number().positive().default(20) })
    .default({ quotaGiB: 20 }),
  /** Most memory that may be in use where models lie, GB (10⁹ bytes). */
  memory: z
    .strictObject({
      guardGB: z.number().positive().max(100_000).optional(),
      enforce: z.boolean().default(true),
    })
    .default({ enforce: true }),
  /** End after this many seconds without client and without unfinished job; 0 = never. */
  idleExit: z.number().min(0).default(0),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export type Config = z.output<typeof configSchema>;

/** Bytes of a quota. */
export function quotaBytes(config: Config): number {
  return config.artifacts.quotaGiB * GIB;
}

function fault(source: string, sentence: string): PixelsError {
  return new PixelsError('invalid-params', `${source}: ${sentence}`);
}

/** Servers need names that differ, since the journal remembers runs by them. */
function nameServers(config: Config, source: string): Config {
  const servers = config.servers.map(server => ({
    ...server,
    name: server.name ?? new URL(server.url).host.replace(/[^A-Za-z0-9._-]/g, '-').slice(0, 40),
  }));
  const twice = servers.find((server, place) =>
    servers.slice(0, place).some(other => other.name === server.name),
  );
  if (twice !== undefined) {
    throw fault(source, `two servers are named "${twice.name}"; give each a name of its own.`);
  }
  return { ...config, servers };
}

/**
 * Checks a configuration.
 * @param source names it in messages
 * @throws PixelsError `invalid-params` with one line per fault
 */
export function parseConfig(value: unknown, source: string): Config {
  const parsed = configSchema.safeParse(value ?? {});
  if (!parsed.success) {
    const lines = describeIssues(parsed.error).issues.map(issue =>
      issue.path === '' ? issue.message : `${issue.path}: ${issue.message}`,
    );
    throw fault(source, lines.join(`\n${source}: `));
  }
  return nameServers(parsed.data, source);
}

/**
 * Reads a YAML or JSON configuration file.
 * @throws PixelsError `invalid-params` with one line per fault
 */
export function readConfig(path: string): Config {
  const file = resolve(path);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw fault(file, 'the configuration file cannot be read.');
  }
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    const where = error instanceof YAMLParseError ? (error.linePos?.[0].line ?? '?') : '?';
    throw fault(file, `line ${where} is not valid YAML.`);
  }
  return parseConfig(value, file);
}
