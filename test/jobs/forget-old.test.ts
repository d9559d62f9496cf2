import { afterAll, beforeAll, expect, it } from 'vitest';
import type pg from 'pg';
import { advanceWatermark } from '../../src/db/watermark.ts';
import { forgetOld } from '../../src/jobs/forget-old.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-03-31T12:20:00Z');
let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ pool } = database);
});
afterAll(() => database.drop());

it('old rows go after their time, the newest slot of each job and what is open stay', async () => {
  const at = (days: number) => new Date(NOW - days * DAY).toISOString();
  await pool.query(`
      insert into quarantine (batch_id, source, line_number, reason, line_bytes, line_hash, quarantined_at)
      values (1, 't', 1, 'old', 1, 1, '${at(31)}'), (1, 't', 1, 'young', 1, 1, '${at(29)}');
      insert into job_slot (job, slot_at, state, attempts, started_at, finished_at)
      values ('a', '${at(33)}', 'failed', 5, '${at(33)}', '${at(33)}'), ('a', '${at(32)}', 'done', 1, '${at(32)}', '${at(32)}'),
        ('a', '${at(31)}', 'failed', 1, '${at(31)}', '${at(31)}'), ('b', '${at(99)}', 'done', 1, '${at(99)}', '${at(99)}');
      insert into detection_gap (detection_id, window_end, reason, error, state, recorded_at, settled_at)
      values ('x', '${at(99)}', 'late', '', 'caught_up', '${at(99)}', '${at(91)}'),
        ('y', '${at(99)}', 'late', '', 'open', '${at(99)}', null);
      insert into outbox (kind, dedup_key, payload, state, delivery_id, not_before, created_at, sent_at)
      values ('digest', 'old', '{}', 'sent', gen_random_uuid(), '${at(91)}', '${at(91)}', '${at(91)}'),
        ('digest', 'young', '{}', 'sent', gen_random_uuid(), '${at(91)}', '${at(91)}', '${at(89)}'),
        ('digest', 'dead', '{}', 'dead', gen_random_uuid(), '${at(91)}', '${at(91)}', null);
      insert into hit (detection_id, trait, found_at, last_found_at, weight, accounts, evidence)
      values ('x', 'old', '${at(100)}', '${at(91)}', 1, '{1}', '{}'), ('x', 'young', '${at(100)}', '${at(89)}', 1, '{1}', '{}');
    `);
  // Batches go with their exchanges.
  const batch = `'t', '${at(31)}', '${at(31)}', '${at(31)}', '${at(31)}'`;
  await pool.query(`
      insert into ingest_batch (source, opened_at, closed_at, rolled_up_at, traits_rolled_up_at, latest_at)
      values (${batch}, '${at(31)}'), (${batch}, '${at(20)}')`);
  await advanceWatermark(pool, 'dropped_exchanges', NOW - 25 * DAY);
  const forget = () => forgetOld(pool, { now: NOW, countsFrom: Number.NEGATIVE_INFINITY });
  const each = { quarantine: 1, job_slot: 1, detection_gap: 1, outbox: 1, hit: 1, ingest_batch: 1 };
  expect(await forget()).toEqual(each);
  const { rows: slots } = await pool.query(`select 1 from job_slot where job = 'a'`);
  expect(slots).toHaveLength(2);
  const { rows: posts } = await pool.query(`select dedup_key from outbox order by 1`);
  expect(posts).toEqual([{ dedup_key: 'dead' }, { dedup_key: 'young' }]);
  expect(await forget()).toEqual({});
});
