import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { normalize, parse, resolve } from 'node:path';
import { below, folderOf } from '../files/paths.ts';
import { type Answer, empty, json } from '../http/answer.ts';
import { type FormPart, parseMultipart } from '../http/multipart.ts';
import type { Route, RouteRequest } from '../http/router.ts';
import type { RouteParts } from './parts.ts';

/** `POST /upload/image`: any file, into one of the three folders; equal bytes keep their name. */
export function uploadRoutes({ settings }: RouteParts): Route[] {
  const upload = (request: RouteRequest): Answer => {
    const parts = parseMultipart(request.headers['content-type'], request.body) ?? [];
    const field = (name: string) =>
      parts.find(part => part.name === name && part.fileName === undefined)?.body.toString('utf8');
    const file = parts.find(isNamedImage);
    if (file === undefined) return empty(400);
    const type = field('type') ?? 'input';
    const root = folderOf(settings, type);
    if (root === undefined) return empty(400);
    const subfolder = field('subfolder') ?? '';
    const overwrite = ['true', '1'].includes(field('overwrite') ?? '');
    const folder = below(root, normalize(subfolder === '' ? '.' : subfolder));
    const name = folder === undefined ? undefined : place(root, folder, file, overwrite);
    return name === undefined ? empty(400) : json({ name, subfolder, type });
  };
  return [['POST', '/upload/image', upload]];
}

type NamedPart = FormPart & { fileName: string };

function isNamedImage(part: FormPart): part is NamedPart {
  return part.name === 'image' && part.fileName !== undefined && part.fileName !== '';
}

/** Writes the file and tells its name, or undefined if it would leave the folder. */
function place(
  root: string,
  folder: string,
  file: NamedPart,
  overwrite: boolean,
): string | undefined {
  const { dir, name, ext } = parse(file.fileName);
  const joined = (candidate: string) => below(root, resolve(folder, candidate));
  let chosen = file.fileName;
  let path = joined(chosen);
  if (path === undefined || path === resolve(root) || chosen.includes('\0')) return undefined;
  for (let i = 1; !overwrite && existsSync(path); i += 1) {
    if (readFileSync(path).equals(file.body)) return chosen;
    chosen = `${dir === '' ? '' : `${dir}/`}${name} (${i})${ext}`;
    path = joined(chosen);
    if (path === undefined) return undefined;
  }
  mkdirSync(resolve(path, '..'), { recursive: true });
  writeFileSync(path, file.body);
  return chosen;
}
