import type pg from 'pg';
import type { Campaign } from '../campaigns/campaign.ts';
import {
  escalateCampaign,
  type EscalateRefusal,
  escalationFacts,
  escalationSeen,
  type Target,
} from '../campaigns/escalation.ts';
import type { Notice } from '../campaigns/notice.ts';
import { lockActions } from './action-freeze.ts';
import { campaignNumber, lockCampaign, updateCampaign } from './campaign.ts';
import { writeEffects } from './campaign-store.ts';
import { createEscalation, presentEscalations } from './escalation.ts';
import { enqueueEscalation } from './escalation-event.ts';
import { type Hold, placeHoldIn } from './legal-hold.ts';
import { enqueue } from './outbox.ts';
import { transaction } from './query.ts';

/** Who can be reached: what the configuration names. */
export interface EscalationPolicy {
  pagerduty: boolean;
  webhook: boolean;
  /** A channel, by name or id. */
  legal: string | undefined;
}

type Outcome =
  /** `hold`: the one that stood already, where there was one. */
  | { ok: true; campaign: Campaign; hold: Hold | undefined }
  | ({ ok: false; campaign: Campaign } & (EscalateRefusal | { reason: 'not_configured'; target: Target }))
  | { ok: false; reason: 'not_found' };

export interface EscalationStore {
  /** Those that are configured, the one that is meant where none is named before the others. */
  targets: readonly Target[];
  /** Campaign, escalation, hold, audit entry and all that is to be told, in one transaction. */
  escalate(
    number: number,
    wish: { target: Target; reason: string; link: string | null },
    by: { actor: string; now: number },
  ): Promise<Outcome>;
}

export function createEscalationStore(pool: pg.Pool, policy: EscalationPolicy): EscalationStore {
  const targets = (['pagerduty', 'webhook', 'legal'] as const).filter((target) => Boolean(policy[target]));
  return {
    targets,
    escalate: (number, { target, reason: why, link }, { actor, now }) =>
      transaction(pool, async (tx): Promise<Outcome> => {
        // Before the campaign, as whoever approves does.
        if (target === 'legal') await lockActions(tx);
        const campaign = await lockCampaign(tx, number);
        if (campaign === undefined) return { ok: false, reason: 'not_found' };
        const channel = target === 'legal' ? policy.legal : null;
        if (!targets.includes(target) || channel === undefined) {
          return { ok: false, reason: 'not_configured', target, campaign };
        }
        const present = (await presentEscalations(tx, number)).find((each) => each.target === target);
        const decision = escalateCampaign(campaign, { actor, now, target, why, present });
        if (!decision.ok) return { ...decision, campaign };
        const updated = await updateCampaign(tx, decision.campaign, now);
        await writeEffects(tx, updated, decision.effects, { actor, now });
        await openAlone(tx, updated, now);
        const escalation = await createEscalation(tx, {
          campaign: number,
          target,
          by: actor,
          at: now,
          reason: why,
          seen: escalationSeen(campaign),
          channel,
        });
        if (channel === null) {
          const facts = escalationFacts(updated, { reason: why, by: actor, at: now, link });
          await enqueueEscalation(tx, { escalation: escalation.number, kind: 'trigger', facts }, now);
          return { ok: true, campaign: updated, hold: undefined };
        }
        const placed = await placeHoldIn(tx, updated, { actor, now, reason: why });
        const payload: Notice = { type: 'legal', campaign: updated.id, by: actor, why, link, target: channel, at: now };
        const dedupKey = `legal:${escalation.number}:trigger`;
        await enqueue(tx, { kind: 'notice', dedupKey, payload, notBefore: now }, now);
        return { ok: true, campaign: updated, hold: placed.ok ? undefined : placed.hold };
      }),
  };
}

/** Told in a storm's message, it gets its own: the thread is to say that it was escalated. */
async function openAlone(tx: pg.PoolClient, campaign: Campaign, now: number): Promise<void> {
  if (campaign.alertedAt === null || campaign.post !== null) return;
  const root = { kind: 'campaign_root', campaign: campaignNumber(campaign) } as const;
  const dedupKey = `root:${campaign.id}:${campaign.version}:escalated`;
  await enqueue(tx, { ...root, dedupKey, payload: { opened: true }, notBefore: now }, now);
}
