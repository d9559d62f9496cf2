import type pg from 'pg';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dateArray, integerArray, keyArray, timeArray } from '../../../src/db/binary-array.ts';
import { copyOutRows } from '../../../src/db/copy-out.ts';
import { createPool } from '../../../src/db/pool.ts';
import { transaction, written } from '../../../src/db/query.ts';
import { eachTrait, readExchangeTraits } from '../../../src/db/traits/exchange-traits.ts';
import { createKeyTable, halvesOf } from '../../../src/db/traits/key-table.ts';
import { silentLog } from '../../../src/log.ts';
import { createTestDatabase, type TestDatabase } from '../../database.ts';

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  ({ pool } = database);
});
afterAll(() => database.drop());

const EPOCH_US = Date.UTC(2000, 0, 1) * 1_000;
const keyOf = (high: number, low: number) => String((BigInt(high) << 32n) | BigInt(low >>> 0));

/** What is read of exchanges, in words. */
async function read(tx: pg.PoolClient, condition = sql`e.batch_id >= ${0}`) {
  const found: { account: string; at: number; marks: number; traits: string[] }[] = [];
  let blocks = 0;
  await readExchangeTraits(tx, condition, (some) => {
    blocks += 1;
    const start = found.length;
    for (let row = 0; row < some.rows; row += 1) {
      const account = keyOf(some.accounts[2 * row] ?? 0, some.accounts[2 * row + 1] ?? 0);
      found.push({ account, at: some.times[row] ?? 0, marks: some.marks[row] ?? 0, traits: [] });
    }
    eachTrait(some, (high, low, row) => found[start + row]?.traits.push(keyOf(high, low)));
  });
  return { found, blocks };
}

describe('reading exchanges with their traits', () => {
  it('reads every row, account, time, mark and trait as it stands, whatever piece of it comes first', async () => {
    // As a table of one day would: of nothing, of one trait and of many, of the largest and least numbers.
    await pool.query(`create table public.exchange_2026_03_10_test partition of exchange
      for values from ('1999-12-31') to ('2026-03-11')`);
    await pool.query(`
      insert into exchange (account_key, occurred_at, exchange_key, batch_id, model_id, marks, traits)
      select case n % 3 when 0 then -9223372036854775808 when 1 then 9223372036854775807 else n end,
        timestamptz '2026-03-10 00:00Z' + n * interval '1 ms', n, 1, 1, n % 200 - 100,
        array(select (i * 7919 - n) * 1234567890123 from generate_series(1, n % 40) i)
      from generate_series(1, 20000) n`);
    await pool.query(`insert into exchange (account_key, occurred_at, exchange_key, batch_id, model_id, traits)
      values (-1, '1999-12-31 23:59:59.999Z', 1, 1, 1, '{-1,0,1}')`);
    const { found, blocks } = await transaction(pool, (tx) => read(tx));
    expect(blocks).toBeGreaterThan(10);
    const { rows } = await pool.query(`
      select account_key as account, (extract(epoch from occurred_at) * 1000000)::text as at, marks, traits::text[]
      from exchange`);
    const inOrder = (list: object[]) => list.map((each) => JSON.stringify(each)).toSorted();
    expect(inOrder(found.map((each) => ({ ...each, at: each.at + EPOCH_US })))).toEqual(
      inOrder(rows.map(({ account, at, marks, traits }) => ({ account, at: Number(at), marks, traits }))),
    );
  });

  it('reads nothing of nothing', async () => {
    const nothing = sql`e.batch_id = any(${[7, 8]}) and e.occurred_at > ${new Date('2026-03-10')}`;
    expect(await transaction(pool, (tx) => read(tx, nothing))).toEqual({ found: [], blocks: 0 });
  });

  it('leaves the connection to others where it breaks off, and where the question is wrong', async () => {
    const client = await pool.connect();
    try {
      const broken = copyOutRows(client, 'select generate_series(1, 300000)', () => {
        throw new Error('the reader is at fault');
      });
      await expect(broken).rejects.toThrow('the reader is at fault');
      expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
      await expect(copyOutRows(client, 'select 1 / 0', () => 0)).rejects.toThrow('division by zero');
      await expect(copyOutRows(client, 'select from nowhere', () => 0)).rejects.toThrow('nowhere');
      expect((await client.query('select 2 as two')).rows).toEqual([{ two: 2 }]);
    } finally {
      client.release();
    }
  });

  it('gives the connection up where what is left of it takes too long, and nothing else', async () => {
    const impatient = createPool(database.url, { log: silentLog, answerTimeoutMs: 300 });
    try {
      const slow = 'select n, pg_sleep(case when n = 2000 then 2 else 0 end) from generate_series(1, 2001) n';
      const broken = transaction(impatient, (tx) =>
        copyOutRows(tx, slow, () => {
          throw new Error('the reader is at fault');
        }),
      );
      // An error that is told the copy when nobody reads it any more would end the process, and this test.
      await expect(broken).rejects.toThrow('the reader is at fault');
      expect((await impatient.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    } finally {
      await impatient.end();
    }
  });

  it('says that the connection was lost in the middle, and leaves the pool to others', async () => {
    const lost = transaction(pool, async (tx) => {
      const { rows } = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      let ended: Promise<unknown> | undefined;
      const slow = 'select n, pg_sleep(case when n = 2000 then 10 else 0 end) from generate_series(1, 90000) n';
      await copyOutRows(tx, slow, (view) => {
        ended ??= pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
        return view.byteLength;
      });
    });
    await expect(lost).rejects.toThrow(/terminat/);
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('writes numbers and dates into the question, and nothing that came from anybody', () => {
    const condition = sql`a = ${1.5} and b = any(${[1, 2]}) and c < ${new Date(0)}`;
    expect(written(condition)).toBe("a = '1.5' and b = any('{1,2}') and c < '1970-01-01T00:00:00.000Z'");
    expect(() => written(sql`a = ${"' or true --"}`)).toThrow('cannot be written into a COPY: string');
    expect(() => written(sql`a = any(${["'}' or true --"]})`)).toThrow('cannot be written into a COPY: string');
    expect(() => written(sql`a = ${Number.NaN}`)).toThrow('cannot be written into a COPY: number');
  });
});

describe('arrays in the binary format', () => {
  it('are what they were made of', async () => {
    const keys = createKeyTable();
    const numbers = [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 4_294_967_295n];
    for (const number of numbers) keys.put(...halvesOf(number));
    const at = [Date.UTC(2026, 2, 10, 5) * 1_000 - EPOCH_US + 7, -1_000];
    const { rows } = await pool.query(
      sql`
        select ${keyArray(keys, 5, (place) => place)}::bigint[] as keys,
          ${integerArray(2, (place) => 2 ** 31 - 1 - place)}::int[] as numbers,
          ${dateArray(2, (place) => 9_565 - 9_566 * place)}::date[]::text[] as days,
          ${timeArray(2, (place) => at[place] ?? 0)}::timestamptz[]::text[] as times,
          ${integerArray(0, () => 0)}::int[] as none`,
    );
    expect(rows).toEqual([
      {
        keys: numbers.map(String),
        numbers: [2 ** 31 - 1, 2 ** 31 - 2],
        days: ['2026-03-10', '1999-12-31'],
        times: ['2026-03-10 05:00:00.000007+00', '1999-12-31 23:59:59.999+00'],
        none: [],
      },
    ]);
  });
});
