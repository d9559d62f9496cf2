import { z } from 'zod';
import { troublesOf } from '../campaigns/health.ts';
import { readAilments } from '../db/ailment.ts';
import { readJobHealth } from '../db/job-slot.ts';
import { readStatus } from '../db/status-figures.ts';
import { healthMessage } from '../slack/blocks/health.ts';
import { DAY_MS } from '../time-units.ts';
import { defineVerb } from './define-verb.ts';

export const health = defineVerb({
  name: 'health',
  usage: 'health',
  summary: 'What ails Retort itself, and what to do about it',
  role: 'reader',
  args: z.object({}),
  async run(_, { pool, now }) {
    const jobs = await readJobHealth(pool, now - DAY_MS);
    return { message: healthMessage(troublesOf(await readStatus(pool, now), jobs, await readAilments(pool)), jobs) };
  },
});
