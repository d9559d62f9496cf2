import { describe, expect, it } from 'vitest';
import { type EscalationFacts, escalationFacts } from '../../src/campaigns/escalation.ts';
import { type EscalationEvent, readEscalationAnswer } from '../../src/enforcement/escalation-sender.ts';
import { createEscalationWebhook } from '../../src/enforcement/escalation-webhook.ts';
import { createPagerDuty } from '../../src/enforcement/pagerduty.ts';
import type { PostWebhook, WebhookOutcome } from '../../src/enforcement/post-webhook.ts';
import { campaignLike, NOW } from '../campaign-fixture.ts';

const FACTS = escalationFacts(campaignLike({ createdAt: NOW, mergedInto: 'C-3' }), {
  reason: 'it\u202e runs\n in  production ',
  by: 'U0MARA',
  at: NOW,
  link: 'https://x.slack.com/p1',
});
const event = (kind: EscalationEvent['kind'], facts: Partial<EscalationFacts> = {}): EscalationEvent => ({
  kind,
  messageId: 'e7',
  facts: { ...FACTS, ...facts },
});
const answered = (status: number, retryAfterMs?: number): WebhookOutcome => ({
  kind: 'answered',
  status,
  body: 'nobody’s business',
  retryAfterMs,
});

/** What a sender posts of an event. */
async function posted(sender: (post: PostWebhook) => ReturnType<typeof createEscalationWebhook>, of: EscalationEvent) {
  const messages: { id: string; body: string; at: number }[] = [];
  const answer = await sender(async (message) => {
    messages.push(message);
    return answered(202);
  })(of, NOW + 5);
  expect(answer).toEqual({ kind: 'taken' });
  return messages.map(({ body, ...rest }) => ({ ...rest, body: JSON.parse(body) as Record<string, never> }))[0];
}

describe('readEscalationAnswer', () => {
  it.each([
    [
      { kind: 'never_sent', error: 'ECONNREFUSED' },
      { kind: 'later', error: 'ECONNREFUSED' },
    ],
    [
      { kind: 'unknown', error: 'timeout' },
      { kind: 'later', error: 'timeout' },
    ],
    [
      { kind: 'never_sent', error: 'forbidden_address' },
      { kind: 'refused', error: 'forbidden_address' },
    ],
    [
      { kind: 'never_sent', error: 'not_encrypted' },
      { kind: 'refused', error: 'not_encrypted' },
    ],
    [answered(200), { kind: 'taken' }],
    [answered(299), { kind: 'taken' }],
    [answered(199), { kind: 'refused', error: 'http_199' }],
    [answered(300), { kind: 'refused', error: 'http_300' }],
    [answered(400), { kind: 'refused', error: 'http_400' }],
    [answered(408), { kind: 'later', error: 'http_408' }],
    [answered(429, 7), { kind: 'later', error: 'http_429', afterMs: 7 }],
    [answered(499), { kind: 'refused', error: 'http_499' }],
    [answered(500), { kind: 'later', error: 'http_500' }],
  ] as const)('%j is %j', (outcome, answer) => {
    expect(readEscalationAnswer(outcome)).toEqual(answer);
  });
});

describe('the webhook of escalations', () => {
  it('is told all facts, under the same id each time', async () => {
    expect(await posted(createEscalationWebhook, event('trigger', { lastExchangeAt: null }))).toEqual({
      id: 'msg_e7',
      at: NOW + 5,
      body: {
        type: 'campaign.escalated',
        timestamp: '2026-04-30T09:12:00.000Z',
        data: {
          campaign: 'C-12',
          dedup_key: FACTS.dedupKey,
          kind: 'extraction',
          status: 'suspected',
          severity: 'critical',
          confidence: 0.97,
          accounts: 1_184,
          exchanges: 31_402,
          first_exchange_at: '2026-04-22T00:04:00.000Z',
          last_exchange_at: null,
          evidence: ['content', 'payment', 'timing'],
          detections: ['shared-template', 'shared-payment', 'no-night'],
          merged_into: 'C-3',
          reason: FACTS.reason,
          by: 'U0MARA',
          link: 'https://x.slack.com/p1',
        },
      },
    });
  });

  it.each([
    ['acknowledge', 'campaign.acknowledged'],
    ['resolve', 'campaign.resolved'],
  ] as const)('is told of %s as %s', async (kind, type) => {
    expect((await posted(createEscalationWebhook, event(kind, { firstExchangeAt: null })))?.body).toMatchObject({
      type,
      data: { first_exchange_at: null, last_exchange_at: '2026-04-30T08:57:00.000Z' },
    });
  });
});

describe('PagerDuty', () => {
  const toPagerDuty = (post: PostWebhook) => createPagerDuty(post, 'key of the service');
  const payloadOf = async (facts: Partial<EscalationFacts>) =>
    (await posted(toPagerDuty, event('trigger', facts)))?.body['payload'] as Record<string, unknown> | undefined;

  it('is told what an incident is about, in one line', async () => {
    const reason = 'it runs in production';
    expect(await posted(toPagerDuty, event('trigger', { lastExchangeAt: null }))).toEqual({
      id: 'e7',
      at: NOW + 5,
      body: {
        routing_key: 'key of the service',
        event_action: 'trigger',
        dedup_key: FACTS.dedupKey,
        client: 'Retort',
        client_url: 'https://x.slack.com/p1',
        links: [{ href: 'https://x.slack.com/p1', text: 'C-12 in Slack' }],
        payload: {
          summary: `C-12: critical distillation campaign, 1184 accounts, 31402 exchanges. ${reason}`,
          source: 'retort',
          severity: 'critical',
          timestamp: '2026-04-30T09:12:00.000Z',
          component: 'C-12',
          group: 'abuse',
          class: 'extraction',
          custom_details: {
            campaign: 'C-12',
            status: 'suspected',
            confidence: 0.97,
            accounts: 1_184,
            exchanges: 31_402,
            first_exchange_at: '2026-04-22T00:04:00.000Z',
            last_exchange_at: null,
            evidence: 'content, payment, timing',
            detections: 'shared-template, shared-payment, no-night',
            reason,
            escalated_by: 'U0MARA',
          },
        },
      },
    });
  });

  it.each(['acknowledge', 'resolve'] as const)('is told of %s by the key alone', async (kind) => {
    expect((await posted(toPagerDuty, event(kind)))?.body).toEqual({
      routing_key: 'key of the service',
      event_action: kind,
      dedup_key: FACTS.dedupKey,
    });
  });

  it.each([
    ['high', 'error'],
    ['medium', 'warning'],
    ['low', 'info'],
  ] as const)('knows %s as %s', async (severity, theirs) => {
    expect(await payloadOf({ severity })).toMatchObject({ severity: theirs });
  });

  it('is told of resale as such, in no more than a summary holds', async () => {
    const summary = String((await payloadOf({ kind: 'resale', reason: 'x'.repeat(2_000) }))?.['summary']);
    expect(summary).toContain('resale network');
    expect(summary).toHaveLength(1_024);
  });

  it('is given no link where there is none', async () => {
    const body = (await posted(toPagerDuty, event('trigger', { link: null })))?.body;
    expect(Object.keys(body ?? {})).toEqual(['routing_key', 'event_action', 'dedup_key', 'client', 'payload']);
  });
});
