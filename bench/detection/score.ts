import { HOUR } from '../worlds/kinds.ts';
import type { CampaignTruth, Truth } from '../worlds/output/truth.ts';
import type { Report } from './replay-world.ts';

/** What a world must come out as. */
const RULES = {
  precision: 0.99,
  recall: 0.95,
  /** The first alert comes before this share of a campaign's exchanges, or within these hours of its first. */
  share: 0.05,
  hours: 24,
  /** A report with less of its accounts than this in campaigns is false. */
  guiltyShare: 0.5,
  /** A report with this much of each of two campaigns has merged them. */
  mergedShare: 0.2,
};

interface CampaignScore {
  name: string;
  accounts: number;
  recall: number;
  /** From its first exchange to its first alert; undefined where there was none. */
  hours: number | undefined;
  /** What it had got by then, of all it got. */
  share: number;
}

export interface Verdict extends Reality {
  confidence: number;
}

export interface Score {
  holds: boolean;
  reasons: string[];
  /** Of the accounts in reports of extraction, how many are a campaign's; undefined where none is reported. */
  precision: number | undefined;
  recall: number | undefined;
  campaigns: CampaignScore[];
  falseCampaigns: string[];
  /** Innocent accounts in reports of extraction, by the look-alike that they belong to. */
  accused: Record<string, number>;
  /** Every report's confidence, and whether it is what it says. */
  verdicts: Verdict[];
}

/** The share of a campaign's exchanges made before a moment, from its hourly sums. */
export function shareBefore({ hourly_cumulative: { start_at, counts } }: CampaignTruth, at: number): number {
  const hours = (at - Date.parse(start_at)) / HOUR;
  const total = counts.at(-1) ?? 0;
  if (total === 0 || hours <= 0) return 0;
  const hour = Math.min(Math.floor(hours), counts.length - 1);
  const before = counts[hour - 1] ?? 0;
  const within = ((counts[hour] ?? 0) - before) * Math.min(1, hours - hour);
  return Math.min(1, (before + within) / total);
}

const common = (ids: Iterable<string>, set: ReadonlySet<string>): number => {
  let count = 0;
  for (const id of new Set(ids)) if (set.has(id)) count += 1;
  return count;
};

export interface Reality {
  /** Of what it says: at least half of its accounts are a campaign's, or a resale network's. */
  real: boolean;
  /** Of either. */
  either: boolean;
}

/** Whether a report is what it says, or at least no innocents'. */
export function realityOf(truth: Truth): (report: Pick<Report, 'kind' | 'account_ids'>) => Reality {
  const accounts = (campaigns: readonly CampaignTruth[]) =>
    new Set(campaigns.flatMap(({ account_ids }) => account_ids));
  const extraction = truth.campaigns.filter(({ kind }) => kind === 'extraction');
  const dealers = extraction.filter((one) => one.account_exchange_count > one.exchange_count);
  const guilty = accounts(extraction);
  const sellers = accounts([...truth.campaigns.filter(({ kind }) => kind === 'resale'), ...dealers]);
  const either = new Set([...guilty, ...sellers]);
  const lieIn = (ids: readonly string[], set: ReadonlySet<string>) =>
    ids.length > 0 && common(ids, set) >= RULES.guiltyShare * new Set(ids).size;
  return ({ kind, account_ids }) => ({
    real: lieIn(account_ids, kind === 'extraction' ? guilty : sellers),
    either: lieIn(account_ids, either),
  });
}

/** What a replay reported against what is true of its world. */
export function scoreReplay(truth: Truth, reports: readonly Report[]): Score {
  const named = truth.campaigns.map((campaign) => ({ ...campaign, set: new Set(campaign.account_ids) }));
  const extraction = named.filter(({ kind }) => kind === 'extraction');
  const resale = named.filter(({ kind }) => kind === 'resale');
  const guilty = new Set(extraction.flatMap(({ account_ids }) => account_ids));
  const classOf = new Map(
    truth.lookalikes.flatMap(({ name, account_ids }) => account_ids.map((id) => [id, name] as const)),
  );

  const accusations = reports.filter(({ kind }) => kind === 'extraction');
  const reality = realityOf(truth);
  const isReal = (report: Report): boolean => reality(report).real;
  const real = accusations.filter(isReal).map((report) => {
    const covered = extraction.map(({ set }) => common(report.account_ids, set) / set.size);
    return {
      report,
      best: extraction[covered.indexOf(Math.max(...covered))]?.name,
      merged: extraction.filter((_, at) => (covered[at] as number) >= RULES.mergedShare).map(({ name }) => name),
    };
  });

  const accusedIds = new Set(accusations.flatMap(({ account_ids }) => account_ids));
  const accused: Record<string, number> = {};
  for (const id of accusedIds) {
    if (guilty.has(id)) continue;
    const name = classOf.get(id) ?? 'population';
    accused[name] = (accused[name] ?? 0) + 1;
  }
  const campaigns = extraction.map((campaign): CampaignScore => {
    const mine = real.filter(({ best }) => best === campaign.name).map(({ report }) => report);
    const found = common(
      mine.flatMap(({ account_ids }) => account_ids),
      campaign.set,
    );
    const alerts = mine.flatMap(({ alerted_at }) => (alerted_at === null ? [] : [Date.parse(alerted_at)]));
    const alert = alerts.length === 0 ? undefined : Math.min(...alerts);
    return {
      name: campaign.name,
      accounts: campaign.set.size,
      recall: found / campaign.set.size,
      hours: alert === undefined ? undefined : (alert - Date.parse(campaign.first_exchange_at)) / HOUR,
      share: alert === undefined ? 1 : shareBefore(campaign, alert),
    };
  });

  const precision = accusedIds.size === 0 ? undefined : common(accusedIds, guilty) / accusedIds.size;
  const total = campaigns.reduce((sum, { accounts }) => sum + accounts, 0);
  const falseCampaigns = accusations.filter((report) => !isReal(report)).map(({ id }) => id);
  const miscalled = resale.filter(({ set }) =>
    accusations.some(({ account_ids }) => {
      const shared = common(account_ids, set);
      return account_ids.length > 0 && (shared >= 0.5 * new Set(account_ids).size || shared >= 0.2 * set.size);
    }),
  );
  const falseResale = reports.filter((report) => report.kind === 'resale' && !isReal(report)).length;
  const reasons = [
    ...(precision !== undefined && precision < RULES.precision ? [`precision ${precision.toFixed(3)}`] : []),
    ...campaigns.flatMap(complaints),
    ...(falseCampaigns.length > 0 ? [`${falseCampaigns.length} false`] : []),
    ...real
      .filter(({ merged }) => merged.length > 1)
      .map(({ report, merged }) => `${report.id} merges ${merged.join(' and ')}`),
    ...miscalled.map(({ name }) => `${name} called extraction`),
    ...(truth.must_not_alert && falseResale > 0 ? [`${falseResale} false resale`] : []),
  ];
  return {
    holds: reasons.length === 0,
    reasons,
    precision,
    recall: total === 0 ? undefined : campaigns.reduce((sum, one) => sum + one.recall * one.accounts, 0) / total,
    campaigns,
    falseCampaigns,
    accused,
    verdicts: reports.map((report) => ({ confidence: report.confidence, ...reality(report) })),
  };
}

function complaints({ name, recall, hours, share }: CampaignScore): string[] {
  const found = recall < RULES.recall ? [`${name}: recall ${recall.toFixed(3)}`] : [];
  if (hours === undefined) return [...found, `${name}: no alert`];
  const late = share >= RULES.share && hours > RULES.hours;
  return late ? [...found, `${name}: alert after ${(100 * share).toFixed(1)} % and ${hours.toFixed(1)} h`] : found;
}
