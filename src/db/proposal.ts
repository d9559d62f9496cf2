import { randomUUID } from 'node:crypto';
import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { SPEND_WINDOW_MS, type Spend } from '../campaigns/caps.ts';
import { OPEN_STATES, type Proposal } from '../campaigns/proposal.ts';
import { PROPOSAL_COLUMNS, ProposalRow } from './proposal-row.ts';
import { type Database, execute, many, maybeOne, one, Quantity } from './query.ts';

export type ProposalDraft = Pick<
  Proposal,
  | 'campaign'
  | 'action'
  | 'scope'
  | 'digest'
  | 'accountCount'
  | 'dryRun'
  | 'reason'
  | 'proposedBy'
  | 'proposedAt'
  | 'expiresAt'
  | 'approvalsNeeded'
> & { seen: Record<string, unknown> };

export function createProposal(tx: Database, draft: ProposalDraft): Promise<Proposal> {
  return one(
    tx,
    ProposalRow,
    sql`
      insert into proposal (campaign_id, action, scope, digest, account_count, dry_run, reason, seen, proposed_by,
        proposed_at, expires_at, approvals_needed)
      values (${draft.campaign}, ${draft.action}, ${draft.scope}, ${draft.digest}, ${draft.accountCount},
        ${draft.dryRun}, ${draft.reason}, ${JSON.stringify(draft.seen)}, ${draft.proposedBy},
        ${new Date(draft.proposedAt)}, ${new Date(draft.expiresAt)}, ${draft.approvalsNeeded})
      returning ${PROPOSAL_COLUMNS}`,
  );
}

export function loadProposal(db: Database, number: number): Promise<Proposal | undefined> {
  return maybeOne(db, ProposalRow, sql`select ${PROPOSAL_COLUMNS} from proposal where proposal_id = ${number}`);
}

export function lockProposal(tx: Database, number: number): Promise<Proposal | undefined> {
  return maybeOne(
    tx,
    ProposalRow,
    sql`select ${PROPOSAL_COLUMNS} from proposal where proposal_id = ${number} for update`,
  );
}

/** The one that stands in the way of another on the same campaign. */
export function openProposal(db: Database, campaign: number): Promise<Proposal | undefined> {
  return maybeOne(
    db,
    ProposalRow,
    sql`select ${PROPOSAL_COLUMNS} from proposal where campaign_id = ${campaign} and state = any(${[...OPEN_STATES]})`,
  );
}

/** The campaign's newest action that is under way or was carried out, for its root message. */
export function latestAction(db: Database, campaign: number): Promise<Proposal | undefined> {
  return maybeOne(
    db,
    ProposalRow,
    sql`select ${PROPOSAL_COLUMNS} from proposal
        where campaign_id = ${campaign} and state in ('proposed', 'approved', 'executing', 'done')
        order by proposal_id desc limit 1`,
  );
}

/** Every proposal that waits for approval, the one that ends first before the others. */
export function waitingProposals(db: Database, now: number): Promise<Proposal[]> {
  return many(
    db,
    ProposalRow,
    sql`select ${PROPOSAL_COLUMNS} from proposal where state = 'proposed' and expires_at > ${new Date(now)} order by expires_at`,
  );
}

/**
 * Signs a proposal that waits, once more or as the last. False where it no longer waits, or the person is the proposer
 * or has signed: asked of the database in the same statement, whatever was decided before.
 */
export async function approveProposal(
  tx: Database,
  number: number,
  { actor, now, approvalsNeeded, complete }: { actor: string; now: number; approvalsNeeded: number; complete: boolean },
): Promise<boolean> {
  const signing = await execute(
    tx,
    sql`
      update proposal set
        second_approved_by = case when approved_by is null then null else ${actor} end,
        second_approved_at = case when approved_by is null then null else ${new Date(now)}::timestamptz end,
        approved_by = coalesce(approved_by, ${actor}),
        approved_at = coalesce(approved_at, ${new Date(now)}),
        approvals_needed = ${approvalsNeeded},
        state = ${complete ? 'approved' : 'proposed'},
        not_before = ${new Date(now)}
      where proposal_id = ${number} and state = 'proposed' and expires_at > ${new Date(now)}
        and proposed_by <> ${actor} and approved_by is distinct from ${actor} and second_approved_by is null`,
  );
  return signing === 1;
}

/** Ends a proposal that waits, or one that was approved and found to be no longer allowed. */
export async function closeProposal(
  tx: Database,
  number: number,
  { state, by, at, reason }: { state: 'rejected' | 'void' | 'expired'; by: string; at: number; reason: string },
): Promise<boolean> {
  const closed = await execute(
    tx,
    sql`update proposal set state = ${state}, closed_by = ${by}, closed_at = ${new Date(at)}, closed_reason = ${reason},
          lease_token = null, lease_until = null
        where proposal_id = ${number} and state in ('proposed', 'approved')`,
  );
  return closed === 1;
}

/** Notes who stopped an execution; what is left of it is the ledger's to say. */
export async function noteStopped(
  tx: Database,
  number: number,
  { by, at, reason }: { by: string; at: number; reason: string },
): Promise<void> {
  await tx.query(
    sql`update proposal set closed_by = ${by}, closed_at = ${new Date(at)}, closed_reason = ${reason}
        where proposal_id = ${number}`,
  );
}

/** Back into execution, for what failed; who had stopped it is forgotten here and stands in the audit. */
export async function reopenProposal(tx: Database, number: number, now: number): Promise<void> {
  await tx.query(
    sql`update proposal set state = 'executing', finished_at = null, not_before = ${new Date(now)}, closed_by = null,
          closed_at = null, closed_reason = null
        where proposal_id = ${number} and state = 'done'`,
  );
}

/** Those whose time to be approved has passed. */
export async function overdueProposals(db: Database, now: number): Promise<number[]> {
  const rows = await many(
    db,
    z.object({ proposal_id: z.number() }),
    sql`select proposal_id from proposal where state = 'proposed' and expires_at <= ${new Date(now)}`,
  );
  return rows.map((row) => row.proposal_id);
}

/** A proposal that this worker executes until its lease ends. */
export interface HeldProposal {
  proposal: Proposal;
  token: string;
}

/** Takes the oldest approved proposal that is due, unless another worker has it. */
export async function claimProposal(
  db: Database,
  { now, leaseMs }: { now: number; leaseMs: number },
): Promise<HeldProposal | undefined> {
  const token = randomUUID();
  const proposal = await maybeOne(
    db,
    ProposalRow,
    sql`
      update proposal set lease_token = ${token}, lease_until = ${new Date(now + leaseMs)}
      where proposal_id = (
        select proposal_id from proposal
        where state in ('approved', 'executing') and not_before <= ${new Date(now)}
          and (lease_until is null or lease_until <= ${new Date(now)})
        order by not_before, proposal_id limit 1 for update skip locked)
      returning ${PROPOSAL_COLUMNS}`,
  );
  return proposal === undefined ? undefined : { proposal, token };
}

/** Goes on holding it; false when the lease was lost. */
export async function renewProposal(
  db: Database,
  { proposal, token }: HeldProposal,
  { now, leaseMs }: { now: number; leaseMs: number },
): Promise<boolean> {
  const renewed = await execute(
    db,
    sql`update proposal set lease_until = ${new Date(now + leaseMs)}
        ${whereHeld(proposal.number, token)} and lease_until > ${new Date(now)}`,
  );
  return renewed === 1;
}

/** Notes that something is sent from here on. */
export async function beginProposal(db: Database, { proposal, token }: HeldProposal): Promise<void> {
  await db.query(sql`update proposal set state = 'executing' ${whereHeld(proposal.number, token)}`);
}

/** Lets go until a time. */
export async function releaseProposal(
  db: Database,
  { proposal, token }: HeldProposal,
  notBefore: number,
): Promise<void> {
  await db.query(
    sql`update proposal set lease_token = null, lease_until = null, not_before = ${new Date(notBefore)}
        ${whereHeld(proposal.number, token)}`,
  );
}

/** Every account has its outcome. */
export async function finishProposal(db: Database, { proposal, token }: HeldProposal, now: number): Promise<boolean> {
  const finished = await execute(
    db,
    sql`update proposal set state = 'done', finished_at = ${new Date(now)}, lease_token = null, lease_until = null
        ${whereHeld(proposal.number, token)}`,
  );
  return finished === 1;
}

function whereHeld(number: number, token: string): Sql {
  return sql`where proposal_id = ${number} and state in ('approved', 'executing') and lease_token = ${token}`;
}

/** What was approved in the last hour, in accounts; dry runs and restoring cost nothing. */
export async function readSpend(db: Database, { person, now }: { person: string; now: number }): Promise<Spend> {
  return one(
    db,
    z.object({ person: Quantity, overall: Quantity }),
    sql`
      select coalesce(sum(account_count) filter (where proposed_by = ${person}), 0) as person,
        coalesce(sum(account_count), 0) as overall
      from proposal
      where state in ('approved', 'executing', 'done') and not dry_run and action <> 'restore'
        and greatest(approved_at, second_approved_at) > ${new Date(now - SPEND_WINDOW_MS)}`,
  );
}

/** Remembers where the proposal's message stands, or that it is gone. */
export async function recordProposalPost(tx: Database, number: number, post: Proposal['post']): Promise<void> {
  await tx.query(
    sql`update proposal set post_channel = ${post?.channel ?? null}, post_ts = ${post?.ts ?? null}
        where proposal_id = ${number}`,
  );
}
