/** Edits (insert, delete, replace, swap of neighbours) between two texts: optimal string alignment distance. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        best = Math.min(best, (before[column - 2] ?? 0) + 1);
      }
      current.push(best);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** What people type of a model file: its name without folder and ending. */
function stem(name: string): string {
  return name.replace(/^.*[/\\]/, '').replace(/\.(safetensors|ckpt|pt|pth|json)$/, '');
}

function farness(wanted: string, other: string): number {
  const contained = wanted.length >= 3 && other.includes(wanted);
  const far = contained ? 1 : distance(wanted, other);
  return far <= Math.max(1, Math.min(wanted.length, other.length) / 3) ? far : Infinity;
}

/**
 * The candidates that a mistyped name may have meant, nearest first; none when nothing is near. Case, folder and ending of a file do
 * not count, and a candidate that contains the name is near.
 */
export function nearNames(name: string, candidates: readonly string[], limit = 3): string[] {
  const wanted = name.slice(0, 200).toLowerCase();
  return candidates
    .map(candidate => {
      const other = candidate.toLowerCase();
      return {
        candidate,
        // Shared folders and endings would make every model near every other.
        far: Math.min(
          wanted.length >= 3 && other.includes(wanted) ? 1 : Infinity,
          farness(stem(wanted), stem(other)),
        ),
      };
    })
    .filter(({ far }) => far !== Infinity)
    .sort((a, b) => a.far - b.far)
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

/** ` Did you mean "a" or "b"?` for a mistyped name, else the first few that there are; to append to a sentence. */
export function suggestNames(given: string, names: readonly string[]): string {
  const near = nearNames(given, names).map(name => `"${name}"`);
  if (near.length > 0) {
    const last = near.pop() ?? '';
    return ` Did you mean ${near.length > 0 ? `${near.join(', ')} or ` : ''}${last}?`;
  }
  if (names.length === 0) return '';
  const more = names.length > 6 ? `, … (${names.length} in all)` : '';
  return ` There are: ${names.slice(0, 6).join(', ')}${more}.`;
}
