import type pg from 'pg';
import type { Campaign } from '../campaigns/campaign.ts';
import type { Decision, Effect } from '../campaigns/effect.ts';
import { appendAudit } from './audit-entry.ts';
import { campaignNumber, lockCampaign, updateCampaign } from './campaign.ts';
import { followEscalations } from './follow-escalations.ts';
import { enqueue } from './outbox.ts';
import { type Database, transaction } from './query.ts';

type Outcome<Refusal extends { reason: string }> =
  | { ok: true; campaign: Campaign }
  | ({ ok: false; campaign: Campaign } & Refusal)
  | { ok: false; reason: 'not_found' };

export interface CampaignStore {
  /** Locks, decides and writes campaign, audit entry and outbox rows in one transaction. */
  transition<Refusal extends { reason: string }>(
    number: number,
    by: { actor: string; now: number },
    decide: (campaign: Campaign) => Decision<Refusal>,
  ): Promise<Outcome<Refusal>>;
  /** Queues the root message of an alerted campaign again, every ten seconds at most. */
  refresh(number: number, now: number): Promise<void>;
  /** Queues the message of a campaign that was told in a storm's; false where it was never alerted. */
  open(number: number, now: number): Promise<boolean>;
}

const REFRESH_MS = 10_000;

export function createCampaignStore(pool: pg.Pool): CampaignStore {
  return {
    transition: (number, by, decide) =>
      transaction(pool, async (tx) => {
        const campaign = await lockCampaign(tx, number);
        if (campaign === undefined) return { ok: false, reason: 'not_found' };
        const decision = decide(campaign);
        if (!decision.ok) return { ...decision, campaign };
        const updated = await updateCampaign(tx, decision.campaign, by.now);
        await writeEffects(tx, updated, decision.effects, by);
        return { ok: true, campaign: updated };
      }),

    refresh: (number, now) =>
      transaction(pool, async (tx) => {
        const campaign = await lockCampaign(tx, number);
        if (campaign === undefined || campaign.alertedAt === null) return;
        const dedupKey = `root:${campaign.id}:refresh:${Math.floor(now / REFRESH_MS)}`;
        await enqueue(tx, { kind: 'campaign_root', campaign: number, dedupKey, payload: {}, notBefore: now }, now);
      }),

    open: (number, now) =>
      transaction(pool, async (tx) => {
        const campaign = await lockCampaign(tx, number);
        if (campaign === undefined || campaign.alertedAt === null) return false;
        const root = { kind: 'campaign_root', campaign: number, dedupKey: `root:${campaign.id}:open` } as const;
        await enqueue(tx, { ...root, payload: { opened: true }, notBefore: now }, now);
        return true;
      }),
  };
}

/**
 * Writes a decision's effects beside the campaign's row, in the same transaction. The root message is queued with
 * them, and what those are to hear to whom the campaign was escalated; a campaign that was never alerted has no message
 * to keep true, so nothing is queued.
 */
export async function writeEffects(
  tx: Database,
  campaign: Campaign,
  effects: readonly Effect[],
  { actor, now }: { actor: string; now: number },
): Promise<void> {
  const number = campaignNumber(campaign);
  const key = `${campaign.id}:${campaign.version}`;
  if (campaign.alertedAt !== null) {
    const root = { kind: 'campaign_root', campaign: number, dedupKey: `root:${key}`, payload: {} } as const;
    await enqueue(tx, { ...root, notBefore: now }, now);
  }
  for (const [index, effect] of effects.entries()) {
    if (effect.type === 'audit') {
      const { action, reason, detail } = effect;
      await appendAudit(tx, { at: now, actor, action, subject: campaign.id, reason, detail });
    } else if (campaign.alertedAt !== null) {
      const reply = { kind: 'campaign_reply', campaign: number, dedupKey: `reply:${key}:${index}` } as const;
      await enqueue(tx, { ...reply, payload: effect.reply, notBefore: now }, now);
    }
  }
  await followEscalations(tx, campaign, { actor, now });
}
