import { z } from 'zod';
import { freezeActions } from '../db/action-freeze.ts';
import { alreadyFrozen } from '../slack/blocks/action-refusal.ts';
import { noticeOf } from '../slack/blocks/message.ts';
import { defineVerb } from './define-verb.ts';
import { Reason } from './reason.ts';

export const freeze = defineVerb({
  name: 'freeze',
  usage: 'freeze <reason>',
  summary: 'Stop all enforcement at once: nothing is proposed, approved or sent until `unfreeze`',
  role: 'responder',
  args: z.object({ reason: Reason }),
  rest: 'text',
  async run({ reason }, { pool, actor, now }) {
    const outcome = await freezeActions(pool, { actor, now, reason });
    if (!outcome.ok) return { message: alreadyFrozen(outcome.freeze) };
    return {
      message: noticeOf(
        'All enforcement is frozen. A request that is under way may still end, 100 accounts at most; nothing follows it. The channel is told.',
      ),
    };
  },
});
