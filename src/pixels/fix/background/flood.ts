/**
 * The cells that hang together with the seeds over their sides, through cells that are open.
 * @param open 1 where a cell may be entered; entered cells are set to 0
 */
export function flood(
  open: Uint8Array,
  seeds: Int32Array,
  width: number,
  height: number,
): Int32Array {
  const size = width * height;
  const cells = new Int32Array(size);
  let found = 0;
  for (const cell of seeds) {
    if (open[cell] !== 1) continue;
    open[cell] = 0;
    cells[found++] = cell;
  }
  // `found` grows while the cells are walked: what is found is looked around from in turn.
  for (let i = 0; i < found; i++) {
    const cell = cells[i]!;
    const x = cell % width;
    const enter = (next: number): void => {
      if (open[next] !== 1) return;
      open[next] = 0;
      cells[found++] = next;
    };
    if (x > 0) enter(cell - 1);
    if (x < width - 1) enter(cell + 1);
    if (cell >= width) enter(cell - width);
    if (cell < size - width) enter(cell + width);
  }
  return cells.subarray(0, found);
}
