import { z } from 'zod';
import type { Campaign } from '../campaigns/campaign.ts';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { loadCampaign } from '../db/campaign.ts';
import { listMembers } from '../db/campaign-account.ts';
import { listEscalations } from '../db/escalation.ts';
import { campaignDetail, campaignEvidence, campaignMembers } from '../slack/blocks/campaign-detail.ts';
import { type Message, noticeOf } from '../slack/blocks/message.ts';
import { noSuchCampaign } from '../slack/blocks/refusal.ts';
import type { Answer } from '../slack/interactions.ts';
import { CampaignNumber } from './campaign-number.ts';
import { defineControl, defineVerb } from './define-verb.ts';
import type { CommandContext } from './verb.ts';

/** As many as fit one section with room for long ids. */
const FIRST_ACCOUNTS = 20;
const MOST_ESCALATIONS = 10;

export const show = defineVerb({
  name: 'show',
  usage: 'show <campaign>',
  summary: 'Everything known of a campaign',
  role: 'reader',
  args: z.object({ campaign: CampaignNumber }),
  run: ({ campaign }, context) => detail(campaign, context),
  controls: {
    evidence: defineControl({
      role: 'reader',
      value: CampaignNumber,
      run: (number, context) => answerFor(number, context, campaignEvidence),
    }),
    members: defineControl({
      role: 'reader',
      value: CampaignNumber,
      run: (number, context) =>
        answerFor(number, context, async ({ id }) => {
          const { members, ...counts } = await listMembers(context.pool, number, { limit: FIRST_ACCOUNTS, offset: 0 });
          return campaignMembers(id, members, counts);
        }),
    }),
    detail: defineControl({
      role: 'reader',
      value: CampaignNumber,
      run: detail,
    }),
    open: defineControl({
      role: 'reader',
      value: CampaignNumber,
      run: (number, context) =>
        answerFor(number, context, async ({ id, post }) => {
          if (post !== null) return noticeOf(`${id} has its message already: <#${post.channel}> shows it.`);
          const opened = await context.store.open(number, context.now);
          return noticeOf(opened ? `${id} is getting its own message and thread.` : `${id} was never alerted.`);
        }),
    }),
    refresh: defineControl({
      role: 'reader',
      value: CampaignNumber,
      run: (number, context) =>
        answerFor(number, context, async ({ id }) => {
          await context.store.refresh(number, context.now);
          return noticeOf(`The message of ${id} is being brought up to date.`);
        }),
    }),
  },
});

function detail(number: number, context: CommandContext): Promise<Answer> {
  return answerFor(number, context, async (campaign) =>
    campaignDetail(campaign, await listEscalations(context.pool, { campaign: number }, MOST_ESCALATIONS)),
  );
}

async function answerFor(
  number: number,
  { pool }: CommandContext,
  tell: (campaign: Campaign) => Message | Promise<Message>,
): Promise<Answer> {
  const campaign = await loadCampaign(pool, number);
  return { message: campaign === undefined ? noSuchCampaign(formatCampaignId(number)) : await tell(campaign) };
}
