/**
 * JSON with one spelling for one value: keys sorted by code unit, no white space, absent fields left out, numbers as JavaScript
 * prints them (RFC 8785's rules for the values we use). Equal values give equal text, so the text can be digested.
 * @throws TypeError for what JSON cannot hold (NaN, infinities, functions, bigint)
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no JSON form`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
    return `{${fields.join(',')}}`;
  }
  throw new TypeError(`a ${typeof value} has no JSON form`);
}
