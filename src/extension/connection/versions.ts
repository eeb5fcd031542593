/** Whether a version is older than another; what follows a hyphen does not count. */
export function isOlder(version: string, than: string): boolean {
  const numbers = (text: string) => text.split(/[-+]/, 1).join('').split('.').map(Number);
  const mine = numbers(version);
  const theirs = numbers(than);
  for (let place = 0; place < 3; place++) {
    const difference = (mine[place] ?? 0) - (theirs[place] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
