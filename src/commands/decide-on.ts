import type { Campaign } from '../campaigns/campaign.ts';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import type { Decision } from '../campaigns/effect.ts';
import type { Message } from '../slack/blocks/message.ts';
import { noSuchCampaign } from '../slack/blocks/refusal.ts';
import type { Answer } from '../slack/interactions.ts';
import type { CommandContext } from './verb.ts';

/** Puts a person's decision on one campaign into effect, and tells them what came of it. */
export async function decideOn<Refusal extends { reason: string }>(
  number: number,
  { actor, now, store }: Pick<CommandContext, 'actor' | 'now' | 'store'>,
  decide: (campaign: Campaign, by: { actor: string; now: number }) => Decision<Refusal>,
  tell: {
    done: (campaign: Campaign) => Message | Promise<Message>;
    refused: (campaign: Campaign, refusal: Refusal) => Message;
  },
): Promise<Answer & { message: Message }> {
  const by = { actor, now };
  const outcome = await store.transition(number, by, (campaign) => decide(campaign, by));
  if (outcome.ok) return { message: await tell.done(outcome.campaign) };
  if (!('campaign' in outcome)) return { message: noSuchCampaign(formatCampaignId(number)) };
  return { message: tell.refused(outcome.campaign, outcome) };
}
