import type pg from 'pg';
import { GONE, settleCampaign } from '../campaigns/containment.ts';
import { formatProposalId } from '../campaigns/proposal.ts';
import { countStopped, dropPending, readFailures, readTally } from '../db/action-ledger.ts';
import { lockCampaign, updateCampaign } from '../db/campaign.ts';
import { writeEffects } from '../db/campaign-store.ts';
import { closeProposal, finishProposal, type HeldProposal } from '../db/proposal.ts';
import { transaction } from '../db/query.ts';
import { auditProposal, tellProposal } from '../db/tell-proposal.ts';

const ACTOR = 'retort';

/** Every account has its outcome: says so in message and audit, and in the campaign's state where that follows. */
export function finishAction(pool: pg.Pool, held: HeldProposal, now: number): Promise<void> {
  const { proposal } = held;
  return transaction(pool, async (tx) => {
    // Before the proposal: whoever approves locks them in this order.
    const campaign = await lockCampaign(tx, proposal.campaign);
    if (!(await finishProposal(tx, held, now))) return;
    const tally = await readTally(tx, proposal.number);
    const failures = await readFailures(tx, proposal.number);
    const detail = { tally, failures: failures.map(({ reason, accounts }) => ({ reason, accounts })) };
    await auditProposal(tx, 'finish', proposal, { actor: ACTOR, now, reason: proposal.reason, detail });
    if (campaign !== undefined && !proposal.dryRun) {
      const decision = settleCampaign(campaign, {
        action: proposal.action,
        tally,
        gone: failures.find(({ reason }) => reason === GONE)?.accounts ?? 0,
        stopped: await countStopped(tx, proposal.campaign),
        by: proposal.proposedBy,
        proposal: formatProposalId(proposal.number),
      });
      if (decision.ok) {
        const updated = await updateCampaign(tx, decision.campaign, now);
        await writeEffects(tx, updated, decision.effects, { actor: ACTOR, now });
      }
    }
    await tellProposal(tx, proposal, `done:${now}`, now);
  });
}

/** Somebody who signed may not do so any more: nobody is touched. */
export function refuseAction(pool: pg.Pool, { proposal }: HeldProposal, now: number): Promise<void> {
  return transaction(pool, async (tx) => {
    const closing = { state: 'void', by: ACTOR, at: now, reason: 'role_lost' } as const;
    if (!(await closeProposal(tx, proposal.number, closing))) return;
    await dropPending(tx, proposal.number, { accounts: 'all', reason: 'role_lost', now });
    await auditProposal(tx, 'void', proposal, { actor: ACTOR, now, reason: 'role_lost' });
    await tellProposal(tx, proposal, 'void', now);
  });
}
