import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createPool } from '../../src/db/pool.ts';
import { createEscalationStore } from '../../src/db/escalation-store.ts';
import { advanceWatermark } from '../../src/db/watermark.ts';
import { createHealthEndpoint } from '../../src/health/health-endpoint.ts';
import { createMetrics } from '../../src/health/metrics.ts';
import { createListener } from '../../src/listener.ts';
import { silentLog } from '../../src/log.ts';
import { makeCampaign } from '../action-world.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function served({ pool = database.pool, isUp = (): boolean => true } = {}) {
  const metrics = createMetrics({ pool, now: () => NOW, log: silentLog });
  const handle = createHealthEndpoint({ pool, metrics, isUp });
  const listener = createListener({ port: 0, handle, log: silentLog });
  const port = await listener.start();
  onTestFinished(() => listener.stop());
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: response.status, text: await response.text(), type: response.headers.get('content-type') };
  };
  return { metrics, get };
}

/** A pool whose database is not there. */
function deafPool() {
  const pool = createPool('postgres://nobody@127.0.0.1:1/nothing', { log: silentLog });
  onTestFinished(() => pool.end());
  return pool;
}

describe('readiness', () => {
  it('is given while the program runs and its database answers, and says what is amiss', async () => {
    const ready = await (await served()).get('/readyz');
    expect([ready.status, JSON.parse(ready.text)]).toEqual([200, { ready: true, running: true, database: true }]);
    const stopping = await (await served({ isUp: () => false })).get('/readyz');
    expect([stopping.status, JSON.parse(stopping.text)]).toEqual([
      503,
      { ready: false, running: false, database: true },
    ]);
    const deaf = await served({ pool: deafPool() });
    expect(await deaf.get('/readyz')).toMatchObject({ status: 503, text: expect.stringContaining('"database":false') });
    // The process answers all the same: a restart would not mend the database.
    expect((await deaf.get('/healthz')).status).toBe(200);
    expect((await deaf.get('/other')).status).toBe(404);
  });
});

describe('metrics', () => {
  it('tell how things stand, and what this process did', async () => {
    const { pool } = database;
    await advanceWatermark(pool, 'events', NOW - 90_000);
    const at = new Date(NOW - 60_000);
    await pool.query(
      `insert into outbox (kind, dedup_key, payload, delivery_id, not_before, created_at)
       values ('digest', 'd', '{}', gen_random_uuid(), $1, $1)`,
      [at],
    );
    await pool.query(
      `insert into job_slot (job, slot_at, state, attempts, started_at, finished_at)
       values ('detect', $1, 'done', 1, $1, $1::timestamptz + interval '1500 ms'),
         ('detect', $1::timestamptz - interval '1 hour', 'failed', 5, $1, $1)`,
      [at],
    );
    await pool.query(
      `insert into detection_gap (detection_id, window_end, reason, error, recorded_at) values ('no-night', $1, 'failed', 'x', $1)`,
      [at],
    );
    const { metrics, get } = await served();
    metrics.detectionRan({ detection: 'no-night', ms: 700, outcome: 'timed_out' });
    metrics.batchAnswered('/v1/exchanges', 200);
    metrics.batchCounted('/v1/exchanges', { accepted: 7, duplicates: 2, quarantined: 1 });
    metrics.batchPutOff('rate', 2);
    metrics.requestRefused('command');
    const { status, text, type } = await get('/metrics');
    expect([status, type]).toEqual([200, expect.stringContaining('text/plain')]);
    for (const line of [
      'retort_database_up 1',
      'retort_outbox_rows{state="pending"} 1',
      'retort_outbox_oldest_waiting_seconds 60',
      'retort_watermark_lag_seconds 90',
      `retort_job_last_done_timestamp_seconds{name="detect"} ${(NOW - 58_500) / 1_000}`,
      'retort_job_last_duration_seconds{name="detect"} 1.5',
      'retort_job_failed_slots{name="detect"} 1',
      'retort_detection_gaps_open{detection="no-night"} 1',
      'retort_quarantined_records 0',
      'retort_detection_duration_seconds_bucket{le="1",detection="no-night"} 1',
      'retort_detection_failures_total{detection="no-night",outcome="timed_out"} 1',
      'retort_ingest_put_off_total{why="rate",sender="2"} 1',
      'retort_requests_refused_total{kind="command"} 1',
      'retort_ingest_requests_total{path="/v1/exchanges",status="200"} 1',
      'retort_ingest_records_total{path="/v1/exchanges",result="accepted"} 7',
      'retort_ingest_records_total{path="/v1/exchanges",result="duplicate"} 2',
      'retort_ingest_records_total{path="/v1/exchanges",result="quarantined"} 1',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    expect(text).toContain('process_resident_memory_bytes');
    // What is no longer so is no longer told.
    await pool.query('truncate detection_gap');
    expect((await get('/metrics')).text).not.toContain('retort_detection_gaps_open{');
  });

  it('tell how late escalations are, and how long old days should have gone', async () => {
    const { pool } = database;
    const escalations = createEscalationStore(pool, { pagerduty: true, webhook: true, legal: undefined });
    const { number } = await makeCampaign(pool, { accounts: 1 });
    const { get } = await served();
    const told = async () => (await get('/metrics')).text.split('\n').filter((line) => /^retort_(esc|ret)/.test(line));
    // Nothing waits, and no day was looked at yet.
    expect(await told()).toEqual(['retort_escalations_oldest_waiting_seconds 0', 'retort_retention_behind_seconds 0']);
    for (const [target, agoMs] of [
      ['pagerduty', 400_000],
      ['webhook', 90_000],
    ] as const) {
      const by = { actor: 'U0MARA', now: NOW - agoMs };
      await escalations.escalate(number, { target, reason: 'help', link: null }, by);
    }
    await advanceWatermark(pool, 'retention', NOW - 26 * 3_600_000);
    expect(await told()).toEqual([
      'retort_escalations_oldest_waiting_seconds 400',
      'retort_retention_behind_seconds 93600',
    ]);
    await pool.query(`update escalation_event set state = 'sent'`);
    expect(await told()).toContain('retort_escalations_oldest_waiting_seconds 0');
  });

  it('are served without the database, too, and say so', async () => {
    const { get } = await served({ pool: deafPool() });
    const { status, text } = await get('/metrics');
    expect(status).toBe(200);
    expect(text).toContain('retort_database_up 0');
    expect(text).toContain('process_resident_memory_bytes');
  });
});
