import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { databaseNow } from '../db/job-slot.ts';
import type { Metrics } from './metrics.ts';

export interface HealthOptions {
  pool: pg.Pool;
  metrics: Metrics;
  /** Whether the program has started, and is not about to end. */
  isUp: () => boolean;
  /** How long the database may take to answer. */
  patienceMs?: number;
}

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const PATIENCE_MS = 2_000;

/**
 * `/healthz`: the process answers. `/readyz`: it has started and its database answers, else 503 with what is amiss.
 * `/metrics`: for Prometheus.
 */
export function createHealthEndpoint({ pool, metrics, isUp, patienceMs = PATIENCE_MS }: HealthOptions): Handle {
  async function databaseAnswers(): Promise<boolean> {
    const answered = databaseNow(pool).then(
      () => true,
      () => false,
    );
    return Promise.race([answered, wait(patienceMs, false, { ref: false })]);
  }

  return async (request, response) => {
    const json = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    switch (request.url?.split('?')[0]) {
      case '/healthz':
        json(200, { ok: true });
        return;
      case '/readyz': {
        const checks = { running: isUp(), database: await databaseAnswers() };
        const ready = Object.values(checks).every(Boolean);
        json(ready ? 200 : 503, { ready, ...checks });
        return;
      }
      case '/metrics': {
        const text = await metrics.text();
        response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
        return;
      }
      default:
        json(404, { error: 'there is /healthz, /readyz, /metrics' });
    }
  };
}
