import type pg from 'pg';
import { forgetGaps } from '../db/detection-gap.ts';
import { forgetHits } from '../db/hit.ts';
import { forgetBatches } from '../db/ingest-batch.ts';
import { forgetSlots } from '../db/job-slot.ts';
import { forgetSent } from '../db/outbox.ts';
import { forgetQuarantined } from '../db/quarantine.ts';
import { forgetAccountDays, forgetTraffic } from '../db/roll-up.ts';
import { readWatermark } from '../db/watermark.ts';
import { DAY_MS } from '../time-units.ts';

/** Of lines that were no records, batches and slots: as long as anybody asks what went wrong. */
const RECORDS_MS = 30 * DAY_MS;
/** Of posts that were sent: long after anything asks for the same one again. */
const POSTS_MS = 90 * DAY_MS;
/** Of findings that are found no more: their campaign has what was made of them. */
const FINDINGS_MS = 90 * DAY_MS;

/** Rows of one statement, and statements on one table in one slot: no lock is held for long, and no slot goes on without end. */
const ROWS = 10_000;
const STATEMENTS = 50;

/** How many rows of each table were forgotten; tables without any are left out. */
export type Forgotten = Record<string, number>;

interface ForgetOptions {
  now: number;
  /** The first day of which counts are kept. */
  countsFrom: number;
  signal?: AbortSignal | undefined;
}

/** Forgets old rows of the tables that have no days to drop, in statements of bounded size. */
export async function forgetOld(pool: pg.Pool, { now, countsFrom, signal }: ForgetOptions): Promise<Forgotten> {
  const [records, posts, findings] = [now - RECORDS_MS, now - POSTS_MS, now - FINDINGS_MS];
  const droppedUntil = await readWatermark(pool, 'dropped_exchanges');
  const tables: Record<string, (limit: number) => Promise<number>> = {
    quarantine: (limit) => forgetQuarantined(pool, records, limit),
    ingest_batch: (limit) => forgetBatches(pool, { before: records, droppedUntil: droppedUntil ?? 0, limit }),
    job_slot: (limit) => forgetSlots(pool, records, limit),
    detection_gap: (limit) => forgetGaps(pool, posts, limit),
    outbox: (limit) => forgetSent(pool, posts, limit),
    hit: (limit) => forgetHits(pool, findings, limit),
  };
  if (Number.isFinite(countsFrom)) {
    tables['account_day'] = (limit) => forgetAccountDays(pool, countsFrom, limit);
    tables['traffic_hour'] = (limit) => forgetTraffic(pool, countsFrom, limit);
  }
  const forgotten: Forgotten = {};
  for (const [table, forget] of Object.entries(tables)) {
    for (let statement = 0; statement < STATEMENTS; statement += 1) {
      signal?.throwIfAborted();
      const rows = await forget(ROWS);
      if (rows > 0) forgotten[table] = (forgotten[table] ?? 0) + rows;
      if (rows < ROWS) break;
    }
  }
  return forgotten;
}
