import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface StallProxy {
  url: string;
  /**
   * The first connection on which the client says these words falls silent: `before` the server hears them, or `after`,
   * so that only the answer is missing. Neither side hears anything of it.
   */
  stallAt(words: string, how?: 'before' | 'after'): void;
  /** How often it came to that. */
  stalls(): number;
  /** The server notices at last that nobody is there, as its own timeouts have it. */
  letGo(): void;
}

/** Stands between a pool and its database, and lets a connection fall silent without closing it. */
export async function stallProxy(databaseUrl: string): Promise<StallProxy> {
  const target = new URL(databaseUrl);
  let wanted: { words: string; how: 'before' | 'after' } | undefined;
  const sockets = new Set<Socket>();
  const silent = new Set<Socket>();

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    const isSilent = () => silent.has(upstream);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        if (!isSilent()) other.destroy();
      });
    }
    client.on('data', (bytes: Buffer) => {
      if (isSilent()) return;
      if (wanted !== undefined && bytes.includes(wanted.words)) {
        silent.add(upstream);
        const { how } = wanted;
        wanted = undefined;
        if (how === 'before') return;
      }
      upstream.write(bytes);
    });
    upstream.on('data', (bytes: Buffer) => {
      if (!isSilent()) client.write(bytes);
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
    stallAt(words, how = 'before') {
      wanted = { words, how };
    },
    stalls: () => silent.size,
    letGo() {
      for (const upstream of silent) upstream.destroy();
    },
  };
}
