import type pg from 'pg';
import { keptFrom, lifetimes, type Retention, type RetentionFigures } from '../campaigns/retention.ts';
import type { Table } from '../db/day-partition.ts';
import { dropDay, listDays } from '../db/drop-day.ts';
import type { Database } from '../db/query.ts';
import { advanceWatermark, readWatermark } from '../db/watermark.ts';
import type { Log } from '../log.ts';
import { DAY_MS } from '../time-units.ts';
import { type Forgotten, forgetOld } from './forget-old.ts';
import { defineJob, type Job } from './job.ts';
import { readRetentionFigures } from './retention-figures.ts';

const KEPT = { exchange: 'raw', account_trait: 'traits' } as const;

export interface RetentionResult {
  /** Days that were dropped, as `exchange 2026-03-01`. */
  dropped: string[];
  /** Days that are due, but were read, written or not rolled up; the next slot tries them again. */
  waiting: string[];
  /** Campaigns under a legal hold, where that keeps days that are due. */
  heldBy: string[];
  forgotten: Forgotten;
}

interface RetentionOptions {
  pool: pg.Pool;
  now: number;
  retention: Retention;
  log: Log;
  signal?: AbortSignal;
  /** How long a drop waits for others. */
  lockTimeoutMs?: number;
}

/** Drops the days that are older than they may be, and forgets old rows. A day that cannot be dropped stops no other. */
export async function retain(options: RetentionOptions): Promise<RetentionResult> {
  const { pool, now, retention, log, signal, lockTimeoutMs } = options;
  // A job that never gets through is told of from its first try on.
  if ((await readWatermark(pool, 'retention')) === undefined) await advanceWatermark(pool, 'retention', now);
  const ages = lifetimes(retention);
  const { held, ...figures } = await readRetentionFigures(pool, now);
  const result: Omit<RetentionResult, 'forgotten'> = { dropped: [], waiting: [], heldBy: [] };
  const heldBy = new Set<string>();

  for (const table of Object.keys(KEPT) as Table[]) {
    const kept = KEPT[table];
    const upTo = (read: RetentionFigures) => keptFrom(kept, ages[kept], read);
    // By age alone: what else stands in its way is asked for under the lock, and told.
    const due = upTo({ ...figures, heldFrom: null, pendingFrom: null });
    for (const day of await listDays(pool, table)) {
      signal?.throwIfAborted();
      if (day + DAY_MS > due) break;
      const name = `${table} ${new Date(day).toISOString().slice(0, 10)}`;
      if (day + DAY_MS > upTo({ ...figures, pendingFrom: null })) {
        for (const { campaign, firstAt } of held) if (firstAt < day + DAY_MS) heldBy.add(campaign);
        continue;
      }
      const mayGo = async (tx: Database) => day + DAY_MS <= upTo(await readRetentionFigures(tx, now));
      const outcome = await dropDay(pool, { table, day }, mayGo, lockTimeoutMs);
      if (outcome === 'dropped') result.dropped.push(name);
      if (outcome === 'busy' || outcome === 'kept') result.waiting.push(name);
      // Whoever reads the table may hold up every one of its days, and each try those who come after it.
      if (outcome === 'busy') break;
    }
  }

  result.heldBy = [...heldBy];
  if (result.dropped.length > 0) log.info({ job: 'retention', ...result }, 'old days were dropped');
  if (result.waiting.length > 0) {
    log.warn({ job: 'retention', waiting: result.waiting }, 'days that are due are in use or not rolled up; they wait');
  }
  const forgotten = await forgetOld(pool, { now, countsFrom: keptFrom('counts', ages.counts, figures), signal });
  if (result.waiting.length === 0) await advanceWatermark(pool, 'retention', now);
  return { ...result, forgotten };
}

export function retentionJob({ pool, retention }: { pool: pg.Pool; retention: Retention }): Job {
  return defineJob({
    name: 'retention',
    // Away from the hour, when the detections read.
    schedule: '20 * * * *',
    run: async ({ now, log, signal }) => ({ ...(await retain({ pool, now, retention, log, signal })) }),
  });
}
