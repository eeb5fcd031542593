import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Api } from '../../src/extension/extension.ts';
import { COMMANDS, SETTINGS } from '../../src/extension/ids.ts';

const extension = vscode.extensions.getExtension<Api>('dgx-pixels.dgx-pixels');

/** Commands that the editor makes for each view, such as `dgx-pixels.queue.focus`. */
const OF_VIEWS = /^dgx-pixels\.(?:queue|results|models)\./;

interface Property {
  type: string;
  scope: string;
  enum?: unknown[];
  default: unknown;
}

// This file is the first: later ones activate the extension.
describe('the extension', () => {
  it('is installed, and not active before somebody asks for it', () => {
    assert.ok(extension, 'the extension is not there');
    assert.equal(extension.isActive, false);
  });

  it('activates with its one file alone: no native code, no worker', async () => {
    const before = new Set(Object.keys(require.cache));
    const api = await extension?.activate();
    assert.equal(extension?.isActive, true);
    const { extensionPath } = extension;
    const loaded = Object.keys(require.cache).filter(
      file => file.startsWith(extensionPath) && !before.has(file),
    );
    assert.deepEqual(
      loaded.map(file => file.slice(extensionPath.length + 1)),
      [join('dist', 'extension.cjs')],
    );
    assert.equal(api?.services.link.state.kind, 'off');
    assert.ok(Number.isFinite(api.activationMs));
  });

  it('registers every command that it declares, and declares every command that it registers', async () => {
    const declared = commands().map(({ command }) => command);
    const registered = (await vscode.commands.getCommands(true)).filter(
      id => id.startsWith('dgx-pixels.') && !OF_VIEWS.test(id),
    );
    assert.deepEqual(registered.toSorted(), declared.toSorted());
    assert.deepEqual(declared.toSorted(), Object.values(COMMANDS).toSorted());
  });

  it('reads each setting as the manifest declares it', () => {
    const configuration = vscode.workspace.getConfiguration();
    const declared = properties();
    assert.deepEqual(Object.keys(declared).toSorted(), Object.values(SETTINGS).toSorted());
    for (const id of Object.values(SETTINGS)) {
      const { type, default: fallback, enum: values } = declared[id] ?? fail(id);
      const value: unknown = configuration.inspect(id)?.defaultValue;
      assert.deepEqual(value, fallback, id);
      assert.equal(Array.isArray(value) ? 'array' : typeof value, type, id);
      if (values !== undefined) assert.ok(values.includes(value), id);
    }
  });

  it('has a text for every key of its manifest', () => {
    const shown = JSON.stringify(extension?.packageJSON);
    assert.deepEqual(shown.match(/"%[\w.]+%"/g), null);
    for (const { command, title } of commands()) assert.match(title, /\S/, command);
  });
});

function contributes() {
  const { contributes: given } = extension?.packageJSON as {
    contributes: {
      commands: { command: string; title: string }[];
      configuration: { properties: Record<string, Property> }[];
    };
  };
  return given;
}

function commands() {
  return contributes().commands;
}

function properties(): Record<string, Property> {
  const sections = contributes().configuration.map(section => section.properties);
  return Object.assign({}, ...sections) as Record<string, Property>;
}

function fail(id: string): never {
  throw new Error(`${id} is not declared`);
}
