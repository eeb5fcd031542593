/** A whole string, or one of the words that Python writes where JSON has none. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\bInfinity\b|\bNaN\b/gs;

/**
 * Parses JSON as Python writes it. `json.dumps` lets `NaN` and `Infinity` through, and node packs declare such limits, so that one of them would
 * make a whole `/object_info` unreadable; they become null.
 * @throws SyntaxError for anything else that is no JSON
 */
export function parsePythonJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (!text.includes('NaN') && !text.includes('Infinity')) throw error;
    return JSON.parse(
      text.replace(TOKEN, token => (token.startsWith('"') ? token : 'null')),
    ) as unknown;
  }
}
