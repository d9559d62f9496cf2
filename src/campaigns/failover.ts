import type { Evidence, Status } from './campaign.ts';

export type Related = NonNullable<Evidence['related']>[number];

/** A mark (a template, an instrument) of a group that accounts of an earlier campaign bear too. */
export interface SharedMark {
  /** As people write it: `C-12`. */
  campaign: string;
  status: Status;
  /** The campaign's accounts, and how many of them are banned or suspended. */
  members: number;
  stopped: number;
  /** How many accounts bear the mark: of the group, of the campaign, and of everyone else in the window. */
  inGroup: number;
  inCampaign: number;
  outside: number;
}

/** A mark tells two campaigns' kinship when so many of both bear it, and hardly anybody else does. */
const MARK_SHARE = 0.3;
const MARK_BASE_RATE = 0.02;
/** Most accounts stopped: what comes after took over. */
const STOPPED_SHARE = 0.5;
const FRESH_ACCOUNTS = 5;

/** The earlier campaigns that a group of `size` accounts continues or resembles, those that it took over from first. */
export function relatedCampaigns(
  marks: readonly SharedMark[],
  { size, activeAccounts }: { size: number; activeAccounts: number },
): Related[] {
  const related = new Map<string, Related>();
  for (const mark of marks) {
    const rare = mark.outside + 1 <= MARK_BASE_RATE * (activeAccounts + 2);
    const shared = mark.inGroup >= MARK_SHARE * size && mark.inCampaign >= MARK_SHARE * mark.members;
    if (!rare || !shared) continue;
    const known = related.get(mark.campaign);
    const failover = mark.status === 'contained' || wasStopped(mark);
    related.set(mark.campaign, { campaign: mark.campaign, marks: (known?.marks ?? 0) + 1, failover });
  }
  return [...related.values()].toSorted((a, b) => Number(b.failover) - Number(a.failover) || b.marks - a.marks);
}

function wasStopped({ members, stopped }: { members: number; stopped: number }): boolean {
  return members > 0 && stopped >= STOPPED_SHARE * members;
}

/** Whether a campaign most of whose accounts were stopped goes on in fresh ones of its own. */
export function tookOver(before: { members: number; stopped: number }, added: number): boolean {
  return wasStopped(before) && added >= FRESH_ACCOUNTS;
}

/** Whether most of a group was stopped with a campaign that is known: the last of its traffic is nothing new. */
export function isOldNews(size: number, stoppedKnown: number): boolean {
  return wasStopped({ members: size, stopped: stoppedKnown });
}
