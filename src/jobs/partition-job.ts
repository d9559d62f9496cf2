import type pg from 'pg';
import { ensurePartitions } from '../db/day-partition.ts';
import { DAY_MS } from '../time-units.ts';
import { defineJob, type Job } from './job.ts';

/** Days made ahead: a database that refuses new tables for so long still takes the traffic. */
const DAYS_AHEAD = 3;

/** Makes the day partitions ahead, so that no write has to wait for its table. */
export function partitionJob({ pool }: { pool: pg.Pool }): Job {
  return defineJob({
    name: 'partitions',
    schedule: '30 * * * *',
    run: ({ now }) => ensurePartitions(pool, now, now + DAYS_AHEAD * DAY_MS),
  });
}
