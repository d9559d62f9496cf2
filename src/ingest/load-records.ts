import type pg from 'pg';
import type { z } from 'zod';
import { closeBatch, openBatch } from '../db/ingest-batch.ts';
import { type QuarantinedLine, quarantine } from '../db/quarantine.ts';
import { transaction } from '../db/query.ts';
import type { Fingerprinter } from './fingerprint.ts';
import type { Input } from './open-input.ts';
import { parseRecord } from './parse-record.ts';
import { readLines } from './read-lines.ts';

const BATCH = 5_000;

export interface LoadRecordsOptions<Schema extends z.ZodType> {
  pool: pg.Pool;
  input: Input;
  schema: Schema;
  fingerprinter: Fingerprinter;
  now: number;
  /** A reason against a record that the schema cannot know. */
  problem?: (record: z.output<Schema>) => string | undefined;
  save: (tx: pg.PoolClient, records: z.output<Schema>[]) => Promise<void>;
  /** Runs each batch's writes; by default each in a transaction of its own. */
  transact?: Transact | undefined;
}

export type Transact = (work: (tx: pg.PoolClient) => Promise<void>) => Promise<void>;

/** Loads the smaller kinds of records (accounts, releases), batch by batch, bad lines into the quarantine. */
export async function loadRecords<Schema extends z.ZodType>(
  options: LoadRecordsOptions<Schema>,
): Promise<{ accepted: number; quarantined: number }> {
  const { pool, input, schema, fingerprinter, now, problem, save } = options;
  const transact = options.transact ?? ((work) => transaction(pool, work));
  const counts = { accepted: 0, quarantined: 0 };
  let records: z.output<Schema>[] = [];
  let bad: QuarantinedLine[] = [];

  const write = () =>
    transact(async (tx) => {
      if (records.length > 0) await save(tx, records);
      if (bad.length === 0) return;
      const batch = await openBatch(tx, input.name, now);
      await quarantine(tx, { batch, source: input.name, now }, bad);
      const none = { accepted: 0, duplicates: 0, earliestAt: null, latestAt: null };
      await closeBatch(tx, batch, { ...none, quarantined: bad.length }, now);
    });

  const flush = async () => {
    await write();
    counts.accepted += records.length;
    counts.quarantined += bad.length;
    records = [];
    bad = [];
  };

  for await (const lines of readLines(input.chunks)) {
    for (const line of lines) {
      const parsed =
        line.text === undefined ? { ok: false as const, reason: line.problem } : parseRecord(line.text, schema);
      const reason = parsed.ok ? problem?.(parsed.record) : parsed.reason;
      if (parsed.ok && reason === undefined) records.push(parsed.record);
      else {
        const hash = fingerprinter.lineHash(line.text ?? `${line.number}:${line.bytes}`);
        bad.push({ number: line.number, reason: reason ?? 'not a record', bytes: line.bytes, hash });
      }
      if (records.length + bad.length >= BATCH) await flush();
    }
  }
  await flush();
  return counts;
}
