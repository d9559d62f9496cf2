import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Where the connection breaks: the server never hears the COMMIT, or it has committed and nobody hears of it. */
export type Break = 'before' | 'after';

export interface CommitProxy {
  url: string;
  /** The nth COMMIT from now on is broken off. */
  breakAt(nth: number, how: Break): void;
  /** Whether it came to that. */
  broke(): boolean;
}

/** COMMIT as the client sends it, in lower case, as a simple query. */
const COMMIT = Buffer.from('commit\0');

/** Stands between a pool and its database, and knows a COMMIT when it sees one. */
export async function commitProxy(databaseUrl: string): Promise<CommitProxy> {
  const target = new URL(databaseUrl);
  let left = 0;
  let how: Break = 'before';
  let broke = false;
  const sockets = new Set<Socket>();

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    let isDeaf = false;
    client.on('data', (bytes: Buffer) => {
      if (bytes.includes(COMMIT) && left > 0) {
        left -= 1;
        if (left === 0) {
          broke = true;
          isDeaf = true;
          if (how === 'before') client.destroy();
        }
      }
      if (!client.destroyed) upstream.write(bytes);
    });
    upstream.on('data', (bytes: Buffer) => {
      // The answer to the COMMIT: the server is done.
      if (isDeaf) client.destroy();
      else client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    breakAt(nth, where) {
      left = nth;
      how = where;
      broke = false;
    },
    broke: () => broke,
  };
}
