const LONGEST = 64;

/** Levenshtein distance of two short words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The known names most like a wrong one, best first, at most three. */
export function nearNames(wrong: string, known: readonly string[]): string[] {
  if (wrong.length > LONGEST) return [];
  const low = wrong.toLowerCase();
  return known
    .map(name => {
      const contained = low.length > 2 && (name.includes(low) || low.includes(name));
      return { name, steps: contained ? 0 : distance(low, name.toLowerCase()) };
    })
    .filter(({ name, steps }) => steps <= Math.max(2, Math.ceil(name.length / 3)))
    .sort((a, b) => a.steps - b.steps || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}
