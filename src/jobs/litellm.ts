import { defineJob, type Job } from './job.ts';

/** Takes up what LiteLLM has logged. One replica at a time, as with every job. */
export function litellmJob(poll: (signal: AbortSignal) => Promise<object>): Job {
  return defineJob({
    name: 'litellm',
    schedule: '* * * * *',
    run: async ({ signal }) => ({ ...(await poll(signal)) }),
  });
}
