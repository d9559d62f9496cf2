import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ensureDayPartitions, ensurePartitions } from '../../src/db/day-partition.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { exchangeLine, loadExchanges } from '../ingest/loading.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function partitions(): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'exchange'::regclass order by 1`,
  );
  return rows.map(({ name }) => name);
}

test('makes the days of a range, both ends included, once', async () => {
  const from = Date.parse('2024-02-28T23:59:59.999Z');
  const to = Date.parse('2024-03-01T00:00:00Z');
  await ensurePartitions(database.pool, from, to);
  await ensurePartitions(database.pool, from, to);
  expect(await partitions()).toEqual(['exchange_20240228', 'exchange_20240229', 'exchange_20240301']);
});

// Hundreds of tables: where each has its shards, too, that takes a while.
test('many makers at once make each day once', { timeout: 120_000 }, async () => {
  // More than are made at once; on Citus a day takes most of a second.
  const count = inject('isCitus') ? 40 : 120;
  const days = Array.from({ length: count }, (_, day) => Date.UTC(2025, 0, 1 + day));
  await Promise.all(Array.from({ length: 4 }, () => ensureDayPartitions(database.pool, days)));
  expect((await partitions()).filter((name) => name.startsWith('exchange_2025'))).toHaveLength(count);
});

test('a day is made while another is being written to and read', async () => {
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    await client.query(
      `insert into exchange (account_key, occurred_at, exchange_key, batch_id, model_id)
       values (1, '2024-02-29T12:00:00Z', 1, 1, 1)`,
    );
    await client.query('select count(*) from exchange');
    await ensurePartitions(database.pool, Date.UTC(2024, 5, 1), Date.UTC(2024, 5, 1));
  } finally {
    await client.query('rollback');
    client.release();
  }
  expect(await partitions()).toContain('exchange_20240601');
});

test('a day that was dropped is made anew for the next exchange', async () => {
  const line = (id: string) => exchangeLine(id, { occurred_at: '2026-03-01T00:00:00Z' });
  await loadExchanges(database.pool, [line('a')]);
  await database.pool.query('drop table exchange_20260301');
  expect(await loadExchanges(database.pool, [line('b')])).toMatchObject({ accepted: 1 });
});
