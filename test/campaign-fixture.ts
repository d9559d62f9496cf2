import type { Campaign, Evidence } from '../src/campaigns/campaign.ts';
import type { CampaignDraft } from '../src/db/campaign.ts';

export const NOW = Date.parse('2026-04-30T09:12:00Z');
const HOUR = 3_600_000;

/** The campaign of the design's example: 1,184 accounts, tied by content, payment and timing. */
export const EVIDENCE: Evidence = {
  reasons: [
    {
      family: 'content',
      detection: 'shared-template',
      text: 'eight prompt templates dealt evenly over all of them',
      accounts: 1_184,
      baseRate: 0.002,
      weight: 9.2,
    },
    {
      family: 'payment',
      detection: 'shared-payment',
      text: '148 payment instruments, eight accounts on each',
      accounts: 1_184,
      baseRate: 0.002,
      weight: 7.5,
    },
    {
      family: 'timing',
      detection: 'no-night',
      text: 'no night in four days',
      accounts: 1_102,
      baseRate: 0.002,
      weight: 4.1,
    },
  ],
  bestTie: 10,
  ruledOut: ['evaluation harness', 'agent framework', 'office network'],
  targets: [
    { capability: 'agentic_coding', share: 0.62, ratio: 9.1 },
    { capability: 'reasoning', share: 0.31, ratio: 8.7 },
  ],
  perAccountDay: 26.4,
  growth: 1.18,
  chart: {
    bucketHours: 2,
    points: Array.from({ length: 12 }, (_, index) => ({
      at: NOW - (12 - index) * 2 * HOUR,
      campaign: 400 + index * 35,
      others: 2_000 + ((index * 137) % 300),
    })),
  },
};

export const DRAFT: CampaignDraft = {
  kind: 'extraction',
  severity: 'critical',
  confidence: 0.97,
  accountCount: 1_184,
  exchangeCount: 31_402,
  firstExchangeAt: Date.parse('2026-04-22T00:04:00Z'),
  lastExchangeAt: NOW - 15 * 60_000,
  families: ['content', 'payment', 'timing'],
  detections: ['shared-template', 'shared-payment', 'no-night'],
  evidence: EVIDENCE,
  alertedAt: NOW - 12 * 60_000,
  alerted: { severity: 'critical', accountCount: 1_184, families: ['content', 'payment', 'timing'] },
};

export function campaignLike(change: Partial<Campaign> = {}): Campaign {
  return {
    id: 'C-12',
    status: 'suspected',
    alertedAt: null,
    alerted: null,
    acknowledgedBy: null,
    acknowledgedAt: null,
    decided: null,
    assigned: null,
    snooze: null,
    call: null,
    mergedInto: null,
    splitFrom: null,
    joined: false,
    post: null,
    createdAt: NOW - 12 * 60_000,
    updatedAt: NOW,
    version: 1,
    ...DRAFT,
    ...change,
  };
}
