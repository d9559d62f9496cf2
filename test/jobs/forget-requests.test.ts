import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerRequest, claimRequest } from '../../src/db/ingest-request.ts';
import { forgetRequestsJob } from '../../src/jobs/forget-requests.ts';
import { createScheduler } from '../../src/jobs/scheduler.ts';
import { silentLog } from '../../src/log.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('forgets keys after a week, and no earlier', async () => {
  const { pool } = database;
  const slot = Date.parse('2026-03-10T12:45:00Z');
  const week = 7 * 86_400_000;
  for (const [key, at] of [
    ['old', slot - week - 1],
    ['young', slot - week],
  ] as const) {
    const request = { path: '/v1/exchanges', key, bodyHash: Buffer.from('hash') };
    expect(await claimRequest(pool, request, at)).toEqual({ kind: 'new' });
    await answerRequest(pool, request, { accepted: 1, duplicates: 0, quarantined: 0 });
  }
  const scheduler = createScheduler({
    pool,
    jobs: [forgetRequestsJob({ pool })],
    log: silentLog,
    clock: async () => slot,
  });
  expect(await scheduler.runDueSlots(slot)).toMatchObject([{ outcome: 'done' }]);
  const { rows } = await pool.query('select idempotency_key from ingest_request');
  expect(rows).toEqual([{ idempotency_key: 'young' }]);
});
