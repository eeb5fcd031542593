/** Where a ComfyUI is and how to get in. */
export interface ComfyAddress {
  /** http(s) URL; a path is a prefix of every route, `user:password@` becomes basic authorization. */
  url: string;
  /** Sent with every request and with the socket, e.g. Authorization. */
  headers: Record<string, string>;
  tls: { caFile?: string | undefined; rejectUnauthorized?: boolean | undefined };
}

/** An address that may be shown and logged, and the headers that let one in. */
export interface ComfyAccess {
  /** Without credentials and without a slash at its end. */
  base: string;
  headers: Record<string, string>;
}

/** Takes the credentials out of an address. Headers that are set win over them. */
export function accessOf(address: ComfyAddress): ComfyAccess {
  const url = new URL(address.url);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  url.hash = '';
  url.search = '';
  const base = url.href.replace(/\/+$/, '');
  const set = Object.keys(address.headers).some(name => name.toLowerCase() === 'authorization');
  if ((username === '' && password === '') || set) return { base, headers: address.headers };
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    base,
    headers: {
      ...address.headers,
      authorization: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`,
    },
  };
}
