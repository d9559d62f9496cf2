import type { EscalationFacts } from '../campaigns/escalation.ts';
import type { Severity } from '../campaigns/campaign.ts';
import { type EscalationEvent, readEscalationAnswer, type SendEscalation } from './escalation-sender.ts';
import type { PostWebhook } from './post-webhook.ts';

/** What PagerDuty knows: https://developer.pagerduty.com/docs/events-api-v2/trigger-events/ */
const SEVERITY: Record<Severity, 'critical' | 'error' | 'warning' | 'info'> = {
  critical: 'critical',
  high: 'error',
  medium: 'warning',
  low: 'info',
};
/** As long as a summary may be. */
const SUMMARY_MAX = 1_024;

/**
 * PagerDuty's Events API v2. All events of a campaign bear one `dedup_key`: a repeated trigger is the same incident there.
 */
export function createPagerDuty(post: PostWebhook, routingKey: string): SendEscalation {
  return async (event, now) =>
    readEscalationAnswer(await post({ id: event.messageId, body: bodyOf(event, routingKey), at: now }));
}

function bodyOf({ kind, facts }: EscalationEvent, routingKey: string): string {
  const common = { routing_key: routingKey, event_action: kind, dedup_key: facts.dedupKey };
  if (kind !== 'trigger') return JSON.stringify(common);
  const { link, campaign } = facts;
  return JSON.stringify({
    ...common,
    client: 'Retort',
    ...(link === null ? {} : { client_url: link, links: [{ href: link, text: `${campaign} in Slack` }] }),
    payload: {
      summary: summaryOf(facts).slice(0, SUMMARY_MAX),
      source: 'retort',
      severity: SEVERITY[facts.severity],
      timestamp: new Date(facts.at).toISOString(),
      component: campaign,
      group: 'abuse',
      class: facts.kind,
      custom_details: detailsOf(facts),
    },
  });
}

function summaryOf({ campaign, kind, severity, accounts, exchanges, reason }: EscalationFacts): string {
  const what = kind === 'extraction' ? 'distillation campaign' : 'resale network';
  return `${campaign}: ${severity} ${what}, ${accounts} accounts, ${exchanges} exchanges. ${oneLine(reason)}`;
}

function detailsOf(facts: EscalationFacts): Record<string, unknown> {
  return {
    campaign: facts.campaign,
    status: facts.status,
    confidence: facts.confidence,
    accounts: facts.accounts,
    exchanges: facts.exchanges,
    first_exchange_at: isoOf(facts.firstExchangeAt),
    last_exchange_at: isoOf(facts.lastExchangeAt),
    evidence: facts.families.join(', '),
    detections: facts.detections.join(', '),
    reason: oneLine(facts.reason),
    escalated_by: facts.by,
  };
}

/** Nothing that could turn a text around or hide a part of it on a telephone's screen. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}

function isoOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
