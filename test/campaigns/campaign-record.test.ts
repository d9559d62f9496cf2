import { expect, it } from 'vitest';
import { campaignRecord } from '../../src/campaigns/campaign-record.ts';
import { campaignLike, NOW } from '../campaign-fixture.ts';

it('a campaign is told to scripts in RFC 3339, with a confidence that is never rounded up', () => {
  const campaign = campaignLike({ confidence: 0.89999, firstExchangeAt: null, lastExchangeAt: NOW, alertedAt: NOW });
  const at = '2026-04-30T09:12:00.000Z';
  expect(campaignRecord(campaign, ['acct_1'])).toEqual({
    id: 'C-12',
    kind: 'extraction',
    status: 'suspected',
    severity: 'critical',
    confidence: 0.8999,
    first_exchange_at: null,
    last_exchange_at: at,
    alerted_at: at,
    account_ids: ['acct_1'],
    exchange_count: 31_402,
    families: ['content', 'payment', 'timing'],
    detections: ['shared-template', 'shared-payment', 'no-night'],
  });
});
