/** Stands for the file in a command. */
const FILE = '{file}';

/**
 * A program and its arguments from a setting such as `"C:\Aseprite\aseprite.exe" --flag {file}`. Quotes keep blanks; nothing
 * else is special, since no shell is involved. The file comes last where `{file}` does not say otherwise.
 * @returns null for an empty command
 */
export function externalCommand(
  setting: string,
  file: string,
): { program: string; args: string[] } | null {
  const words = [...setting.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
  const [program, ...rest] = words;
  if (program === undefined || program === '') return null;
  const args = rest.map(word => word.replaceAll(FILE, () => file));
  if (!rest.some(word => word.includes(FILE))) args.push(file);
  return { program, args };
}
