import { z } from 'zod';
import { readStatus } from '../db/status-figures.ts';
import { statusMessage } from '../slack/blocks/status.ts';
import { defineVerb } from './define-verb.ts';

export const status = defineVerb({
  name: 'status',
  usage: 'status',
  summary: 'How Retort itself is: data, campaigns, posts, audit',
  role: 'reader',
  args: z.object({}),
  run: async (_, { pool, now, detections }) => {
    const { problems } = await detections.list();
    return { message: statusMessage(await readStatus(pool, now), problems) };
  },
});
