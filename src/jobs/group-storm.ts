import type pg from 'pg';
import { mayBeGrouped, type StormRule } from '../campaigns/storm.ts';
import { loadCampaign } from '../db/campaign.ts';
import { type Delivery, markGrouped } from '../db/outbox.ts';
import { transaction } from '../db/query.ts';
import { enqueueStorm, joinStorm, stormOf } from '../db/storm.ts';

/** Somebody asked for this campaign's own message. */
const isAsked = ({ payload }: Delivery): boolean => payload['opened'] === true;

/**
 * Whether a campaign's first message is told in a storm's instead; then the row is done. A storm's message is queued
 * anew whenever one of its campaigns changed.
 */
export function groupStorm(pool: pg.Pool, row: Delivery, rule: StormRule | undefined, now: number): Promise<boolean> {
  const { campaign: number, kind } = row;
  if (rule === undefined || kind !== 'campaign_root' || number === null) return Promise.resolve(false);
  return transaction(pool, async (tx) => {
    const campaign = await loadCampaign(tx, number);
    if (campaign === undefined) return false;
    const alone = isAsked(row) || !mayBeGrouped(campaign);
    const storm = alone ? await stormOf(tx, number) : await joinStorm(tx, number, rule, now);
    if (storm !== undefined) await enqueueStorm(tx, storm, row.dedupKey, now);
    if (alone || storm === undefined) return false;
    return markGrouped(tx, row, now);
  });
}
