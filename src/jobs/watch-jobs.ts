import type pg from 'pg';
import type { Detector } from './detector.ts';
import { defineJob, type Job } from './job.ts';
import { rollUp } from './roll-up.ts';

export interface WatchOptions {
  pool: pg.Pool;
  detector: Detector;
  allowedLatenessMs: number;
}

/**
 * The jobs that watch the traffic, in the order in which they run when both are due. Replay drives the same ones. A
 * missed slot of either is covered by the newest: both take up all that came since.
 */
export function watchJobs({ pool, detector, allowedLatenessMs }: WatchOptions): Job[] {
  return [
    defineJob({
      name: 'roll-up',
      schedule: '* * * * *',
      run: async ({ now }) => ({ ...(await rollUp({ pool, now, allowedLatenessMs })) }),
    }),
    defineJob({
      name: 'detect',
      schedule: '0 * * * *',
      async run({ now, log, skipped }) {
        const result = await detector.look({ now });
        if (skipped > 0) log.warn({ job: 'detect', skipped }, 'missed slots are covered by this run');
        return result;
      },
    }),
  ];
}
