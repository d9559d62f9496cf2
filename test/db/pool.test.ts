import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool } from '../../src/db/pool.ts';
import { silentLog } from '../../src/log.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => database.drop());

describe('createPool', () => {
  it('gives instants as Dates, days and bigints as text, in a session in UTC', async () => {
    const { rows } = await database.pool.query(
      `select timestamptz '2026-04-22 09:00+02' as at, date '2026-04-22' as day, 9007199254740993 as key,
        current_setting('timezone') as zone`,
    );
    expect(rows).toEqual([
      { at: new Date('2026-04-22T07:00:00Z'), day: '2026-04-22', key: '9007199254740993', zone: 'UTC' },
    ]);
  });

  it('outlives the death of an idle connection', async () => {
    const warned: unknown[] = [];
    const log = {
      ...silentLog,
      debug() {},
      info() {},
      error() {},
      warn: (...words: unknown[]) => void warned.push(words),
    };
    const pool = createPool(database.url, { log, maxConnections: 1 });
    const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
    await database.pool.query('select pg_terminate_backend($1::int)', [rows[0]?.pid]);
    await expect.poll(() => warned.length).toBe(1);
    await expect(pool.query('select 1')).resolves.toBeDefined();
    await pool.end();
  });

  it('cancels a statement that takes too long', async () => {
    const pool = createPool(database.url, { log: silentLog, statementTimeoutMs: 20 });
    await expect(pool.query('select pg_sleep(60)')).rejects.toThrow(/statement timeout/);
    await pool.end();
  });
});
