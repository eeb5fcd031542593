/** Puts the escape codes of one picture together again; throws on whatever Kitty's documentation does not allow. */
export function readKittyPicture(text: string): { control: Map<string, string>; png: Buffer } {
  const codes = text.replaceAll('\u001b', '␛').split(/(?<=␛\\)/);
  const pieces: string[] = [];
  let control = new Map<string, string>();
  for (const [place, code] of codes.entries()) {
    const match = /^␛_G([^;]*);([A-Za-z0-9+/=]*)␛\\$/.exec(code);
    if (match === null) throw new Error(`no graphics code: ${code.slice(0, 40)}`);
    const [, keys = '', payload = ''] = match;
    const entries = new Map(keys.split(',').map(key => key.split('=') as [string, string]));
    const isLast = place === codes.length - 1;
    if (place === 0) control = entries;
    else if ([...entries.keys()].some(key => key !== 'm' && key !== 'q')) {
      throw new Error(`later codes may only say m and q: ${keys}`);
    }
    if (entries.get('m') !== (isLast ? '0' : '1')) throw new Error(`m of code ${place}`);
    if (payload.length > 4096) throw new Error('a piece is too long');
    if (!isLast && payload.length % 4 !== 0) throw new Error('a piece is no multiple of 4');
    pieces.push(payload);
  }
  return { control, png: Buffer.from(pieces.join(''), 'base64') };
}
