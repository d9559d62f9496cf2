import type pg from 'pg';
import { type Proposal, RETRY_WINDOW_MS } from '../campaigns/proposal.ts';
import { blockedBy, type Blocked } from '../campaigns/judge-proposal.ts';
import { dropPending, retryLedger } from './action-ledger.ts';
import { loadCampaign } from './campaign.ts';
import { lockActions } from './action-freeze.ts';
import { readStanding } from './plan-action.ts';
import {
  closeProposal,
  lockProposal,
  noteStopped,
  openProposal,
  overdueProposals,
  reopenProposal,
} from './proposal.ts';
import { type Database, transaction } from './query.ts';
import { auditProposal, tellProposal } from './tell-proposal.ts';

type By = { actor: string; now: number; reason: string };

type Outcome<Refusal> =
  | { ok: true; proposal: Proposal; accounts: number }
  | { ok: false; reason: 'not_found' }
  | ({ ok: false; proposal: Proposal } & Refusal);

/** Ends a proposal that waits; its proposer withdraws it so. */
export function rejectProposal(
  pool: pg.Pool,
  number: number,
  { actor, now, reason }: By,
): Promise<Outcome<{ reason: 'closed' }>> {
  return change(pool, number, async (tx, proposal) => {
    const closing = { state: 'rejected', by: actor, at: now, reason } as const;
    if (proposal.state !== 'proposed' || !(await closeProposal(tx, number, closing))) {
      return { ok: false, proposal, reason: 'closed' };
    }
    await auditProposal(tx, 'reject', proposal, { actor, now, reason });
    await tellProposal(tx, proposal, 'rejected', now);
    return { ok: true, proposal, accounts: proposal.accountCount };
  });
}

/** Stops an execution: what was not sent yet will not be; what was sent is still asked for its outcome. */
export function stopProposal(
  pool: pg.Pool,
  number: number,
  { actor, now, reason }: By,
): Promise<Outcome<{ reason: 'closed' }>> {
  return change(pool, number, async (tx, proposal) => {
    if (proposal.state !== 'approved' && proposal.state !== 'executing')
      return { ok: false, proposal, reason: 'closed' };
    const accounts = await dropPending(tx, number, { accounts: 'all', reason: 'stopped', now });
    await noteStopped(tx, number, { by: actor, at: now, reason });
    await auditProposal(tx, 'stop', proposal, { actor, now, reason, detail: { unsent: accounts } });
    await tellProposal(tx, proposal, `stopped:${now}`, now);
    return { ok: true, proposal, accounts };
  });
}

export type RetryRefusal = Blocked | { reason: 'not_done' | 'too_late' | 'nothing' } | { reason: 'open_proposal' };

/** Asks again for what failed, under the approval that was given and the same keys. */
export function retryProposal(
  pool: pg.Pool,
  number: number,
  { actor, now, reason }: By,
): Promise<Outcome<RetryRefusal>> {
  return change<RetryRefusal>(pool, number, async (tx, proposal) => {
    if (proposal.state !== 'done' || proposal.finishedAt === null) return { ok: false, proposal, reason: 'not_done' };
    const approvedAt = proposal.approvals.at(-1)?.at ?? proposal.proposedAt;
    if (now - approvedAt > RETRY_WINDOW_MS) return { ok: false, proposal, reason: 'too_late' };
    const campaign = await loadCampaign(tx, proposal.campaign);
    if (campaign === undefined) return { ok: false, reason: 'not_found' };
    const blocked = blockedBy(proposal.action, await readStanding(tx, campaign));
    if (blocked !== undefined) return { ok: false, proposal, ...blocked };
    if ((await openProposal(tx, proposal.campaign)) !== undefined)
      return { ok: false, proposal, reason: 'open_proposal' };
    const accounts = await retryLedger(tx, number);
    if (accounts === 0) return { ok: false, proposal, reason: 'nothing' };
    await reopenProposal(tx, number, now);
    await auditProposal(tx, 'retry', proposal, { actor, now, reason, detail: { retried: accounts } });
    await tellProposal(tx, proposal, `retry:${now}`, now);
    return { ok: true, proposal, accounts };
  });
}

/** Ends proposals that nobody approved in time; returns how many. */
export async function expireProposals(pool: pg.Pool, now: number): Promise<number> {
  let expired = 0;
  for (const number of await overdueProposals(pool, now)) {
    const outcome = await change(pool, number, async (tx, proposal) => {
      const closing = { state: 'expired', by: 'retort', at: now, reason: 'expired' } as const;
      if (proposal.state !== 'proposed' || !(await closeProposal(tx, number, closing))) {
        return { ok: false, proposal, reason: 'closed' };
      }
      await auditProposal(tx, 'expire', proposal, { actor: 'retort', now, reason: 'expired' });
      await tellProposal(tx, proposal, 'expired', now);
      return { ok: true, proposal, accounts: 0 };
    });
    if (outcome.ok) expired += 1;
  }
  return expired;
}

function change<Refusal>(
  pool: pg.Pool,
  number: number,
  work: (tx: Database, proposal: Proposal) => Promise<Outcome<Refusal>>,
): Promise<Outcome<Refusal>> {
  return transaction(pool, async (tx) => {
    await lockActions(tx);
    const proposal = await lockProposal(tx, number);
    return proposal === undefined ? { ok: false, reason: 'not_found' } : work(tx, proposal);
  });
}
