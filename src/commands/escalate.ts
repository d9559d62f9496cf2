import { z } from 'zod';
import type { Campaign } from '../campaigns/campaign.ts';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { type Target, TARGETS } from '../campaigns/escalation.ts';
import { loadCampaign } from '../db/campaign.ts';
import { escalateForm } from '../slack/blocks/campaign-forms.ts';
import { escalated, escalateRefused, nameTarget } from '../slack/blocks/escalation.ts';
import { noSuchCampaign } from '../slack/blocks/refusal.ts';
import type { Answer } from '../slack/interactions.ts';
import { openForm, SeenValue, submitForm } from './campaign-form.ts';
import { CampaignNumber } from './campaign-number.ts';
import { defineControl, defineForm, defineVerb } from './define-verb.ts';
import { EscalationWords } from './escalation-words.ts';
import { Reason } from './reason.ts';
import type { CommandContext } from './verb.ts';

export const escalate = defineVerb({
  name: 'escalate',
  usage: 'escalate <campaign> [pagerduty, webhook or legal] <reason>',
  summary: 'Take a campaign to who is on call elsewhere, or to legal, which holds it',
  role: 'responder',
  args: z.object({ campaign: CampaignNumber, reason: EscalationWords }),
  rest: 'text',
  run({ campaign, reason: { target, reason } }, context) {
    const { targets } = context.escalations;
    // It places a hold: nobody gets there by leaving a word out.
    const meant = target ?? targets.find((each) => each !== 'legal');
    if (meant === undefined) return Promise.resolve({ message: nameTarget(targets) });
    return take(campaign, { target: meant, reason }, context);
  },
  controls: {
    ask: defineControl({
      role: 'responder',
      value: CampaignNumber,
      run(number, context) {
        const { targets } = context.escalations;
        return targets.length === 0
          ? Promise.resolve({ message: nameTarget(targets) })
          : openForm(number, context, form(context));
      },
    }),
  },
  forms: {
    set: defineForm({
      role: 'responder',
      value: SeenValue,
      fields: z.object({ target: z.enum(TARGETS), reason: Reason }),
      run: (filled, context) =>
        submitForm(filled, context, form(context), (number, fields) => take(number, fields, context)),
    }),
  },
});

const form =
  ({ escalations }: CommandContext) =>
  (campaign: Campaign, given: Parameters<typeof escalateForm>[1]) =>
    escalateForm(campaign, given, escalations.targets);

async function take(
  number: number,
  { target, reason }: { target: Target; reason: string },
  { pool, escalations, permalink, actor, now }: CommandContext,
): Promise<Answer & { message: ReturnType<typeof escalated> }> {
  const post = (await loadCampaign(pool, number))?.post ?? null;
  const link = post === null ? null : await permalink(post);
  const outcome = await escalations.escalate(number, { target, reason, link }, { actor, now });
  if (outcome.ok) return { message: escalated(outcome.campaign, target, outcome.hold) };
  if (outcome.reason === 'not_found') return { message: noSuchCampaign(formatCampaignId(number)) };
  return { message: escalateRefused(outcome.campaign, outcome) };
}
