import { dirname, isAbsolute, join } from 'node:path';
import { isLoopbackUrl } from '../../models/server-folders.ts';
import type { ComfyHttp } from '../http.ts';
import { list, record, text } from '../values.ts';
import { OUR_FOLDER } from './names.ts';

/** Folders that a command line names, the most exact first. */
function foldersOf(argv: readonly string[]): string[] {
  const valueOf = (option: string): string[] => {
    const place = argv.findLastIndex(word => word === option || word.startsWith(`${option}=`));
    const word = argv[place] ?? '';
    const value = word.includes('=') ? word.slice(option.length + 1) : argv[place + 1];
    return place !== -1 && value !== undefined && isAbsolute(value) ? [value] : [];
  };
  const output = valueOf('--output-directory');
  if (output.length > 0) return output;
  const base = valueOf('--base-directory');
  if (base.length > 0) return base.map(folder => join(folder, 'output'));
  const program = argv[0] ?? '';
  return isAbsolute(program) ? [join(dirname(program), 'output')] : [];
}

/** A server that was started as `python main.py` still tells where its models lie: beside its output folder, unless they were moved. */
async function besideModels(http: ComfyHttp): Promise<string[]> {
  const listed = await http.json('GET', '/experiment/models', undefined, 20_000).catch(() => null);
  const folders = list(listed)
    .map(record)
    .filter(({ name }) => name === 'checkpoints')
    .flatMap(entry => list(entry['folders']))
    .map(text)
    .filter(folder => isAbsolute(folder) && /[/\\]models[/\\]checkpoints[/\\]?$/.test(folder));
  return folders.map(folder => join(folder, '..', '..', 'output'));
}

/**
 * Our folder in a server's output folder, as far as it says where that is and runs on this machine. These are guesses, since a port of this
 * machine may lead to another one: whoever acts on a file there must know it by its content.
 */
export async function outputFolders(
  http: ComfyHttp,
  url: string,
  argv: readonly string[],
): Promise<string[]> {
  if (!isLoopbackUrl(url)) return [];
  const named = foldersOf(argv);
  const folders = named.length > 0 ? named : await besideModels(http);
  return [...new Set(folders.map(folder => join(folder, OUR_FOLDER)))];
}
