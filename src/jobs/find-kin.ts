import type pg from 'pg';
import type { Campaign } from '../campaigns/campaign.ts';
import { parseCampaignId } from '../campaigns/campaign-id.ts';
import { relatedCampaigns, type Related } from '../campaigns/failover.ts';
import type { AccountKey } from '../campaigns/hit.ts';
import { lockCampaign, updateCampaign } from '../db/campaign.ts';
import { countActiveAccounts } from '../db/campaign-figures.ts';
import { readSharedMarks } from '../db/campaign-kin.ts';
import { writeEffects } from '../db/campaign-store.ts';
import { DAY_MS } from '../time-units.ts';

const POPULATION_MS = 2 * DAY_MS;

/** The known campaigns whose templates or instruments these accounts bear. */
export async function findKin(tx: pg.PoolClient, accounts: readonly AccountKey[], end: number): Promise<Related[]> {
  const marks = await readSharedMarks(tx, accounts, end);
  if (marks.length === 0) return [];
  const activeAccounts = await countActiveAccounts(tx, end - POPULATION_MS, end);
  return relatedCampaigns(marks, { size: accounts.length, activeAccounts });
}

/** Tells the threads of those campaigns that a new one took over from, where it goes on. */
export async function tellFailover(
  tx: pg.PoolClient,
  heir: Campaign,
  { actor, now }: { actor: string; now: number },
): Promise<void> {
  for (const { campaign, marks } of (heir.evidence.related ?? []).filter(({ failover }) => failover)) {
    const old = await lockCampaign(tx, parseCampaignId(campaign) ?? 0);
    if (old === undefined) continue;
    const note = `Its marks are in the accounts of ${heir.id}: ${marks} that hardly anybody else bears.`;
    const { severity, accountCount, families } = heir;
    const updated = await updateCampaign(tx, old, now);
    await writeEffects(
      tx,
      updated,
      [
        { type: 'audit', action: 'campaign.alert', reason: 'failover', detail: { heir: heir.id, marks } },
        {
          type: 'reply',
          reply: {
            type: 'alert',
            reason: 'failover',
            at: now,
            before: old.alerted,
            after: { severity, accountCount, families },
            note,
          },
        },
      ],
      { actor, now },
    );
  }
}
