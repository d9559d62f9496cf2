import type { DiskRoom } from '../db/embedded/disk-room.ts';
import { defineJob, type Job } from './job.ts';

/** Takes up what LiteLLM has logged, where there is room for it. One replica at a time, as with every job. */
export function litellmJob(poll: (signal: AbortSignal) => Promise<object>, disk?: DiskRoom): Job {
  return defineJob({
    name: 'litellm',
    schedule: '* * * * *',
    async run({ signal }) {
      // Its watermark stays where it is: nothing is lost by waiting.
      if (disk !== undefined && (await disk.look()).shortSince !== null) return { waits: 'the disk is nearly full' };
      return { ...(await poll(signal)) };
    },
  });
}
