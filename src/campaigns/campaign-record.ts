import type { Campaign } from './campaign.ts';

/** A campaign as scripts read it: the JSON of `retort campaigns` and `retort replay`. Times are RFC 3339. */
export interface CampaignRecord {
  id: string;
  kind: string;
  status: string;
  severity: string;
  confidence: number;
  first_exchange_at: string | null;
  last_exchange_at: string | null;
  alerted_at: string | null;
  account_ids: string[];
  exchange_count: number;
  families: string[];
  detections: string[];
}

export function campaignRecord(campaign: Campaign, accountIds: string[]): CampaignRecord {
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    id: campaign.id,
    kind: campaign.kind,
    status: campaign.status,
    severity: campaign.severity,
    confidence: Math.floor(campaign.confidence * 10_000) / 10_000,
    first_exchange_at: time(campaign.firstExchangeAt),
    last_exchange_at: time(campaign.lastExchangeAt),
    alerted_at: time(campaign.alertedAt),
    account_ids: accountIds,
    exchange_count: campaign.exchangeCount,
    families: campaign.families,
    detections: campaign.detections,
  };
}
