import type pg from 'pg';
import { withoutExceptions } from '../campaigns/exception.ts';
import type { AccountKey, Hit } from '../campaigns/hit.ts';
import { lockCampaign, updateCampaign } from '../db/campaign.ts';
import { readMembers, readOpenMemberships, removeMembers } from '../db/campaign-account.ts';
import { writeEffects } from '../db/campaign-store.ts';
import { endExpired, readExceptedAccounts, readExceptedTraits } from '../db/exception-entry.ts';
import { transaction } from '../db/query.ts';

export interface Applied {
  /** What is left. */
  hits: Hit[];
  /** Accounts and hits that were left out. */
  accounts: number;
  traits: number;
}

/**
 * Leaves what is known to be good out of the hits and out of open campaigns. An entry that has ended leaves nothing out
 * any more: what it covered is found again by this very run. `dryRun`: nothing is written.
 */
export async function applyExceptions(
  pool: pg.Pool,
  hits: readonly Hit[],
  { now, dryRun }: { now: number; dryRun: boolean },
): Promise<Applied> {
  if (!dryRun) await transaction(pool, async (tx) => endExpired(tx, now));
  const accounts = await readExceptedAccounts(pool, now);
  const traits = await readExceptedTraits(pool, now);
  if (!dryRun && accounts.size > 0) {
    for (const [campaign, members] of await readOpenMemberships(pool)) {
      const leaving = [...members].filter((account) => accounts.has(account));
      if (leaving.length > 0) await leaveCampaign(pool, campaign, leaving, now);
    }
  }
  const found = new Set(hits.flatMap((hit) => hit.accounts.filter((account) => accounts.has(account))));
  const left = withoutExceptions(hits, { accounts, traits });
  return { hits: left, accounts: found.size, traits: hits.filter((hit) => traits.has(hit.trait)).length };
}

/** With its message told anew: a ban that was prepared from it must not touch who is known to be good. */
function leaveCampaign(pool: pg.Pool, number: number, accounts: readonly AccountKey[], now: number): Promise<void> {
  return transaction(pool, async (tx) => {
    const campaign = await lockCampaign(tx, number);
    if (campaign === undefined || campaign.status === 'merged') return;
    const removed = await removeMembers(tx, number, accounts, now);
    const accountCount = (await readMembers(tx, number)).length;
    const updated = await updateCampaign(tx, { ...campaign, accountCount }, now);
    await writeEffects(
      tx,
      updated,
      [{ type: 'audit', action: 'campaign.except', reason: 'known to be good', detail: { accounts: removed } }],
      { actor: 'retort', now },
    );
  });
}
