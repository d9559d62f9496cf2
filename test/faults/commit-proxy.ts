import { openProxy } from './open-proxy.ts';

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

/** A proxy that knows a COMMIT when it sees one. */
export async function commitProxy(databaseUrl: string): Promise<CommitProxy> {
  let left = 0;
  let how: Break = 'before';
  let broke = false;

  const url = await openProxy(databaseUrl, (client, upstream) => {
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
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
  return {
    url,
    breakAt(nth, where) {
      left = nth;
      how = where;
      broke = false;
    },
    broke: () => broke,
  };
}
