import type { IncomingMessage } from 'node:http';

/** The request's path and query; `/` where a client sent no valid one. */
export function urlOf(req: IncomingMessage): URL {
  const base = 'http://sandbox';
  const path = req.url ?? '/';
  return new URL(URL.canParse(path, base) ? path : '/', base);
}
