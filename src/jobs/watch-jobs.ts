import type pg from 'pg';
import type { Detection } from '../detections/detection.ts';
import type { OwnDetections } from '../detections/own-detections.ts';
import { detect, type GroupObserver } from './detect.ts';
import { lookReason } from './look-reason.ts';
import type { DetectionObserver } from './gather-hits.ts';
import { defineJob, type Job } from './job.ts';
import { rollUp } from './roll-up.ts';

export interface WatchOptions {
  pool: pg.Pool;
  detections: readonly Detection[];
  /** The operator's, looked at again before each run. */
  own?: OwnDetections | undefined;
  allowedLatenessMs: number;
  observe?: DetectionObserver | undefined;
  onScored?: GroupObserver | undefined;
}

/**
 * The jobs that watch the traffic, in the order in which they run when both are due. Replay drives the same ones. A
 * missed slot of either is covered by the newest: both take up all that came since.
 */
export function watchJobs({ pool, detections, own, allowedLatenessMs, observe, onScored }: WatchOptions): Job[] {
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
        const { detections: owned, problems } = (await own?.refresh()) ?? { detections: [], problems: [] };
        const reason = await lookReason(pool);
        if (reason === undefined) return { waits: 'little is new', notLoaded: problems };
        const result = await detect({ pool, detections: [...detections, ...owned], now, log, observe, onScored });
        if (skipped > 0) log.warn({ job: 'detect', skipped }, 'missed slots are covered by this run');
        return { ...result, reason, skipped, notLoaded: problems };
      },
    }),
  ];
}
