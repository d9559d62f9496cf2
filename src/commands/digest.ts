import { z } from 'zod';
import { peopleIn } from '../campaigns/digest.ts';
import { readDigest } from '../db/digest-figures.ts';
import { digestMessage } from '../slack/blocks/digest.ts';
import { namesFor } from '../slack/people.ts';
import { DAY_MS } from '../time-units.ts';
import { defineVerb } from './define-verb.ts';

export const digest = defineVerb({
  name: 'digest',
  usage: 'digest',
  summary: 'The last 24 hours as the daily digest tells them, to you alone',
  role: 'reader',
  args: z.object({}),
  async run(_, { pool, now, timezone, people, rota }) {
    const figures = await readDigest(pool, { from: now - DAY_MS, to: now, timezone });
    const nameOf = await namesFor(people, peopleIn(figures));
    return { message: digestMessage(figures, { nameOf, respondersGroup: rota.groups[0] }) };
  },
});
