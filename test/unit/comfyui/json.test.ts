import { describe, expect, it } from 'vitest';
import { parsePythonJson } from '../../../src/worker/comfyui/json.ts';

describe('JSON as Python writes it', () => {
  it('has null where a number is none, and the words stay in texts', () => {
    expect(parsePythonJson('{"a":NaN,"b":[-Infinity,Infinity,-1],"c":"NaN \\" Infinity"}')).toEqual(
      { a: null, b: [null, null, -1], c: 'NaN " Infinity' },
    );
  });

  it('of any size is read without running out of stack', () => {
    const text = `{"a":"${'x\\n'.repeat(3_000_000)}","b":NaN}`;
    expect(parsePythonJson(text)).toMatchObject({ b: null });
  });

  it.each(['', '{', 'NaNa', '{"a":Infinit}', '{"a":NaN', '"NaN', '<html>NaN</html>'])(
    'that is none stays none: %s',
    text => {
      expect(() => parsePythonJson(text)).toThrow(SyntaxError);
    },
  );
});
