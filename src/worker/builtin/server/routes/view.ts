import { readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { below, fileAt, folderOf, isPlainName, lastPart, splitAnnotation } from '../files/paths.ts';
import { type Answer, empty } from '../http/answer.ts';
import type { Route, RouteRequest } from '../http/router.ts';
import { encodePng } from '../images/png.ts';
import { decodePng } from '../images/png-read.ts';
import type { RouteParts } from './parts.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.txt': 'text/plain',
  '.json': 'application/json',
};

/** `GET /view`. A `preview=` wish is met with the file itself: there is no other encoder here. */
export function viewRoutes({ settings }: RouteParts): Route[] {
  const view = async ({ query }: RouteRequest): Promise<Answer> => {
    const asked = query.get('filename');
    if (asked === null) return empty(404);
    const { name, type } = splitAnnotation(asked);
    if (!isPlainName(name)) return empty(400);
    const root = folderOf(settings, type ?? query.get('type') ?? 'output');
    if (root === undefined) return empty(400);
    const folder = below(root, query.get('subfolder') ?? '.');
    if (folder === undefined) return empty(403);
    const fileName = lastPart(name);
    const path = fileAt(folder, fileName);
    if (path === undefined) return empty(404);
    const channel = query.get('channel');
    if (channel === 'rgb' || channel === 'a') return channelOf(path, fileName, channel);
    return {
      status: 200,
      headers: {
        ...fileHeaders(fileName),
        'Last-Modified': statSync(path).mtime.toUTCString(),
      },
      body: readFileSync(path),
    };
  };
  return [['GET', '/view', view]];
}

function fileHeaders(fileName: string): Record<string, string> {
  const known = TYPES[extname(fileName).toLowerCase()];
  return {
    'Content-Type': known ?? 'application/octet-stream',
    // Node writes header values as Latin-1: the bytes of the UTF-8 name go as they are.
    'Content-Disposition': Buffer.from(
      `${known === undefined ? 'attachment; ' : ''}filename="${fileName.replace(/["\p{Cc}]/gu, '_')}"`,
    ).toString('latin1'),
    'X-Content-Type-Options': 'nosniff',
  };
}

async function channelOf(path: string, fileName: string, channel: 'rgb' | 'a'): Promise<Answer> {
  const { image } = decodePng(readFileSync(path));
  if (channel === 'a') {
    for (let i = 0; i < image.data.length; i += 4) image.data.fill(0, i, i + 3);
  }
  return {
    status: 200,
    headers: { ...fileHeaders(fileName), 'Content-Type': 'image/png' },
    body: await encodePng(image, { alpha: channel === 'a' }),
  };
}
