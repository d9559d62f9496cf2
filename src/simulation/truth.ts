import { HOUR } from './rhythm.ts';

export type CampaignKind = 'extraction' | 'resale';

/** What really happened in a world, by which reports on it are scored. */
export interface Truth {
  scenario: string;
  description: string;
  seed: string;
  scale: number;
  start_at: string;
  end_at: string;
  /** Different, valid exchanges. Every line of the file is one of these, a duplicate, or malformed. */
  exchanges: number;
  duplicates: number;
  malformed: number;
  late: number;
  accounts: number;
  campaigns: CampaignTruth[];
  lookalikes: { name: string; account_ids: string[] }[];
  /** Nothing in this world deserves an alert of kind `extraction`. */
  must_not_alert: boolean;
}

export interface CampaignTruth {
  name: string;
  kind: CampaignKind;
  account_ids: string[];
  first_exchange_at: string | null;
  /** Its own work, and all that its accounts did, unrelated customers' requests included. */
  exchange_count: number;
  account_exchange_count: number;
  share_of_exchanges: number;
  hourly_cumulative: { start_at: string; counts: number[] };
}

/** Counts one campaign's exchanges as they happen. */
export class CampaignTally {
  private readonly name: string;
  private readonly kind: CampaignKind;
  private readonly accountIds: string[];
  private readonly startAt: number;
  private readonly hourly: number[];
  private firstAt: number | undefined;
  private own = 0;
  private all = 0;

  constructor(name: string, kind: CampaignKind, accountIds: string[], startAt: number, endAt: number) {
    this.name = name;
    this.kind = kind;
    this.accountIds = accountIds;
    this.startAt = startAt;
    this.hourly = Array.from({ length: Math.ceil((endAt - startAt) / HOUR) }, () => 0);
  }

  add(at: number, campaignWork: boolean): void {
    this.all++;
    if (!campaignWork) return;
    this.own++;
    this.firstAt ??= at;
    const hour = Math.floor((at - this.startAt) / HOUR);
    this.hourly[hour] = (this.hourly[hour] ?? 0) + 1;
  }

  read(exchanges: number): CampaignTruth {
    let sum = 0;
    return {
      name: this.name,
      kind: this.kind,
      account_ids: this.accountIds,
      first_exchange_at: this.firstAt === undefined ? null : new Date(this.firstAt).toISOString(),
      exchange_count: this.own,
      account_exchange_count: this.all,
      share_of_exchanges: exchanges === 0 ? 0 : Number((this.own / exchanges).toFixed(4)),
      hourly_cumulative: {
        start_at: new Date(this.startAt).toISOString(),
        counts: this.hourly.map((count) => (sum += count)),
      },
    };
  }
}
