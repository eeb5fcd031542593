import { SheetError } from '../../sheet/error.ts';
import { packSheet } from '../../sheet/pack.ts';
import type { Sheet } from '../../sheet/sheet.ts';
import type { TextFile } from '../file.ts';
import { pageFile, pagePngs } from '../pages.ts';
import type { ExportRequest, ExportResult } from '../target.ts';
import { readResource, resourceText } from './resource.ts';
import {
  atlasProperties,
  countSteps,
  emptyResource,
  externalTexture,
  resourcePath,
  setAtlas,
} from './sprite-frames.ts';

/**
 * A file for each frame, named by it.
 * @throws SheetError `name-clash` when two names make one file
 */
export function atlasTexturePaths({ frames, name }: Sheet): string[] {
  const taken = new Map<string, string>();
  return frames.map(({ id }) => {
    const base = id.replace(/[\\/:*?"<>|]/g, '-').replace(/^\.+|[. ]+$/g, '');
    const path = `${base === '' ? name : base}.tres`;
    // Windows and macOS do not tell capitals from small letters.
    const other = taken.get(path.toLowerCase());
    if (other !== undefined) {
      throw new SheetError(
        'name-clash',
        `Frames "${other}" and "${id}" would both be written as ${path}; rename one.`,
      );
    }
    taken.set(path.toLowerCase(), id);
    return path;
  });
}

/**
 * Writes a Godot 4 `AtlasTexture` per frame, for icons and tiles that are used one by one. A present file keeps its uid and every
 * property but atlas, region and margin.
 * @throws SheetError as `packSheet`, `readResource` and `atlasTexturePaths` do
 */
export function writeAtlasTextures(request: ExportRequest): ExportResult {
  const { sheet, existing, zlib, folder } = request;
  const packed = packSheet(sheet, request.layout);
  const paths = atlasTexturePaths(sheet);
  const texts = packed.placed.map((place): TextFile => {
    const path = paths[place.index]!;
    const present = existing.get(path);
    const file =
      present === undefined
        ? emptyResource('AtlasTexture')
        : readResource(present, path, 'AtlasTexture');
    const png = pageFile(sheet.name, place.page, packed.pages.length);
    const texture = externalTexture(file, resourcePath(folder, png));
    setAtlas(file.resource, atlasProperties(place, texture));
    countSteps(file);
    return { path, text: resourceText(file) };
  });
  return { files: [...pagePngs(packed, zlib), ...texts], warnings: [] };
}
