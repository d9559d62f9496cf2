import type { Campaign } from '../campaigns/campaign.ts';
import { type Escalation, escalationFacts, escalationNews } from '../campaigns/escalation.ts';
import type { Notice } from '../campaigns/notice.ts';
import { campaignNumber } from './campaign.ts';
import { markEscalation, presentEscalations } from './escalation.ts';
import { enqueueEscalation, triggerLink } from './escalation-event.ts';
import { enqueue } from './outbox.ts';
import type { Database } from './query.ts';

/** Queues what the other sides of a campaign's escalations are to hear of its present state: once each. */
export async function followEscalations(
  tx: Database,
  campaign: Campaign,
  { actor, now }: { actor: string; now: number },
): Promise<void> {
  for (const escalation of await presentEscalations(tx, campaignNumber(campaign))) {
    const news = escalationNews(campaign, escalation);
    if (news === undefined) continue;
    await markEscalation(tx, escalation.number, news, now);
    if (escalation.channel !== null) {
      await tellLegal(tx, escalation, { campaign, channel: escalation.channel, news, by: actor, at: now });
      continue;
    }
    const link = await triggerLink(tx, escalation.number);
    const facts = escalationFacts(campaign, { reason: escalation.reason, by: actor, at: now, link });
    await enqueueEscalation(tx, { escalation: escalation.number, kind: news, facts }, now);
  }
}

function tellLegal(
  tx: Database,
  { number }: Escalation,
  told: { campaign: Campaign; channel: string; news: 'acknowledge' | 'resolve'; by: string; at: number },
): Promise<boolean> {
  const { campaign, channel: target, news, by, at } = told;
  const payload: Notice = { type: 'legal_news', campaign: campaign.id, status: campaign.status, by, target, at };
  return enqueue(tx, { kind: 'notice', dedupKey: `legal:${number}:${news}`, payload, notBefore: at }, at);
}
