import type pg from 'pg';
import { forgetRequests } from '../db/ingest-request.ts';
import { DAY_MS } from '../time-units.ts';
import { defineJob, type Job } from './job.ts';

/** Longer than anybody goes on trying to send a batch. */
const KEPT_MS = 7 * DAY_MS;

/** Forgets the keys of batches that were sent long ago. */
export function forgetRequestsJob({ pool }: { pool: pg.Pool }): Job {
  return defineJob({
    name: 'forget-requests',
    schedule: '45 * * * *',
    run: async ({ now }) => ({ forgotten: await forgetRequests(pool, now - KEPT_MS) }),
  });
}
