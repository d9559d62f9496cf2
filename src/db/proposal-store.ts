import type pg from 'pg';
import type { ActionPreview } from '../campaigns/action-view.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import {
  type ApprovalRefusal,
  ENDING,
  judgeApproval,
  judgeProposal,
  type ProposalRefusal,
} from '../campaigns/judge-proposal.ts';
import type { ActionPolicy, Proposal } from '../campaigns/proposal.ts';
import { listAccounts, readListed, startLedger } from './action-ledger.ts';
import { loadCampaign, lockCampaign } from './campaign.ts';
import { lockActions } from './action-freeze.ts';
import { planAction, readStanding, type Wish, wishOf } from './plan-action.ts';
import {
  approveProposal,
  closeProposal,
  createProposal,
  loadProposal,
  lockProposal,
  openProposal,
  readSpend,
} from './proposal.ts';
import { type Database, transaction } from './query.ts';
import { auditProposal, tellProposal } from './tell-proposal.ts';

type By = { actor: string; now: number };

type Previewed =
  | { ok: true; preview: ActionPreview }
  | ({ ok: false } & ProposalRefusal)
  | { ok: false; reason: 'not_found' };

export type Proposed =
  | { ok: true; proposal: Proposal; campaign: Campaign }
  | ({ ok: false; campaign: Campaign } & (ProposalRefusal | { reason: 'strangers'; accounts: string[] }))
  | { ok: false; reason: 'not_found' };

type Approved =
  | { ok: true; proposal: Proposal; complete: boolean }
  | ({ ok: false; proposal: Proposal } & ApprovalRefusal)
  | { ok: false; reason: 'not_found' };

/** Propose and approve: each loads, decides and writes proposal, ledger, audit and outbox in one transaction. */
export interface ProposalStore {
  /** What it would come to; writes nothing. */
  preview(campaign: number, wish: Wish, by: By): Promise<Previewed>;
  /** `seenDigest`: of the list that the person was shown. */
  propose(
    campaign: number,
    wish: Wish,
    by: By & { reason: string; seenDigest?: string | undefined },
  ): Promise<Proposed>;
  approve(proposal: number, by: By): Promise<Approved>;
}

export function createProposalStore(pool: pg.Pool, policy: ActionPolicy): ProposalStore {
  const { live, approvalWindowMs, undoWindowMs } = policy;

  async function look(db: Database, campaign: Campaign, number: number, wish: Wish, { actor, now }: By) {
    const plan = await planAction(db, number, wish, { now, restorableSince: now - undoWindowMs });
    const spent = await readSpend(db, { person: actor, now });
    const open = await openProposal(db, number);
    const standing = await readStanding(db, campaign);
    const judge = (seenDigest?: string) => {
      const planned = { action: wish.action, accounts: plan.accounts, spent, openProposal: open?.number ?? null };
      return judgeProposal({ ...planned, seenDigest }, standing, policy);
    };
    return { plan, spent, judge };
  }

  return {
    async preview(number, wish, by) {
      const campaign = await loadCampaign(pool, number);
      if (campaign === undefined) return { ok: false, reason: 'not_found' };
      const { plan, spent, judge } = await look(pool, campaign, number, wish, by);
      const verdict = judge();
      if (!verdict.ok) return verdict;
      const { digest, leftOut, figures } = plan;
      return {
        ok: true,
        preview: {
          campaign: campaign.id,
          action: wish.action,
          scope: scopeOf(wish),
          accounts: plan.accounts.length,
          digest,
          leftOut,
          figures,
          spent,
          caps: policy.caps,
          approvalsNeeded: verdict.approvalsNeeded,
          live,
          undoWindowMs,
        },
      };
    },

    propose: (number, wish, { actor, now, reason, seenDigest }) =>
      transaction(pool, async (tx) => {
        const campaign = await lockCampaign(tx, number);
        if (campaign === undefined) return { ok: false, reason: 'not_found' };
        const { plan, spent, judge } = await look(tx, campaign, number, wish, { actor, now });
        if (plan.strangers.length > 0) return { ok: false, campaign, reason: 'strangers', accounts: plan.strangers };
        const verdict = judge(seenDigest);
        if (!verdict.ok) return { ...verdict, campaign };
        const { figures, leftOut } = plan;
        const seen = { figures, leftOut, spent, over: verdict.over };
        const proposal = await createProposal(tx, {
          campaign: number,
          action: wish.action,
          scope: scopeOf(wish),
          digest: plan.digest,
          accountCount: plan.accounts.length,
          dryRun: !live,
          reason,
          seen,
          proposedBy: actor,
          proposedAt: now,
          expiresAt: now + approvalWindowMs,
          approvalsNeeded: verdict.approvalsNeeded,
        });
        await listAccounts(tx, proposal.number, plan.accounts);
        await auditProposal(tx, 'propose', proposal, { actor, now, reason, detail: { seen } });
        await tellProposal(tx, proposal, 'proposed', now);
        return { ok: true, proposal, campaign };
      }),

    async approve(number, { actor, now }) {
      const known = await loadProposal(pool, number);
      if (known === undefined) return { ok: false, reason: 'not_found' };
      return transaction(pool, async (tx) => {
        // One at a time: what is approved now counts against the caps of what comes after.
        await lockActions(tx);
        const campaign = await lockCampaign(tx, known.campaign);
        const proposal = await lockProposal(tx, number);
        if (campaign === undefined || proposal === undefined) return { ok: false, reason: 'not_found' };
        const listed = await readListed(tx, number);
        const restorableSince = proposal.proposedAt - undoWindowMs;
        const plan = await planAction(tx, proposal.campaign, wishOf(proposal, listed), { now, restorableSince });
        const spent = await readSpend(tx, { person: proposal.proposedBy, now });
        const verdict = judgeApproval(
          { proposal, actor, now, listed, present: plan.accounts, spent },
          await readStanding(tx, campaign),
          policy,
        );
        if (!verdict.ok) {
          const refusal = { ...verdict, proposal };
          await endIfVoid(tx, proposal, verdict, { actor, now });
          return refusal;
        }
        const { complete, approvalsNeeded } = verdict;
        if (!(await approveProposal(tx, number, { actor, now, approvalsNeeded, complete }))) {
          return { ok: false, proposal, reason: 'closed' };
        }
        const saw = { accounts: plan.accounts.length, digest: plan.digest, spent, approvalsNeeded, complete };
        await auditProposal(tx, 'approve', proposal, { actor, now, reason: proposal.reason, detail: { saw } });
        if (complete) await startLedger(tx, number, { dryRun: proposal.dryRun, now });
        await tellProposal(tx, proposal, `approved:${proposal.approvals.length + 1}`, now);
        return { ok: true, proposal: (await loadProposal(tx, number)) ?? proposal, complete };
      });
    },
  };
}

function scopeOf(wish: Wish): Proposal['scope'] {
  if (wish.action !== 'restore') return wish.scope;
  return wish.chosen === null ? 'members' : 'chosen';
}

/** A proposal that can never be approved any more is ended with the reason, so that nobody waits for it. */
async function endIfVoid(
  tx: Database,
  proposal: Proposal,
  refusal: ApprovalRefusal,
  { actor, now }: By,
): Promise<void> {
  const { reason } = refusal;
  if (reason !== 'expired' && reason !== 'drifted' && reason !== 'mode_changed' && reason !== 'ended') return;
  const state = ENDING[reason];
  if (!(await closeProposal(tx, proposal.number, { state, by: 'retort', at: now, reason }))) return;
  const drift = reason === 'drifted' ? refusal.drift : undefined;
  const counts = drift && { added: drift.added.length, removed: drift.removed.length };
  const detail = { askedBy: actor, ...counts };
  const step = state === 'expired' ? 'expire' : 'void';
  await auditProposal(tx, step, proposal, { actor: 'retort', now, reason, detail });
  await tellProposal(tx, proposal, state, now);
}
