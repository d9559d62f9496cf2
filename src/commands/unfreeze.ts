import { z } from 'zod';
import { liftFreeze } from '../db/action-freeze.ts';
import { noticeOf } from '../slack/blocks/message.ts';
import { defineVerb } from './define-verb.ts';
import { Reason } from './reason.ts';

export const unfreeze = defineVerb({
  name: 'unfreeze',
  usage: 'unfreeze <reason>',
  summary: 'Let enforcement go on: what was approved continues',
  role: 'approver',
  args: z.object({ reason: Reason }),
  rest: 'text',
  async run({ reason }, { pool, actor, now }) {
    const outcome = await liftFreeze(pool, { actor, now, reason });
    return {
      message: noticeOf(
        outcome.ok
          ? 'The freeze is lifted: what was approved goes on. The channel is told.'
          : 'Nothing is frozen: enforcement goes its way.',
      ),
    };
  },
});
