import { z } from 'zod';
import { assignCampaign } from '../campaigns/lifecycle/assign.ts';
import { assignForm } from '../slack/blocks/campaign-forms.ts';
import { assigned, assignRefused, cannotAct } from '../slack/blocks/lifecycle-answer.ts';
import type { Message } from '../slack/blocks/message.ts';
import { openForm, SeenValue, submitForm } from './campaign-form.ts';
import { CampaignNumber } from './campaign-number.ts';
import { decideOn } from './decide-on.ts';
import { defineControl, defineForm, defineVerb } from './define-verb.ts';
import { Person } from './person.ts';
import type { CommandContext } from './verb.ts';

export const assign = defineVerb({
  name: 'assign',
  usage: 'assign <campaign> <@person or me>',
  summary: 'Give a campaign to somebody, who is told in its thread',
  role: 'responder',
  args: z.object({ campaign: CampaignNumber, person: Person }),
  run: async ({ campaign, person }, context) => {
    const outcome = await assignTo(campaign, person(context.actor), context);
    return { message: 'refused' in outcome ? outcome.refused : outcome.message };
  },
  controls: {
    ask: defineControl({
      role: 'responder',
      value: CampaignNumber,
      run: (number, context) => openForm(number, context, assignForm),
    }),
  },
  forms: {
    set: defineForm({
      role: 'responder',
      value: SeenValue,
      fields: z.object({ person: z.string().regex(/^[UW][A-Z0-9]+$/, 'pick somebody of this workspace') }),
      run: (filled, context) =>
        submitForm(filled, context, assignForm, async (number, { person }) => {
          const outcome = await assignTo(number, person, context);
          // At the field: another person can be picked there.
          return 'refused' in outcome ? { errors: { person: CANNOT_ACT } } : outcome;
        }),
    }),
  },
});

const CANNOT_ACT = 'This person may not act on campaigns, or Slack cannot say so at the moment. Pick somebody else.';

type Outcome = { message: Message } | { refused: Message };

async function assignTo(number: number, to: string, context: CommandContext): Promise<Outcome> {
  // Who gets it must be able to do something about it.
  const permission = await context.roles.may(to, 'responder');
  if (!permission.ok) return { refused: cannotAct(to, permission.reason) };
  return decideOn(number, context, (campaign, by) => assignCampaign(campaign, { ...by, to }), {
    done: (campaign) => assigned(campaign, to),
    refused: assignRefused,
  });
}
