import type { IncomingMessage } from 'node:http';

const hosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** From this machine, by a name of this machine: another site's page cannot rebind its name to us. */
export function isLoopback(req: IncomingMessage): boolean {
  const address = req.socket.remoteAddress ?? '';
  const host = (req.headers.host ?? '').replace(/:\d+$/, '');
  return hosts.has(host) && (address === '::1' || address.endsWith('127.0.0.1'));
}
