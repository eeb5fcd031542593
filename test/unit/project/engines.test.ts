import { describe, expect, test } from 'vitest';
import { detectEngine, type Engine } from '../../../src/project/engines/detect.ts';

const detect = (files: Record<string, string>) => detectEngine(async path => files[path] ?? null);

describe('the engine of a folder', () => {
  test.each<[string, Record<string, string>, Engine | null]>([
    ['project.godot', { 'project.godot': '' }, 'godot'],
    [
      "Unity's version file",
      { 'ProjectSettings/ProjectVersion.txt': 'm_EditorVersion: 6000.0.1f1\n' },
      'unity',
    ],
    [
      'a file of that name that is not Unity’s',
      { 'ProjectSettings/ProjectVersion.txt': '1.0' },
      null,
    ],
    [
      'a dependency on bevy',
      { 'Cargo.toml': '[package]\nname = "x"\n\n[dependencies]\nbevy = "0.17" # engine\n' },
      'bevy',
    ],
    ['a table of bevy', { 'Cargo.toml': '[dependencies.bevy]\nversion = "0.17"\n' }, 'bevy'],
    [
      "bevy from the workspace's table",
      { 'Cargo.toml': '[dependencies]\nbevy.workspace = true\r\n' },
      'bevy',
    ],
    [
      'bevy in a workspace',
      { 'Cargo.toml': '[workspace.dependencies]\nbevy = { version = "0.17" }\n' },
      'bevy',
    ],
    [
      'bevy for one platform',
      { 'Cargo.toml': '[target."cfg(unix)".dependencies]\nbevy_sprite = "0.17"\n' },
      'bevy',
    ],
    [
      'a comment about bevy',
      { 'Cargo.toml': '[dependencies]\n# bevy = "0.17"\nbevyish = "1"\n' },
      null,
    ],
    ['bevy in another table', { 'Cargo.toml': '[features]\nbevy = []\n' }, null],
    ['phaser', { 'package.json': '{"dependencies": {"phaser": "^4"}}' }, 'phaser'],
    ['pixi', { 'package.json': '{"devDependencies": {"pixi.js": "8"}}' }, 'pixi'],
    ["pixi's parts", { 'package.json': '{"dependencies": {"@pixi/react": "8"}}' }, 'pixi'],
    [
      'phaser beside pixi',
      { 'package.json': '{"dependencies": {"pixi.js": "8", "phaser": "4"}}' },
      'phaser',
    ],
    ['another manifest', { 'package.json': '{"name": "phaser"}' }, null],
    ['a broken manifest', { 'package.json': '{"dependencies"' }, null],
    ['a manifest of null', { 'package.json': 'null' }, null],
    [
      'Godot with a web build',
      { 'project.godot': '', 'package.json': '{"dependencies": {"phaser": "4"}}' },
      'godot',
    ],
    ['nothing', {}, null],
  ])('by %s', async (_, files, engine) => {
    expect(await detect(files)).toBe(engine);
  });
});
