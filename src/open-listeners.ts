import type pg from 'pg';
import type { Config } from './config.ts';
import type { DiskRoom } from './db/embedded/disk-room.ts';
import { createHealthEndpoint } from './health/health-endpoint.ts';
import type { Metrics } from './health/metrics.ts';
import { createIngestEndpoint } from './ingest/endpoint/endpoint.ts';
import { createListener, type Listener } from './listener.ts';
import type { Log } from './log.ts';

export interface ListenersOptions {
  pool: pg.Pool;
  /** The fingerprint key; without it nothing is taken in. */
  secret: string | undefined;
  metrics: Metrics;
  now: () => number;
  isUp: () => boolean;
  disk: DiskRoom | undefined;
  log: Log;
}

/** Retort's own listeners, as far as they are configured: one for gateways, one for those who watch over it. */
export function openListeners(
  { ingest, healthPort }: Pick<Config, 'ingest' | 'healthPort'>,
  { pool, secret, metrics, now, isUp, disk, log }: ListenersOptions,
): { ingest: Listener | undefined; health: Listener | undefined } {
  const meter = { answered: metrics.batchAnswered, counted: metrics.batchCounted, putOff: metrics.batchPutOff };
  const listen = (port: number, handle: Parameters<typeof createListener>[0]['handle']) =>
    createListener({ port, handle, log });
  return {
    ingest:
      ingest === undefined || secret === undefined
        ? undefined
        : listen(ingest.port, createIngestEndpoint({ ...ingest, pool, secret, clock: now, disk, log, meter }).handle),
    health: healthPort === undefined ? undefined : listen(healthPort, createHealthEndpoint({ pool, metrics, isUp })),
  };
}
