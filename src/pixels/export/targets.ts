import { asepriteJsonPath, writeAsepriteJson } from './aseprite/json-write.ts';
import { writeAseprite } from './aseprite/binary.ts';
import { writeApng } from './apng.ts';
import { bevyPath, writeBevy } from './bevy/atlas.ts';
import { writeGif } from './gif/gif.ts';
import { atlasTexturePaths, writeAtlasTextures } from './godot/atlas-texture.ts';
import { spriteFramesPath, writeSpriteFrames } from './godot/sprite-frames.ts';
import { pageFiles } from './pages.ts';
import { phaserPaths, writePhaser } from './phaser.ts';
import { writePixi } from './pixi.ts';
import { writeIndexedStrip, writeStrip } from './strip.ts';
import type { ExportTarget } from './target.ts';
import { writeTexturePacker } from './texturepacker.ts';
import { tsjPath, writeTsj } from './tiled/tsj.ts';
import { tsxPath, writeTsx } from './tiled/tsx.ts';
import { writeUnity } from './unity/meta.ts';
import { writeWebp } from './webp/webp.ts';

/** Every format that sheets are written in, by the word a person chooses it with. */
export const TARGETS = {
  godot: {
    title: 'Godot 4 SpriteFrames',
    ending: '.tres',
    merges: sheet => [spriteFramesPath(sheet)],
    write: writeSpriteFrames,
  },
  'godot-atlas': {
    title: 'Godot 4 AtlasTexture per frame',
    ending: '.tres',
    merges: atlasTexturePaths,
    write: writeAtlasTextures,
  },
  unity: {
    title: 'Unity sprite sheet with its .meta',
    ending: '.png',
    merges: sheet => pageFiles(sheet.name, '.png.meta'),
    write: writeUnity,
  },
  phaser: {
    title: 'Phaser multi-atlas and animations',
    ending: '.json',
    merges: phaserPaths,
    write: writePhaser,
  },
  pixi: {
    title: 'PixiJS spritesheet',
    ending: '.json',
    merges: sheet => pageFiles(sheet.name, '.json'),
    write: writePixi,
  },
  bevy: {
    title: 'Bevy TextureAtlasLayout',
    ending: '.atlas.ron',
    merges: sheet => [bevyPath(sheet)],
    write: writeBevy,
  },
  tiled: {
    title: 'Tiled tileset',
    ending: '.tsx',
    merges: sheet => [tsxPath(sheet)],
    write: writeTsx,
  },
  'tiled-json': {
    title: 'Tiled tileset as JSON',
    ending: '.tsj',
    merges: sheet => [tsjPath(sheet)],
    write: writeTsj,
  },
  aseprite: {
    title: 'Aseprite file',
    ending: '.aseprite',
    merges: () => [],
    write: writeAseprite,
  },
  'aseprite-json': {
    title: 'Aseprite JSON, frames as a list',
    ending: '.json',
    merges: sheet => [asepriteJsonPath(sheet)],
    write: request => writeAsepriteJson(request, 'array'),
  },
  'aseprite-json-hash': {
    title: 'Aseprite JSON, frames by name',
    ending: '.json',
    merges: sheet => [asepriteJsonPath(sheet)],
    write: request => writeAsepriteJson(request, 'hash'),
  },
  texturepacker: {
    title: 'TexturePacker JSON, frames by name',
    ending: '.json',
    merges: sheet => pageFiles(sheet.name, '.json'),
    write: request => writeTexturePacker(request, 'hash'),
  },
  'texturepacker-array': {
    title: 'TexturePacker JSON, frames as a list',
    ending: '.json',
    merges: sheet => pageFiles(sheet.name, '.json'),
    write: request => writeTexturePacker(request, 'array'),
  },
  gif: { title: 'Animated GIF', ending: '.gif', merges: () => [], write: writeGif },
  apng: { title: 'Animated PNG', ending: '.png', merges: () => [], write: writeApng },
  webp: { title: 'Lossless WebP', ending: '.webp', merges: () => [], write: writeWebp },
  png: { title: 'PNG strip', ending: '.png', merges: () => [], write: writeStrip },
  'indexed-png': {
    title: 'PNG strip with a palette',
    ending: '.png',
    merges: () => [],
    write: writeIndexedStrip,
  },
} as const satisfies Record<string, ExportTarget>;

export type TargetName = keyof typeof TARGETS;

export const TARGET_NAMES = Object.keys(TARGETS) as TargetName[];
