import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS, CONTEXT_KEYS, SETTINGS } from '../../../src/extension/ids.ts';

const root = join(import.meta.dirname, '..', '..', '..');

interface Property {
  type: string;
  default: unknown;
  enum?: string[];
  enumDescriptions?: string[];
  scope?: string;
  markdownDescription?: string;
  order?: number;
}

interface Manifest {
  main: string;
  activationEvents: string[];
  extensionKind: string[];
  capabilities: { untrustedWorkspaces: { supported: string; restrictedConfigurations: string[] } };
  contributes: {
    commands: { command: string; title: string; category?: string }[];
    configuration: { title: string; properties: Record<string, Property> }[];
    menus: Record<string, { command?: string; submenu?: string; when?: string; group?: string }[]>;
  };
}

const text = readFileSync(join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(text) as Manifest;
const names = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Record<
  string,
  string
>;
const properties = Object.assign(
  {},
  ...manifest.contributes.configuration.map(section => section.properties),
) as Record<string, Property>;

/** Type of a value in the words of JSON Schema. */
function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => readFileSync(join(folder, name), 'utf8'));
}

describe('the manifest', () => {
  test('declares every command that the code knows, and none beyond', () => {
    const declared = manifest.contributes.commands.map(({ command }) => command);
    expect(declared.toSorted()).toEqual(Object.values(COMMANDS).toSorted());
    expect(new Set(declared).size).toBe(declared.length);
  });

  test('declares every setting that the code knows, and none beyond', () => {
    expect(Object.keys(properties).toSorted()).toEqual(Object.values(SETTINGS).toSorted());
  });

  test('gives each setting a default of its type, a description and a scope', () => {
    for (const [id, property] of Object.entries(properties)) {
      expect(kindOf(property.default), id).toBe(property.type);
      expect(property.markdownDescription, id).toMatch(/^%.+%$/);
      expect(property.scope, id).toBeDefined();
      if (property.enum === undefined) continue;
      expect(property.enum, id).toContain(property.default);
      expect(property.enumDescriptions, id).toHaveLength(property.enum.length);
    }
  });

  test('puts every command into the category and gives it a name that can be translated', () => {
    for (const { command, title, category } of manifest.contributes.commands) {
      expect(category, command).toBe('DGX-Pixels');
      expect(title, command).toMatch(/^%.+%$/);
    }
  });

  test('names only declared commands in menus', () => {
    const declared = new Set(manifest.contributes.commands.map(({ command }) => command));
    for (const [menu, entries] of Object.entries(manifest.contributes.menus)) {
      for (const { command } of entries) {
        if (command !== undefined) expect(declared, menu).toContain(command);
      }
    }
  });

  test('asks in its conditions only for context keys that the code sets', () => {
    const conditions = [...text.matchAll(/"(?:when|enablement)": "((?:[^"\\]|\\.)*)"/g)].map(
      ([, when]) => when ?? '',
    );
    // What stands behind a comparison is a value: a view's or an editor's id.
    const keys = conditions.flatMap(when =>
      [...when.replace(/[=!]=\s*'?[\w.-]+|=~ \/[^/]*\//g, '').matchAll(/dgx-pixels\.[\w.-]+/g)].map(
        ([key]) => key,
      ),
    );
    expect(keys).toContain(CONTEXT_KEYS.worker);
    const known = new Set<string>(Object.values(CONTEXT_KEYS));
    expect(keys.filter(key => !known.has(key))).toEqual([]);
  });

  test('has a text for each key, and a key for each text', () => {
    const used = [...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? '');
    expect(used.filter(key => names[key] === undefined)).toEqual([]);
    expect(Object.keys(names).filter(key => !used.includes(key))).toEqual([]);
  });

  test('activates by what it contributes alone, beside the files', () => {
    expect(manifest.activationEvents.filter(event => !event.startsWith('onWebviewPanel:'))).toEqual(
      [],
    );
    expect(manifest.extensionKind).toEqual(['workspace']);
  });

  test('lets no untrusted workspace choose worker, engine or folders', () => {
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    expect(supported).toBe('limited');
    const guarded = Object.values(SETTINGS).filter(id =>
      /\.(worker|local\.|output\.folder)/.test(id),
    );
    expect(restrictedConfigurations.toSorted()).toEqual(guarded.toSorted());
  });

  test('lets only the machine say which programs are started and where local data lie', () => {
    expect(properties['dgx-pixels.externalEditor']?.scope).toBe('machine');
    expect(properties['dgx-pixels.local.dataFolder']?.scope).toBe('machine');
    expect(properties['dgx-pixels.local.comfyuiUrl']?.scope).toBe('machine-overridable');
  });
});

describe('texts of the host', () => {
  test('are all in l10n/bundle.l10n.json, and nothing else is', () => {
    const bundle = JSON.parse(
      readFileSync(join(root, 'l10n', 'bundle.l10n.json'), 'utf8'),
    ) as Record<string, string>;
    const written = new Set(
      sources(join(root, 'src', 'extension')).flatMap(source =>
        [...source.matchAll(/(?<![\w.])t\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g)].map(
          ([, single, double]) => (single ?? double ?? '').replace(/\\(.)/g, '$1'),
        ),
      ),
    );
    expect(Object.keys(bundle).toSorted(), 'node scripts/write-l10n.js writes it').toEqual(
      [...written].toSorted(),
    );
  });
});
