import { z } from 'zod';
import { assignCampaign } from '../campaigns/lifecycle/assign.ts';
import { assigned, assignRefused, cannotAct } from '../slack/blocks/lifecycle-answer.ts';
import type { Answer } from '../slack/interactions.ts';
import { CampaignNumber } from './campaign-number.ts';
import { decideOn } from './decide-on.ts';
import { defineVerb } from './define-verb.ts';
import { Person } from './person.ts';
import type { CommandContext } from './verb.ts';

export const assign = defineVerb({
  name: 'assign',
  usage: 'assign <campaign> <@person or me>',
  summary: 'Give a campaign to somebody, who is told in its thread',
  role: 'responder',
  args: z.object({ campaign: CampaignNumber, person: Person }),
  run: ({ campaign, person }, context) => assignTo(campaign, person(context.actor), context),
});

async function assignTo(number: number, to: string, context: CommandContext): Promise<Answer> {
  // Who gets it must be able to do something about it.
  const permission = await context.roles.may(to, 'responder');
  if (!permission.ok) return { message: cannotAct(to, permission.reason) };
  return decideOn(number, context, (campaign, by) => assignCampaign(campaign, { ...by, to }), {
    done: (campaign) => assigned(campaign, to),
    refused: assignRefused,
  });
}
