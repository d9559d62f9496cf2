import type { CampaignRecord } from '../campaigns/campaign-record.ts';

/** Nothing from outside may move the terminal's cursor. */
const plain = (text: string): string => text.replace(/\p{C}/gu, '\u{fffd}');

/** One line a campaign. */
export function campaignLine(campaign: CampaignRecord): string {
  const sure = campaign.confidence > 0.99 ? 'over 99 % sure' : `${Math.floor(campaign.confidence * 100)} % sure`;
  const alerted = campaign.alerted_at === null ? 'not alerted' : `alerted ${campaign.alerted_at.slice(0, 16)}Z`;
  const figures = `${campaign.account_ids.length} accounts, ${campaign.exchange_count} exchanges`;
  return `${campaign.id.padEnd(6)} ${campaign.kind.padEnd(10)} ${campaign.severity.padEnd(8)} ${campaign.status.padEnd(12)} ${sure}, ${figures}, ${alerted} (${campaign.families.join(', ')})`;
}

/** Everything of one campaign. */
export function campaignPage(campaign: CampaignRecord, reasons: readonly string[]): string {
  const accounts = campaign.account_ids.map((id) => `  ${plain(id)}`);
  const seen = `from ${campaign.first_exchange_at ?? '?'} to ${campaign.last_exchange_at ?? '?'}`;
  return [
    campaignLine(campaign),
    seen,
    ...reasons.map((reason) => `- ${plain(reason)}`),
    'accounts:',
    ...accounts,
  ].join('\n');
}
