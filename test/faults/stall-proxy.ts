import type { Socket } from 'node:net';
import { openProxy } from './open-proxy.ts';

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

/** A proxy that lets a connection fall silent without closing it. */
export async function stallProxy(databaseUrl: string): Promise<StallProxy> {
  let wanted: { words: string; how: 'before' | 'after' } | undefined;
  const silent = new Set<Socket>();

  const url = await openProxy(databaseUrl, (client, upstream) => {
    const isSilent = () => silent.has(upstream);
    client.on('close', () => isSilent() || upstream.destroy());
    upstream.on('close', () => isSilent() || client.destroy());
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
  return {
    url,
    stallAt(words, how = 'before') {
      wanted = { words, how };
    },
    stalls: () => silent.size,
    letGo() {
      for (const upstream of silent) upstream.destroy();
    },
  };
}
