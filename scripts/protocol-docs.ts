import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { artifactSchema } from '../src/protocol/artifacts.ts';
import { ERROR_CODES, wireErrorSchema } from '../src/protocol/errors.ts';
import { concernsJob } from '../src/protocol/event-frames.ts';
import {
  CLIENT_EVENTS,
  type EventType,
  JOURNALED_EVENTS,
  journaledEventSchema,
  LOSSY_EVENTS,
} from '../src/protocol/events.ts';
import * as compare from '../src/protocol/compare.ts';
import * as jobs from '../src/protocol/jobs.ts';
import { LIMITS } from '../src/protocol/limits.ts';
import { METHODS } from '../src/protocol/methods.ts';
import * as models from '../src/protocol/models.ts';
import * as names from '../src/protocol/names.ts';
import * as pixels from '../src/protocol/pixels.ts';
import * as recipes from '../src/protocol/recipe.ts';
import * as system from '../src/protocol/system.ts';
import { PROTOCOL_VERSION } from '../src/protocol/version.ts';

/** Types that have a section of their own; everything else is written out where it occurs. */
const NAMED: Record<string, z.ZodType> = {
  UUID: names.uuidSchema,
  Digest: names.digestSchema,
  FileName: names.fileNameSchema,
  ModelName: names.modelNameSchema,
  ProjectKey: names.projectKeySchema,
  SpriteSize: recipes.spriteSizeSchema,
  RenderSize: recipes.renderSizeSchema,
  Lora: recipes.loraSchema,
  InitImage: recipes.initImageSchema,
  PixelSettings: pixels.pixelSettingsSchema,
  PixelReport: pixels.pixelReportSchema,
  RecipeRequest: recipes.recipeRequestSchema,
  Recipe: recipes.recipeSchema,
  Lane: jobs.laneSchema,
  RunState: jobs.runStateSchema,
  JobState: jobs.jobStateSchema,
  RunStage: jobs.runStageSchema,
  RetryLost: jobs.retryLostSchema,
  JobSpec: jobs.jobSpecSchema,
  GenerateItem: jobs.generateItemSchema,
  Contender: compare.contenderSchema,
  CompareBase: compare.compareBaseSchema,
  ComparePrompt: compare.comparePromptSchema,
  CompareSeeds: compare.compareSeedsSchema,
  JobPlan: jobs.jobPlanSchema,
  RunCounts: jobs.runCountsSchema,
  Job: jobs.jobSchema,
  RunImage: jobs.runImageSchema,
  RunTransition: jobs.runTransitionSchema,
  Run: jobs.runSchema,
  EngineStamp: jobs.engineStampSchema,
  Target: jobs.targetSchema,
  JobFilter: jobs.jobFilterSchema,
  Artifact: artifactSchema,
  JournaledEvent: journaledEventSchema,
  ModelFamily: models.modelFamilySchema,
  Model: models.modelSchema,
  WorkflowInfo: models.workflowInfoSchema,
  WorkflowCheck: models.workflowCheckSchema,
  Inventory: models.inventorySchema,
  Gpu: system.gpuSchema,
  SystemReport: system.systemReportSchema,
  ServerStatus: system.serverStatusSchema,
  WorkerStatus: system.workerStatusSchema,
  Finding: system.findingSchema,
  WireError: wireErrorSchema,
};

/** The parts of JSON Schema that zod writes. */
interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  type?: string | string[];
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  prefixItems?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  minimum?: number;
  maximum?: number;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
}

const registry = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });

/** JSON Schema of what travels; what cannot be said in it stays open. */
function schemaOf(schema: z.ZodType): Schema {
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    metadata: registry,
    override: ({ zodSchema, jsonSchema }) => {
      // Descriptions are in zod's own registry, which ours stands in place of.
      const told = z.globalRegistry.get(zodSchema)?.description;
      if (told !== undefined) jsonSchema.description = told;
    },
  }) as Schema;
}

function isSafeEdge(value: number): boolean {
  return Math.abs(value) === Number.MAX_SAFE_INTEGER;
}

function range(low: number | undefined, high: number | undefined): string {
  const from = low === undefined || isSafeEdge(low) ? undefined : low;
  const to = high === undefined || isSafeEdge(high) ? undefined : high;
  if (from !== undefined && to !== undefined) return ` ${from}–${to}`;
  if (from !== undefined) return ` ≥ ${from}`;
  return to === undefined ? '' : ` ≤ ${to}`;
}

function objectType(schema: Schema): string {
  const { properties, additionalProperties } = schema;
  if (properties === undefined || Object.keys(properties).length === 0) {
    return typeof additionalProperties === 'object'
      ? `map of ${typeOf(additionalProperties)}`
      : '{}';
  }
  const fields = Object.entries(properties).map(([name, child]) => {
    const optional = schema.required?.includes(name) === true ? '' : '?';
    return `${name}${optional}: ${typeOf(child)}`;
  });
  return `{ ${fields.join(', ')} }`;
}

function arrayType({ items, prefixItems, minItems, maxItems }: Schema): string {
  if (prefixItems !== undefined) return `[${prefixItems.map(typeOf).join(', ')}]`;
  const inner = typeOf(items ?? {});
  return `${/ or |,/.test(inner) ? `(${inner})` : inner}[]${range(minItems, maxItems)}`;
}

/** One schema as a short expression. */
function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return `[${name}](#${name.toLowerCase()})`;
  }
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) {
    return schema.enum.map(value => `\`${JSON.stringify(value)}\``).join(' or ');
  }
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices !== undefined) return choices.map(typeOf).join(' or ');
  if (Array.isArray(schema.type)) {
    return schema.type.map(type => typeOf({ ...schema, type })).join(' or ');
  }
  switch (schema.type) {
    case 'object':
      return objectType(schema);
    case 'array':
      return arrayType(schema);
    case 'string':
      return `string${range(schema.minLength, schema.maxLength)}`;
    case 'integer':
    case 'number': {
      const step = schema.multipleOf === undefined ? '' : `, multiple of ${schema.multipleOf}`;
      return `${schema.type}${range(schema.minimum, schema.maximum)}${step}`;
    }
    default:
      return schema.type ?? 'anything';
  }
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function fieldTable(schema: Schema): string {
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0) return `${typeOf(schema)}\n`;
  const rows = fields.map(([name, child]) => {
    const optional = schema.required?.includes(name) !== true;
    const preset = child.default === undefined ? '' : ` = \`${JSON.stringify(child.default)}\``;
    const note = child.description ?? '';
    return `| \`${name}\`${optional ? ' (optional)' : ''} | ${cell(typeOf(child))}${cell(preset)} | ${cell(note)} |`;
  });
  return ['| field | type | |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

function inlineOrTable(schema: Schema): string {
  return schema.$ref === undefined ? fieldTable(schema) : `${typeOf(schema)}\n`;
}

function methodSection(): string {
  return Object.entries(METHODS)
    .map(([name, shape]) => {
      const attachments =
        'attachments' in shape
          ? ` Attached frames beside its ${shape.attachments === 'params' ? 'parameters' : 'result'}.`
          : '';
      const repeat = shape.idempotent ? 'May be sent again' : 'Never sent twice';
      return [
        `### ${name}`,
        shape.summary,
        `${repeat}; answered within ${shape.timeoutMs / 1000} s.${attachments}`,
        '**Parameters**',
        inlineOrTable(schemaOf(shape.params)),
        '**Result**',
        inlineOrTable(schemaOf(shape.result)),
      ].join('\n\n');
    })
    .join('\n\n');
}

function topicOf(type: EventType): string {
  if (CLIENT_EVENTS.includes(type)) return `${type}/<client id>`;
  return concernsJob(type) ? `${type}/<job id>` : type;
}

function eventSection(events: Readonly<Record<string, z.ZodType>>): string {
  return Object.entries(events)
    .map(([type, schema]) => {
      const json = schemaOf(schema);
      return [
        `### ${topicOf(type as EventType)
          .replaceAll('<', '‹')
          .replaceAll('>', '›')}`,
        json.description ?? '',
        fieldTable(json),
      ].join('\n\n');
    })
    .join('\n\n');
}

function typeSection(): string {
  return Object.keys(NAMED)
    .toSorted()
    .map(name => {
      const schema = NAMED[name];
      if (schema === undefined) return '';
      const whole = schemaOf(schema);
      const json = whole.$defs?.[name] ?? whole;
      const pattern = json.pattern === undefined ? '' : ` matching \`${json.pattern}\``;
      const body = json.properties === undefined ? `${typeOf(json)}${pattern}` : fieldTable(json);
      return [`### ${name}`, json.description ?? '', body].join('\n\n');
    })
    .join('\n\n');
}

function limitSection(): string {
  const rows = Object.entries(LIMITS).map(
    ([name, value]) => `| \`${name}\` | ${value.toLocaleString('en')} |`,
  );
  return ['| limit | value |', '| --- | ---: |', ...rows].join('\n');
}

const INTRODUCTION = `# The wire protocol, version ${PROTOCOL_VERSION}

<!-- Generated by \`node scripts/protocol-docs.ts\` from src/protocol. Do not edit. -->

A worker binds two ZeroMQ sockets: a \`ROUTER\` for requests and an \`XPUB\` for events. A client connects a \`DEALER\` to the first
and a \`SUB\` to the second. On the worker's own machine they are \`ipc://\` sockets in a private folder (\`tcp://127.0.0.1\` on
Windows); to other machines they speak \`tcp://\` with CURVE, and only keys on the worker's allow-list get in.

## Framing

Bodies are [MessagePack](https://msgpack.org).

- A **request** is \`[body, …attachments]\` with body = \`[protocol, id, method, params]\`. The client chooses the id, a whole number
  from 1; several requests may be under way, and they are answered in any order.
- A **reply** is \`[body, …attachments]\` with body = \`[protocol, id, true, result]\` or \`[protocol, id, false, error]\`. An error is a
  [WireError](#wireerror). A request whose id cannot be read is answered under id 0.
- An **event** is \`[topic, body]\` or \`[topic, body, image]\`. The topic is the type, followed by \`/\` and the job's or client's id where it
  concerns one. The body is a map of the event's fields. A client subscribes to any prefix of a topic.

A client first says [hello](#hello). A request of another protocol version is answered with \`protocol-mismatch\`. Unknown fields of
results, unknown event types and unknown error codes are to be tolerated: they come from newer workers.

## Missing no event

Journaled events carry \`seq\`, numbers without a gap that go on over restarts of the worker. Lossy ones carry none and may be dropped.

1. Subscribe to all journaled types, to \`worker.alive\` and to \`ready/‹client id›\`, and wait for \`ready\`: from its \`seq\` on nothing is missed.
   After a reconnect it comes again.
2. When an event's \`seq\` is not the next one, or \`ready\` or \`worker.alive\` tell of a higher \`seq\`, call
   [events.since](#eventssince) until caught up, before anything newer is used.
3. When it answers \`reset\`, or \`ready\` comes with a new \`instance\` and a lower \`seq\`, read the state anew.

## Retries

A method that "may be sent again" can be repeated when no answer came, under the same id or another. The rest is never sent twice: after
a broken connection it may or may not have been done.

## Artifacts

Images never travel inside a body. [artifacts.get](#artifactsget) and [artifacts.put](#artifactsput) move chunks of at most
${LIMITS.artifactChunkBytes / 1024 / 1024} MiB as attached frames, and the receiver checks the SHA-256 of the whole.`;

/** The document as it should be in docs/protocol.md. */
export function renderProtocolDocs(): string {
  const text = [
    INTRODUCTION,
    '## Limits',
    'What exceeds one is refused with `too-large` and changes nothing. Counts are bytes unless the name says otherwise.',
    limitSection(),
    '## Errors',
    ERROR_CODES.map(code => `\`${code}\``).join(', '),
    '## Methods',
    methodSection(),
    '## Journaled events',
    eventSection(JOURNALED_EVENTS),
    '## Lossy events',
    eventSection(LOSSY_EVENTS),
    '## Types',
    typeSection(),
  ].join('\n\n');
  return `${text.replace(/\n{3,}/g, '\n\n').trimEnd()}\n`;
}

/** Where the document is kept. */
export const PROTOCOL_DOCS = join(import.meta.dirname, '..', 'docs', 'protocol.md');

if (process.argv[1] === import.meta.filename) {
  writeFileSync(PROTOCOL_DOCS, renderProtocolDocs());
}
