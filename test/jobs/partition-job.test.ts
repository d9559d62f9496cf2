import { afterAll, beforeAll, expect, it } from 'vitest';
import { partitionJob } from '../../src/jobs/partition-job.ts';
import { silentLog } from '../../src/log.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('day partitions are made three days ahead, once', async () => {
  const now = Date.parse('2026-06-01T10:30:00Z');
  const run = { slotAt: now, now, skipped: 0, attempt: 1, signal: AbortSignal.timeout(60_000), log: silentLog };
  const job = partitionJob({ pool: database.pool });
  await job.run(run);
  await job.run(run);
  const { rows } = await database.pool.query(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'exchange'::regclass order by 1`,
  );
  expect(rows.map((row: { name: string }) => row.name)).toEqual([
    'exchange_20260601',
    'exchange_20260602',
    'exchange_20260603',
    'exchange_20260604',
  ]);
});
