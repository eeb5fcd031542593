export const ENGINES = ['godot', 'unity', 'bevy', 'phaser', 'pixi'] as const;

export type Engine = (typeof ENGINES)[number];

/** Files that say which engine a folder belongs to, relative to it. */
export const ENGINE_FILES = [
  'project.godot',
  'ProjectSettings/ProjectVersion.txt',
  'Cargo.toml',
  'package.json',
] as const;

/**
 * The engine whose project a folder is the root of.
 * @param read text of a file, relative to the folder; null when there is none. Asked only for `ENGINE_FILES`
 */
export async function detectEngine(
  read: (path: (typeof ENGINE_FILES)[number]) => Promise<string | null>,
): Promise<Engine | null> {
  if ((await read('project.godot')) !== null) return 'godot';
  const unity = await read('ProjectSettings/ProjectVersion.txt');
  if (unity !== null && /^m_EditorVersion:/m.test(unity)) return 'unity';
  const cargo = await read('Cargo.toml');
  if (cargo !== null && dependsOnBevy(cargo)) return 'bevy';
  const manifest = await read('package.json');
  return manifest === null ? null : engineOfManifest(manifest);
}

/** Bevy itself or one of its crates that draw, in any table of dependencies. */
const BEVY = /^(?:"?bevy(?:_(?:sprite|app|ecs|asset|render|image|internal))?"?)\s*(?:=|\.)/;
const DEPENDENCIES = /^\[(?:.+\.)?(?:dev-|build-)?dependencies\]$/;
const BEVY_TABLE =
  /^\[(?:.+\.)?(?:dev-|build-)?dependencies\."?bevy(?:_(?:sprite|app|ecs|asset|render|image|internal))?"?\]$/;

function dependsOnBevy(cargo: string): boolean {
  let among = false;
  for (const line of cargo.split(/\r?\n/).map(text => text.replace(/\s*#.*$/, '').trim())) {
    if (BEVY_TABLE.test(line)) return true;
    if (line.startsWith('[')) among = DEPENDENCIES.test(line);
    else if (among && BEVY.test(line)) return true;
  }
  return false;
}

function engineOfManifest(text: string): Engine | null {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    return null;
  }
  const names = ['dependencies', 'devDependencies', 'peerDependencies'].flatMap(key => {
    const list = (manifest as Record<string, unknown> | null)?.[key];
    return typeof list === 'object' && list !== null ? Object.keys(list) : [];
  });
  if (names.includes('phaser')) return 'phaser';
  return names.some(name => name === 'pixi.js' || name.startsWith('@pixi/')) ? 'pixi' : null;
}
