import type pg from 'pg';
import sql from 'sql-template-tag';
import { z } from 'zod';
import type { Campaign } from '../campaigns/campaign.ts';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { lockActions } from './action-freeze.ts';
import { appendAudit } from './audit-entry.ts';
import { campaignNumber, lockCampaign } from './campaign.ts';
import { type Database, many, maybeOne, Timestamp, transaction } from './query.ts';

const Row = z
  .object({ placed_by: z.string(), placed_at: Timestamp, reason: z.string() })
  .transform((row) => ({ by: row.placed_by, at: row.placed_at, reason: row.reason }));
/** Who holds a campaign, since when and why. */
export type Hold = z.output<typeof Row>;

type By = { actor: string; now: number; reason: string };
type Outcome =
  | { ok: true }
  | { ok: false; reason: 'not_found' | 'not_held' }
  | { ok: false; reason: 'held'; hold: Hold };

/** The hold that lies on a campaign now. */
export function readHold(db: Database, campaign: number): Promise<Hold | undefined> {
  return maybeOne(
    db,
    Row,
    sql`select placed_by, placed_at, reason from legal_hold where campaign_id = ${campaign} and lifted_at is null`,
  );
}

const HeldRow = z
  .object({ campaign_id: z.number().int(), first_at: Timestamp })
  .transform((row) => ({ campaign: formatCampaignId(row.campaign_id), firstAt: row.first_at }));

/** Campaigns that are held now, with their first exchange, the earliest first. */
export function readHeldCampaigns(db: Database): Promise<z.output<typeof HeldRow>[]> {
  return many(
    db,
    HeldRow,
    sql`
      select h.campaign_id, coalesce(c.first_exchange_at, c.created_at) as first_at
      from legal_hold h join campaign c on c.campaign_id = h.campaign_id
      where h.lifted_at is null order by first_at, h.campaign_id`,
  );
}

/** Keeps everyone's hands off a campaign's accounts: evidence is preserved, and nobody is tipped off. */
export function placeHold(pool: pg.Pool, number: number, by: By): Promise<Outcome> {
  return transaction(pool, async (tx) => {
    await lockActions(tx);
    const campaign = await lockCampaign(tx, number);
    return campaign === undefined ? { ok: false, reason: 'not_found' } : placeHoldIn(tx, campaign, by);
  });
}

/** The same, in a transaction that has locked actions and the campaign. */
export async function placeHoldIn(
  tx: Database,
  campaign: Pick<Campaign, 'id'>,
  { actor, now, reason }: By,
): Promise<{ ok: true } | { ok: false; reason: 'held'; hold: Hold }> {
  const number = campaignNumber(campaign);
  const hold = await readHold(tx, number);
  if (hold !== undefined) return { ok: false, reason: 'held', hold };
  await tx.query(
    sql`insert into legal_hold (campaign_id, placed_by, placed_at, reason)
        values (${number}, ${actor}, ${new Date(now)}, ${reason})`,
  );
  await appendAudit(tx, { at: now, actor, action: 'hold.place', subject: campaign.id, reason });
  return { ok: true };
}

/** Whoever comes from a held campaign into another stays out of reach there: that is held as well. */
export async function carryHold(
  tx: Database,
  { from, to }: Record<'from' | 'to', Pick<Campaign, 'id'>>,
  { actor, now }: Omit<By, 'reason'>,
): Promise<void> {
  const hold = await readHold(tx, campaignNumber(from));
  if (hold !== undefined) await placeHoldIn(tx, to, { actor, now, reason: `${from.id} is held: ${hold.reason}` });
}

export function liftHold(pool: pg.Pool, campaign: number, { actor, now, reason }: By): Promise<Outcome> {
  return transaction(pool, async (tx) => {
    await lockActions(tx);
    if ((await lockCampaign(tx, campaign)) === undefined) return { ok: false, reason: 'not_found' };
    const hold = await readHold(tx, campaign);
    if (hold === undefined) return { ok: false, reason: 'not_held' };
    await tx.query(
      sql`update legal_hold set lifted_by = ${actor}, lifted_at = ${new Date(now)}, lifted_reason = ${reason}
          where campaign_id = ${campaign} and lifted_at is null`,
    );
    const detail = { placedBy: hold.by };
    await appendAudit(tx, { at: now, actor, action: 'hold.lift', subject: formatCampaignId(campaign), reason, detail });
    return { ok: true };
  });
}
