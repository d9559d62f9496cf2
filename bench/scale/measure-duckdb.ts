import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { copyOut } from '../../src/db/copy-out.ts';
import type { Figure } from './figure.ts';

/** What of DuckDB's client is used. */
interface Duck {
  DuckDBInstance: {
    create(
      path?: string,
    ): Promise<{ connect(): Promise<{ run(sql: string): Promise<unknown>; closeSync(): void }>; closeSync(): void }>;
  };
}

/** The two sums that the roll-ups keep, over the whole history: accounts' days, and sightings of shared traits. */
const ACCOUNT_DAYS = `
  create or replace table account_day as
  select account_key, occurred_at::date as day, count(*) as exchanges, sum(input_tokens) as input_tokens,
    sum(output_tokens) as output_tokens, min(occurred_at) as first_at, max(occurred_at) as last_at
  from 'exchange.parquet' group by 1, 2`;
const SIGHTINGS = `
  create or replace table account_trait as
  with sighting as (
    select account_key, trait, occurred_at::date as day, count(*) as uses
    from (select account_key, occurred_at, unnest(traits) as trait from 'exchange.parquet') group by 1, 2, 3
  ),
  shared as (select trait from sighting group by trait having count(distinct account_key) >= 2)
  select s.* from sighting s join shared using (trait)`;

/** The same sums by DuckDB over Parquet, told beside; nothing where it is not installed. */
export async function measureDuckdb(pool: pg.Pool, say: (line: string) => void): Promise<Figure[]> {
  // Not a dependency: a hundred megabytes for one line of a table.
  const name = '@duckdb/node-api';
  const duck = await (import(name) as Promise<Duck>).catch(() => undefined);
  if (duck === undefined) {
    say('DuckDB is left out: it is not installed (npm install --no-save @duckdb/node-api)');
    return [];
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'retort-duckdb-'));
  const before = process.cwd();
  process.chdir(folder);
  const instance = await duck.DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    const client = await pool.connect();
    try {
      const rows = copyOut(
        client,
        `copy (select account_key, occurred_at, input_tokens, output_tokens, '[' || array_to_string(traits, ',') || ']' as traits
          from exchange) to stdout (format csv)`,
      );
      await pipeline(rows, createWriteStream('exchange.csv'));
    } finally {
      client.release();
    }
    await connection.run(
      `copy (select * from read_csv('exchange.csv', header = false, columns = {account_key: 'BIGINT', occurred_at: 'TIMESTAMPTZ',
        input_tokens: 'INTEGER', output_tokens: 'INTEGER', traits: 'BIGINT[]'})) to 'exchange.parquet' (format parquet)`,
    );
    const time = async (sql: string) => {
      const start = performance.now();
      await connection.run(sql);
      return (performance.now() - start) / 1_000;
    };
    const [days, sightings] = [await time(ACCOUNT_DAYS), await time(SIGHTINGS)];
    const { size } = await stat('exchange.parquet');
    return [
      {
        measure: 'the same sums by DuckDB over Parquet, s',
        value: days + sightings,
        note: `accounts’ days ${days.toFixed(2)} s, sightings ${sightings.toFixed(2)} s; ${(size / 1e6).toFixed(0)} MB of Parquet`,
      },
    ];
  } finally {
    connection.closeSync();
    instance.closeSync();
    process.chdir(before);
    await rm(folder, { recursive: true, force: true });
  }
}
