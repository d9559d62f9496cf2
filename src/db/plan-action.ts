import { setImmediate } from 'node:timers/promises';
import { digestOf, type ListedAccount, sortAccounts } from '../campaigns/account-list.ts';
import type { Imposed } from '../campaigns/action.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import type { Standing } from '../campaigns/judge-proposal.ts';
import { type Proposal, RETRY_WINDOW_MS } from '../campaigns/proposal.ts';
import {
  type AccountFigures,
  describeAccounts,
  type Scope,
  selectAccounts,
  type Selection,
} from '../campaigns/select-accounts.ts';
import { readRestorable } from './action-ledger.ts';
import { campaignNumber } from './campaign.ts';
import { readCandidates } from './campaign-account.ts';
import { readExceptedAccounts } from './exception-entry.ts';
import { readFreeze } from './action-freeze.ts';
import { readHold } from './legal-hold.ts';
import type { Database } from './query.ts';

/** What a person wants done: to a campaign's accounts, or taken back from all (`null`) or some. */
export type Wish = { action: Imposed; scope: Scope } | { action: 'restore'; chosen: readonly string[] | null };

/** Exactly whom a wish would touch now. */
export interface ActionPlan {
  accounts: ListedAccount[];
  digest: string;
  leftOut: Selection['leftOut'];
  /** Undefined for restoring. */
  figures: AccountFigures | undefined;
  /** Accounts that were named and cannot be taken back. */
  strangers: string[];
}

const NOBODY_LEFT_OUT: Selection['leftOut'] = { review: 0, excepted: [], already: 0, underWay: 0 };

/** `restorableSince`: what was done before is past undoing. */
export async function planAction(
  db: Database,
  campaign: number,
  wish: Wish,
  { now, restorableSince }: { now: number; restorableSince: number },
): Promise<ActionPlan> {
  if (wish.action === 'restore') {
    const all = await readRestorable(db, campaign, restorableSince);
    const { chosen } = wish;
    const accounts = sortAccounts(chosen === null ? all : all.filter(({ accountId }) => chosen.includes(accountId)));
    const known = new Set(all.map(({ accountId }) => accountId));
    const strangers = (chosen ?? []).filter((id) => !known.has(id));
    return { accounts, digest: digestOf(accounts), leftOut: NOBODY_LEFT_OUT, figures: undefined, strangers };
  }
  const excepted = await readExceptedAccounts(db, now);
  const candidates = await readCandidates(db, campaign, { excepted, unknownSince: now - RETRY_WINDOW_MS });
  // Between two steps over all of 25,000, whoever else asks is let in.
  await setImmediate();
  const { accounts, leftOut } = selectAccounts(candidates, wish.action, wish.scope);
  await setImmediate();
  const digest = digestOf(accounts);
  await setImmediate();
  return { accounts, digest, leftOut, figures: describeAccounts(accounts, now), strangers: [] };
}

/** The wish behind a proposal, to ask again whom it would touch. */
export function wishOf({ action, scope }: Pick<Proposal, 'action' | 'scope'>, listed: readonly ListedAccount[]): Wish {
  if (action === 'restore') {
    return { action, chosen: scope === 'chosen' ? listed.map(({ accountId }) => accountId) : null };
  }
  return { action, scope: scope === 'with_review' ? 'with_review' : 'members' };
}

/** What may stand in the way of an action on this campaign. */
export async function readStanding(db: Database, campaign: Pick<Campaign, 'id' | 'status'>): Promise<Standing> {
  const freeze = await readFreeze(db);
  const hold = await readHold(db, campaignNumber(campaign));
  return { status: campaign.status, freeze: freeze ?? null, hold: hold ?? null };
}
