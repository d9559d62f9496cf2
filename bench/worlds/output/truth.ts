import { type Group, type Happening, HOUR } from '../kinds.ts';
import { iso } from '../people/accounts.ts';
import type { Setting } from '../setting.ts';

export interface CampaignTruth {
  name: string;
  kind: 'extraction' | 'resale';
  account_ids: string[];
  first_exchange_at: string;
  exchange_count: number;
  account_exchange_count: number;
  share_of_exchanges: number;
  hourly_cumulative: { start_at: string; counts: number[] };
}

export interface Truth {
  scenario: string;
  description: string;
  seed: string;
  start_at: string;
  end_at: string;
  exchanges: number;
  duplicates: number;
  malformed: number;
  late: number;
  accounts: number;
  campaigns: CampaignTruth[];
  lookalikes: { name: string; account_ids: string[] }[];
  /** Whether nothing in it may be alerted as extraction. */
  must_not_alert: boolean;
}

const idsOf = (group: Group): string[] => group.members.map(({ record }) => record.account_id);

/** The part of the truth that the happenings decide; what the writing decides is counted there. */
export function campaignTruths(setting: Setting, groups: readonly Group[], total: number): CampaignTruth[] {
  return groups
    .filter(({ kind }) => kind === 'resale' || kind === 'extraction')
    .map((group) => {
      const own = group.happenings
        .filter(({ campaign }) => group.kind === 'resale' || campaign === group.name)
        .toSorted((a, b) => a.at - b.at);
      const acting = new Set(own.map(({ member }) => member.record.account_id));
      return {
        name: group.name,
        kind: group.kind as CampaignTruth['kind'],
        account_ids: idsOf(group).filter((id) => acting.has(id)),
        first_exchange_at: iso((own[0] as Happening).at),
        exchange_count: own.length,
        account_exchange_count: group.happenings.length,
        share_of_exchanges: Math.round((10_000 * own.length) / total) / 10_000,
        hourly_cumulative: { start_at: iso(setting.start), counts: hourly(setting, own) },
      };
    });
}

/** How many there had been by the end of each hour of the world. */
function hourly(setting: Setting, own: readonly Happening[]): number[] {
  const counts = Array.from({ length: Math.round((setting.end - setting.start) / HOUR) }, () => 0);
  for (const { at } of own) {
    const hour = Math.floor((at - setting.start) / HOUR);
    counts[hour] = (counts[hour] ?? 0) + 1;
  }
  let sum = 0;
  return counts.map((count) => (sum += count));
}

export const lookAlikeTruths = (groups: readonly Group[]): Truth['lookalikes'] =>
  groups
    .filter(({ kind }) => kind === 'lookalike' || kind === 'resale')
    .map((group) => ({ name: group.name, account_ids: idsOf(group) }));
