/** A glob for the PNG files that a setting's entry means: a folder, a glob of folders, or one of files. */
export function pngPattern(entry: string): string | null {
  const path = entry
    .trim()
    .replaceAll('\\', '/')
    .replace(/^\.?\/+/, '')
    .replace(/\/+$/, '');
  if (path === '' || path === '.') return entry.trim() === '' ? null : '**/*.[pP][nN][gG]';
  if (/\.png$/i.test(path)) return path;
  if (path.endsWith('/**') || path === '**') return `${path}/*.[pP][nN][gG]`;
  return `${path}/**/*.[pP][nN][gG]`;
}
