import { countIn, indexByAccount } from './by-account.ts';
import type { AccountKey } from './hit.ts';

/** A campaign that is still open, as matching sees it. */
export interface Known {
  number: number;
  accounts: ReadonlySet<AccountKey>;
  /** A person merged others into it: several groups may continue it. */
  joined?: boolean;
}

export interface Match {
  /** Index of the group. */
  group: number;
  /** The campaign that this group continues; undefined: it is new. */
  campaign?: number;
  /** Further campaigns whose accounts this group has swallowed: they merge into `campaign`. */
  absorbed: number[];
}

/** A group continues a campaign when it holds this share of the smaller of the two. */
const CONTINUES = 0.3;
/** A campaign is swallowed only when most of it lies in the group. */
const ABSORBS = 0.6;

/**
 * Which group continues which campaign: the largest overlap first, the older campaign on a tie; a group and a campaign
 * are matched at most once, so a split leaves the id with the larger part; but what people joined, several groups continue. Pure, and independent of the order of groups.
 */
export function matchCampaigns(groups: readonly ReadonlySet<AccountKey>[], known: readonly Known[]): Match[] {
  const campaignsOf = indexByAccount(known, ({ accounts }) => accounts);
  const overlaps = groups.flatMap((accounts, group) =>
    [...countIn(accounts, campaignsOf)].map(([campaign, count]) => ({ group, campaign, count, size: accounts.size })),
  );
  // Equal halves of a campaign are told apart by what they are, not by where they stand.
  const nameOf = (group: number): string => [...(groups[group] ?? [])].toSorted().join();
  const byName = (a: number, b: number): number => (a === b ? 0 : nameOf(a) < nameOf(b) ? -1 : 1);
  overlaps.sort((a, b) => b.count - a.count || a.campaign.number - b.campaign.number || byName(a.group, b.group));

  const matches = groups.map((_, group): Match => ({ group, absorbed: [] }));
  const taken = new Set<number>();
  const continued = new Set<number>();
  for (const { group, campaign, count, size } of overlaps) {
    const match = matches[group];
    if (match === undefined || taken.has(campaign.number)) continue;
    const share = count / Math.min(size, campaign.accounts.size);
    if (match.campaign === undefined && share >= CONTINUES) {
      match.campaign = campaign.number;
      continued.add(campaign.number);
      if (campaign.joined !== true) taken.add(campaign.number);
    } else if (
      match.campaign !== undefined &&
      !continued.has(campaign.number) &&
      count >= ABSORBS * campaign.accounts.size
    ) {
      match.absorbed.push(campaign.number);
      taken.add(campaign.number);
    }
  }
  return matches;
}
