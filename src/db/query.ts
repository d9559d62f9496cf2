import { setImmediate } from 'node:timers/promises';
import type pg from 'pg';
import type { Sql } from 'sql-template-tag';
import { z } from 'zod';

/** A pool or the client of a transaction: every query function takes one first. */
export type Database = Pick<pg.Pool, 'query'> | Pick<pg.PoolClient, 'query'>;

/** `timestamptz` columns as epoch milliseconds. */
export const Timestamp = z.date().transform((date) => date.getTime());

/** `bigint` columns stay text: account and trait keys are names, not quantities. */
export const Key = z.string();
/** `bigint` columns that are quantities, well below 2^53. */
export const Quantity = z.coerce.number();

/**
 * An array of numbers, asked for as text (`array_agg(uses)::text`): the database makes it in a third of the time that JSON
 * takes, and pg itself reads arrays one character at a time.
 */
export const Numbers = z.string().transform((text): number[] => JSON.parse(`[${text.slice(1, -1)}]`));

/** Rows that are checked in one go: between two such slices, whoever else asks is let in. */
const SLICE = 1_000;

/** All rows, each checked against its schema: a column renamed in SQL fails here, not in Slack. */
export async function many<Row extends z.ZodType>(db: Database, row: Row, statement: Sql): Promise<z.output<Row>[]> {
  const { rows } = await db.query(statement);
  const checked: z.output<Row>[] = [];
  for (const [at, value] of rows.entries()) {
    if (at > 0 && at % SLICE === 0) await setImmediate();
    checked.push(row.parse(value));
  }
  return checked;
}

/** The first row, or undefined where there is none. */
export async function maybeOne<Row extends z.ZodType>(
  db: Database,
  row: Row,
  statement: Sql,
): Promise<z.output<Row> | undefined> {
  const { rows } = await db.query(statement);
  return rows.length === 0 ? undefined : row.parse(rows[0]);
}

/** The one row. Throws where there is none. */
export async function one<Row extends z.ZodType>(db: Database, row: Row, statement: Sql): Promise<z.output<Row>> {
  const found = await maybeOne(db, row, statement);
  if (found === undefined) throw new Error(`no row from: ${statement.sql.slice(0, 120)}`);
  return found;
}

/** How many rows a statement touched. */
export async function execute(db: Database, statement: Sql): Promise<number> {
  const { rowCount } = await db.query(statement);
  return rowCount ?? 0;
}

/** A piece of SQL with its values written into it, for COPY, which takes none: numbers, lists of numbers and dates. */
export function written({ strings, values }: Sql): string {
  return strings.reduce((text, string, at) => `${text}'${literal(values[at - 1])}'${string}`);
}

function literal(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return `{${value.map(literal).join()}}`;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  throw new TypeError(`cannot be written into a COPY: ${typeof value}`);
}

/** How much longer than the server's own limit an answer may take: the way there and back. */
export const ANSWER_GRACE_MS = 10_000;

/** A statement for which the server has a time limit of its own: the answer is waited for just a little longer. */
export function within(timeoutMs: number, { text, values }: Sql): pg.QueryConfig {
  // pg heeds a limit of the query's own, which its types lack.
  const config: pg.QueryConfig & { query_timeout: number } = {
    text,
    values,
    query_timeout: timeoutMs + ANSWER_GRACE_MS,
  };
  return config;
}

/** What pg says when an answer did not come in time. */
const UNANSWERED = 'Query read timeout';

/** Runs `work` in one transaction, rolled back when it throws. `begin` may go on with settings of the transaction's own. */
export async function transaction<T>(
  pool: pg.Pool,
  work: (tx: pg.PoolClient) => Promise<T>,
  begin = 'begin',
): Promise<T> {
  const client = await pool.connect();
  // Without a listener, a connection that dies between two statements ends the process.
  const onError = () => {};
  client.on('error', onError);
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (fault) {
    broken = fault instanceof Error ? fault : new Error(String(fault));
    // Nobody is there to hear of a rollback; the server makes one when it sees that we are gone.
    if (broken.message === UNANSWERED) throw fault;
    await client.query('rollback').then(
      () => (broken = undefined),
      () => {},
    );
    throw fault;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}
