import type pg from 'pg';
import { packedUpTo } from '../campaigns/retention.ts';
import { dayOf } from '../db/day-partition.ts';
import { listUnpackedDays, packDay } from '../db/pack-day.ts';
import type { Database } from '../db/query.ts';
import { readWatermark } from '../db/watermark.ts';
import type { Log } from '../log.ts';
import { DAY_MS } from '../time-units.ts';
import { defineJob, type Job } from './job.ts';
import { readRetentionFigures } from './retention-figures.ts';

interface PackOptions {
  pool: pg.Pool;
  now: number;
  log: Log;
  signal?: AbortSignal;
  /** How long it waits for others. */
  lockTimeoutMs?: number;
}

/** Packs the days that nothing is added to any more, oldest first. One that cannot be packed stops no other. */
export async function packDays({ pool, now, log, signal, lockTimeoutMs }: PackOptions) {
  const packed: string[] = [];
  const waiting: string[] = [];
  const upTo = async (db: Database) =>
    packedUpTo(await readRetentionFigures(db, now), (await readWatermark(db, 'thin_traits')) ?? null);
  for (const day of await listUnpackedDays(pool, await upTo(pool))) {
    signal?.throwIfAborted();
    const outcome = await packDay(pool, day, async (tx) => day + DAY_MS <= (await upTo(tx)), lockTimeoutMs);
    if (outcome === 'packed') packed.push(dayOf(day));
    if (outcome === 'busy' || outcome === 'kept') waiting.push(dayOf(day));
  }
  if (packed.length > 0) log.info({ job: 'pack', packed }, 'days that are over were packed');
  if (waiting.length > 0) log.warn({ job: 'pack', waiting }, 'days that are over are in use; they are packed later');
  return { packed, waiting };
}

export function packJob({ pool }: { pool: pg.Pool }): Job {
  return defineJob({
    name: 'pack',
    // Away from the looks of the hour, and from retention.
    schedule: '40 * * * *',
    run: ({ now, log, signal }) => packDays({ pool, now, log, signal }),
  });
}
