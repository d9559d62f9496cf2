import type pg from 'pg';
import type { Effect } from '../campaigns/effect.ts';
import type { EscalationOutcome } from '../campaigns/settle-escalation.ts';
import { lockCampaign, updateCampaign } from '../db/campaign.ts';
import { writeEffects } from '../db/campaign-store.ts';
import { markEscalation } from '../db/escalation.ts';
import { dropEscalation, type HeldEvent, keepEscalation } from '../db/escalation-event.ts';
import { transaction } from '../db/query.ts';

const ACTOR = 'retort';

/** Writes what came of an event; what arrived, and what never will, stands in message, thread and audit too. */
export function finishEscalation(pool: pg.Pool, held: HeldEvent, outcome: EscalationOutcome, now: number) {
  return transaction(pool, async (tx) => {
    // Before the event: whoever decides on a campaign writes them in this order.
    const campaign = await lockCampaign(tx, held.campaign);
    if (!(await keepEscalation(tx, held, outcome, now))) return;
    if (outcome.state === 'pending' || campaign === undefined) return;
    if (outcome.state === 'dead' && held.kind === 'trigger') {
      await markEscalation(tx, held.escalation, 'fail', now);
      await dropEscalation(tx, held.escalation, now);
    }
    const updated = await updateCampaign(tx, campaign, now);
    await writeEffects(tx, updated, effectsOf(held, outcome, now), { actor: ACTOR, now });
  });
}

function effectsOf(
  { target, kind, attempt }: HeldEvent,
  outcome: Exclude<EscalationOutcome, { state: 'pending' }>,
  now: number,
): Effect[] {
  const detail = { target, event: kind, attempts: attempt };
  if (outcome.state === 'sent') return [{ type: 'audit', action: 'escalation.deliver', reason: 'taken', detail }];
  const { error } = outcome;
  return [
    { type: 'audit', action: 'escalation.give_up', reason: error, detail },
    { type: 'reply', reply: { type: 'not_told', at: now, target, event: kind, error } },
  ];
}
