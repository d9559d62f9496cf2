import type { EventKind } from '../campaigns/escalation.ts';
import { type EscalationEvent, readEscalationAnswer, type SendEscalation } from './escalation-sender.ts';
import type { PostWebhook } from './post-webhook.ts';

const TYPE: Record<EventKind, string> = {
  trigger: 'campaign.escalated',
  acknowledge: 'campaign.acknowledged',
  resolve: 'campaign.resolved',
};

/** Any service that takes signed webhooks; docs/escalation.md says what it is sent. */
export function createEscalationWebhook(post: PostWebhook): SendEscalation {
  return async (event, now) =>
    readEscalationAnswer(await post({ id: `msg_${event.messageId}`, body: bodyOf(event), at: now }));
}

function bodyOf({ kind, facts }: EscalationEvent): string {
  const { firstExchangeAt, lastExchangeAt } = facts;
  return JSON.stringify({
    type: TYPE[kind],
    timestamp: new Date(facts.at).toISOString(),
    data: {
      campaign: facts.campaign,
      dedup_key: facts.dedupKey,
      kind: facts.kind,
      status: facts.status,
      severity: facts.severity,
      confidence: facts.confidence,
      accounts: facts.accounts,
      exchanges: facts.exchanges,
      first_exchange_at: firstExchangeAt === null ? null : new Date(firstExchangeAt).toISOString(),
      last_exchange_at: lastExchangeAt === null ? null : new Date(lastExchangeAt).toISOString(),
      evidence: facts.families,
      detections: facts.detections,
      merged_into: facts.mergedInto,
      reason: facts.reason,
      by: facts.by,
      link: facts.link,
    },
  });
}
