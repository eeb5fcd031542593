/** A square matrix, row by row. */
export type Matrix = Float64Array;

/**
 * Lower factor L of a symmetric positive definite matrix, A = L·Lᵀ.
 * @param a n×n; read only
 * @throws RangeError when the matrix is not positive definite
 */
export function cholesky(a: Matrix, n: number): Matrix {
  const lower = new Float64Array(n * n);
  for (let row = 0; row < n; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = at(a, row * n + column);
      for (let k = 0; k < column; k += 1) {
        sum -= at(lower, row * n + k) * at(lower, column * n + k);
      }
      if (row !== column) {
        lower[row * n + column] = sum / at(lower, column * n + column);
      } else if (sum > 0) {
        lower[row * n + row] = Math.sqrt(sum);
      } else {
        throw new RangeError('The matrix is not positive definite.');
      }
    }
  }
  return lower;
}

/** Solves A·x = b from the factor of A. */
export function solve(lower: Matrix, b: Float64Array, n: number): Float64Array {
  const x = Float64Array.from(b);
  for (let row = 0; row < n; row += 1) {
    for (let k = 0; k < row; k += 1) x[row] = at(x, row) - at(lower, row * n + k) * at(x, k);
    x[row] = at(x, row) / at(lower, row * n + row);
  }
  for (let row = n - 1; row >= 0; row -= 1) {
    for (let k = row + 1; k < n; k += 1) x[row] = at(x, row) - at(lower, k * n + row) * at(x, k);
    x[row] = at(x, row) / at(lower, row * n + row);
  }
  return x;
}

/** Inverse of A from its factor. */
export function inverse(lower: Matrix, n: number): Matrix {
  const result = new Float64Array(n * n);
  for (let column = 0; column < n; column += 1) {
    const unit = new Float64Array(n);
    unit[column] = 1;
    result.set(solve(lower, unit, n), column * n);
  }
  return result;
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}
