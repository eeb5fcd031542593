import type { IncomingHttpHeaders } from 'node:http';
import { type Answer, methodNotAllowed, notFound } from './answer.ts';

/** What a route gets. */
export interface RouteRequest {
  /** Parts of the path named in the pattern, decoded. */
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** The raw body; empty for GET. */
  body: Buffer;
}

export type RouteHandler = (request: RouteRequest) => Answer | Promise<Answer>;

/** Method, pattern (`/history/:id`) and handler. */
export type Route = readonly [method: 'GET' | 'POST', pattern: string, handler: RouteHandler];

interface Found {
  handler: RouteHandler;
  params: Record<string, string>;
}

/** Finds the handler of a path; every route answers bare and below `/api`. */
export class Router {
  readonly #routes: readonly Route[];

  constructor(routes: readonly Route[]) {
    this.#routes = routes;
  }

  /** The handler, or the answer to a path or method that no route takes. */
  find(method: string, path: string): Found | Answer {
    const parts = path.split('/').slice(1);
    const bare = parts[0] === 'api' ? parts.slice(1) : parts;
    const allowed: string[] = [];
    for (const [routeMethod, pattern, handler] of this.#routes) {
      const params = match(pattern, parts) ?? (bare === parts ? undefined : match(pattern, bare));
      if (params === undefined) continue;
      const fits = routeMethod === method || (routeMethod === 'GET' && method === 'HEAD');
      if (fits) return { handler, params };
      allowed.push(...(routeMethod === 'GET' ? ['GET', 'HEAD'] : [routeMethod]));
    }
    return allowed.length > 0 ? methodNotAllowed(allowed) : notFound();
  }
}

function match(pattern: string, parts: readonly string[]): Record<string, string> | undefined {
  const wanted = pattern.split('/').slice(1);
  if (wanted.length !== parts.length) return undefined;
  const params: [string, string][] = [];
  for (const [i, part] of wanted.entries()) {
    const given = decoded(parts[i]!);
    if (part.startsWith(':')) {
      if (given === undefined || given === '') return undefined;
      params.push([part.slice(1), given]);
    } else if (given !== part) return undefined;
  }
  return Object.fromEntries(params);
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
