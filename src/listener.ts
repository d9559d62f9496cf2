import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from './log.ts';

export interface ListenerOptions {
  port: number;
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  log: Log;
  /** A request that takes longer to come is cut off. */
  requestTimeoutMs?: number;
  /** How long requests under way may take to end, once the listener is to stop. */
  graceMs?: number;
}

export interface Listener {
  /** Returns the port, which is another one where 0 was asked for. */
  start(): Promise<number>;
  /** Takes nothing new, and waits for what is under way. */
  stop(): Promise<void>;
}

const MOST_CONNECTIONS = 512;

/** An HTTP listener of Retort's own, whose slow clients are cut off, and which ends in order. */
export function createListener(options: ListenerOptions): Listener {
  const { port, handle, log, requestTimeoutMs = 60_000, graceMs = 4_000 } = options;
  const underWay = new Set<ServerResponse>();
  let ended: (() => void) | undefined;
  let isStopping = false;

  const timeouts = {
    requestTimeout: requestTimeoutMs,
    headersTimeout: Math.min(10_000, requestTimeoutMs),
    connectionsCheckingInterval: Math.min(1_000, requestTimeoutMs),
  };
  const server = createServer(timeouts, (request, response) => {
    if (isStopping) {
      const headers = { connection: 'close', 'retry-after': '5', 'content-type': 'application/json' };
      response.writeHead(503, headers).end('{"error":"Retort is stopping: send this again"}');
      return;
    }
    underWay.add(response);
    response.on('close', () => {
      underWay.delete(response);
      if (underWay.size === 0) ended?.();
    });
    handle(request, response).catch((fault: unknown) => {
      log.error({ err: fault }, 'a request failed');
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.maxConnections = MOST_CONNECTIONS;

  return {
    async start() {
      server.listen(port);
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    },
    async stop() {
      isStopping = true;
      if (!server.listening) return;
      const closed = once(server, 'close');
      // Keeps listening to those who are connected, and closes those who wait.
      server.close();
      for (const response of underWay) if (!response.headersSent) response.setHeader('connection', 'close');
      if (underWay.size > 0) {
        await new Promise<void>((resolve) => {
          ended = resolve;
          setTimeout(resolve, graceMs).unref();
        });
      }
      server.closeAllConnections();
      await closed;
    },
  };
}
