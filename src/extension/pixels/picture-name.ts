/** Name of the file at a URI's path. */
export function fileName(path: string): string {
  return path.replace(/^.*\//, '');
}

/** A name without its ending. */
export function withoutEnding(name: string): string {
  return name.replace(/\.[^.]+$/, '');
}

/** `hero-fixed.png` beside `hero.png`, with a number where that is taken. */
export function freeName(name: string, suffix: string, taken: ReadonlySet<string>): string {
  const base = `${withoutEnding(name)}${suffix}`;
  for (let number = 1; ; number++) {
    const free = `${base}${number === 1 ? '' : `-${number}`}.png`;
    if (!taken.has(free.toLowerCase())) return free;
  }
}
