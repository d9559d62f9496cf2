import { areSame, countIn, indexByAccount } from './by-account.ts';
import type { AccountKey } from './hit.ts';
import { type BestEvidence, isFaint, isFarWeaker } from './is-as-good.ts';

/** A group of this look, as matching sees it: the accounts that are sure to belong, and how strong it is. */
export interface Found {
  accounts: ReadonlySet<AccountKey>;
  typicalTie: number;
  confidence: number;
}

/** A campaign that is still open, as matching sees it. */
export interface Known extends BestEvidence {
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
  /** Stronger evidence of its accounts is at hand, or was: it opens no campaign, merges none, and takes nobody in. */
  weak: boolean;
}

/** A campaign is swallowed only when most of it lies in the group. */
const ABSORBS = 0.6;

/** A group and a campaign with accounts in common. */
interface Overlap {
  group: number;
  campaign: Known;
  count: number;
  /** Both are about the same accounts: the group may continue the campaign. */
  isLarge: boolean;
}

/**
 * Which group continues which campaign: the largest overlap first, the older campaign on a tie; a group and a campaign
 * are matched at most once, so a split leaves the id with the larger part; but what people joined, several groups continue.
 * A group that is faint for its accounts comes last. Pure, and independent of the order of groups.
 */
export function matchCampaigns(groups: readonly Found[], known: readonly Known[]): Match[] {
  const campaignsOf = indexByAccount(known, ({ accounts }) => accounts);
  const overlaps = groups.flatMap(({ accounts }, group) =>
    [...countIn(accounts, campaignsOf)].map(([campaign, count]): Overlap => {
      return { group, campaign, count, isLarge: areSame(count, accounts, campaign.accounts) };
    }),
  );
  // Equal halves of a campaign are told apart by what they are, not by where they stand.
  const nameOf = (group: number): string => [...(groups[group]?.accounts ?? [])].toSorted().join();
  const byName = (a: number, b: number): number => (a === b ? 0 : nameOf(a) < nameOf(b) ? -1 : 1);
  overlaps.sort((a, b) => b.count - a.count || a.campaign.number - b.campaign.number || byName(a.group, b.group));

  const matches = groups.map((_, group): Match => ({ group, absorbed: [], weak: false }));
  const taken = new Set<number>();
  const continued = new Set<number>();
  const claim = (some: readonly Overlap[]): void => {
    for (const { group, campaign, count, isLarge } of some) {
      const match = matches[group];
      if (match === undefined || taken.has(campaign.number)) continue;
      if (match.campaign === undefined && isLarge) {
        match.campaign = campaign.number;
        match.weak ||= campaign.joined !== true && isFarWeaker(groups[group] as Found, campaign);
        continued.add(campaign.number);
        if (campaign.joined !== true) taken.add(campaign.number);
      } else if (
        match.campaign !== undefined &&
        !match.weak &&
        !continued.has(campaign.number) &&
        count >= ABSORBS * campaign.accounts.size
      ) {
        match.absorbed.push(campaign.number);
        taken.add(campaign.number);
      }
    }
  };

  const faint = overlaps.filter(
    // What people joined is more than any group of it: each speaks of a part.
    ({ group, campaign, isLarge }) => isLarge && campaign.joined !== true && isFaint(groups[group] as Found, campaign),
  );
  const late = new Set(faint.map(({ group }) => group));
  claim(overlaps.filter(({ group }) => !late.has(group)));
  // What another group has taken is not what these accounts are: only what nobody has taken outweighs them.
  const left = faint.filter(({ campaign }) => !taken.has(campaign.number));
  const weak = new Set(left.map(({ group }) => group));
  for (const group of weak) (matches[group] as Match).weak = true;
  claim(left);
  claim(overlaps.filter(({ group }) => late.has(group) && !weak.has(group)));
  return matches;
}
