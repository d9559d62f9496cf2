import type pg from 'pg';
import { onTestFinished } from 'vitest';
import { createIngestEndpoint, type EndpointOptions } from '../../../src/ingest/endpoint/endpoint.ts';
import { createListener, type ListenerOptions } from '../../../src/listener.ts';
import { silentLog } from '../../../src/log.ts';
import { NOW, SECRET } from '../loading.ts';

export const TOKEN = 'a token for tests, of forty characters---'.replaceAll(' ', '-');
export const NDJSON = 'application/x-ndjson';

export interface Answered {
  status: number;
  body: unknown;
  headers: Headers;
}

/** The endpoint behind a real listener on loopback. */
export async function endpointRoom(
  pool: pg.Pool,
  options: Partial<EndpointOptions> & Pick<ListenerOptions, 'requestTimeoutMs'> = {},
) {
  const { requestTimeoutMs = 20_000, ...rest } = options;
  const endpoint = createIngestEndpoint({
    pool,
    secret: SECRET,
    tokens: [TOKEN],
    clock: () => NOW,
    log: silentLog,
    ...rest,
  });
  const listener = createListener({ port: 0, handle: endpoint.handle, log: silentLog, requestTimeoutMs });
  const port = await listener.start();
  onTestFinished(() => listener.stop());
  const address = `http://127.0.0.1:${port}`;

  async function send(
    path: string,
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ): Promise<Answered> {
    const all = { authorization: `Bearer ${TOKEN}`, 'content-type': NDJSON, ...headers };
    const response = await fetch(`${address}${path}`, { method: 'POST', headers: all, body });
    return { status: response.status, body: await response.json(), headers: response.headers };
  }

  return { endpoint, listener, port, address, send };
}
