import type pg from 'pg';
import { STATUS_AFTER } from '../campaigns/action.ts';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { blockedBy } from '../campaigns/judge-proposal.ts';
import { type BatchAnswer, type RowOutcome, settleBatch } from '../campaigns/settle-batch.ts';
import { markStatus } from '../db/account.ts';
import { type Batch, dropPending, nextDue, readPending, settleRows, takeBatch } from '../db/action-ledger.ts';
import { loadCampaign } from '../db/campaign.ts';
import { readExceptedAccounts } from '../db/exception-entry.ts';
import { readStanding } from '../db/plan-action.ts';
import { beginProposal, type HeldProposal, releaseProposal, renewProposal } from '../db/proposal.ts';
import { type Database, transaction } from '../db/query.ts';
import { tellProposal } from '../db/tell-proposal.ts';

/** What is to be done next with a proposal. */
export type Step =
  | { kind: 'batch'; batch: Batch }
  /** Every account has its outcome. */
  | { kind: 'finished' }
  /** Let go until later: nothing is due, or something stands in the way. */
  | { kind: 'released' }
  /** Another worker has it. */
  | { kind: 'lost' };

export interface StepOptions {
  now: number;
  leaseMs: number;
  /** Accounts in a batch. */
  most: number;
  blockedMs: number;
  /** Whether there is anyone to send it to. */
  isConnected: boolean;
}

/** How often a message's numbers move. */
const TELL_MS = 5_000;

/**
 * Takes the next batch under the lease, if nothing forbids it: freeze, hold and exceptions are looked at in the very
 * transaction that marks the accounts as sent.
 */
export function takeStep(pool: pg.Pool, held: HeldProposal, options: StepOptions): Promise<Step> {
  const { now, leaseMs, most, blockedMs, isConnected } = options;
  const { number, campaign: campaignNumber, action, dryRun } = held.proposal;
  return transaction(pool, async (tx): Promise<Step> => {
    if (!(await renewProposal(tx, held, { now, leaseMs }))) return { kind: 'lost' };
    const due = await nextDue(tx, number);
    if (due === null) return { kind: 'finished' };
    const campaign = await loadCampaign(tx, campaignNumber);
    if (campaign === undefined) throw new Error(`${formatCampaignId(campaignNumber)} is gone`);
    const blocked = blockedBy(action, await readStanding(tx, campaign));
    if (blocked !== undefined || (!isConnected && !dryRun)) {
      await releaseProposal(tx, held, now + blockedMs);
      await tellProposal(tx, held.proposal, `blocked:${blocked === undefined ? 'off' : blockedMark(blocked)}`, now);
      return { kind: 'released' };
    }
    if (action !== 'restore') await dropExcepted(tx, number, now);
    const batch = await takeBatch(tx, number, { now, most });
    if (batch !== undefined) {
      await beginProposal(tx, held);
      return { kind: 'batch', batch };
    }
    const next = await nextDue(tx, number);
    if (next === null) return { kind: 'finished' };
    await releaseProposal(tx, held, next.at ?? now);
    return { kind: 'released' };
  });
}

/** One telling a freeze or hold, however often it is looked at. */
function blockedMark(blocked: { reason: string; at?: number }): string {
  return `${blocked.reason}:${blocked.at ?? ''}`;
}

/** Accounts that were found to be good since the approval are not touched any more. */
async function dropExcepted(tx: Database, proposal: number, now: number): Promise<void> {
  const excepted = await readExceptedAccounts(tx, now);
  if (excepted.size === 0) return;
  const pending = await readPending(tx, proposal);
  const accounts = pending.filter((account) => excepted.has(account));
  if (accounts.length > 0) await dropPending(tx, proposal, { accounts, reason: 'allow_listed', now });
}

/** Writes what came of a batch, all of it or, where the lease was lost, nothing: whoever has it will ask again. */
export function keepBatch(
  pool: pg.Pool,
  held: HeldProposal,
  batch: Batch,
  answer: BatchAnswer,
  { now, leaseMs, waitMs }: { now: number; leaseMs: number; waitMs: (attempt: number) => number },
): Promise<RowOutcome[]> {
  const { proposal } = held;
  return transaction(pool, async (tx) => {
    if (!(await renewProposal(tx, held, { now, leaseMs }))) return [];
    const outcomes = settleBatch(batch.rows, answer, { now, waitMs });
    await settleRows(tx, proposal.number, outcomes, now);
    const status = STATUS_AFTER[proposal.action];
    const done = [...outcomes].filter(([, { state }]) => state === 'done').map(([account]) => account);
    if (status !== null && done.length > 0) await markStatus(tx, done, { status, now });
    await tellProposal(tx, proposal, `tally:${Math.floor(now / TELL_MS)}`, now);
    return [...outcomes.values()];
  });
}
