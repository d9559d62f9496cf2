import { type CampaignRecord, campaignRecord } from '../campaigns/campaign-record.ts';
import { STATUSES } from '../campaigns/campaign.ts';
import { campaignNumber, listCampaigns } from './campaign.ts';
import { readAccountIds } from './campaign-account.ts';
import type { Database } from './query.ts';

/** More campaigns than anybody has open. */
const MOST = 10_000;

/** All campaigns but those that were merged into another, with their accounts, by number. */
export async function readCampaignRecords(db: Database): Promise<CampaignRecord[]> {
  const statuses = STATUSES.filter((status) => status !== 'merged');
  const { campaigns } = await listCampaigns(db, { statuses, limit: MOST, offset: 0 });
  const records: CampaignRecord[] = [];
  for (const campaign of campaigns.toSorted((a, b) => campaignNumber(a) - campaignNumber(b))) {
    records.push(campaignRecord(campaign, await readAccountIds(db, campaignNumber(campaign))));
  }
  // The contract sorts by id, and ids are text.
  return records.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
