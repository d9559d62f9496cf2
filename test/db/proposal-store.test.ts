import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addException } from '../../src/db/exception-entry.ts';
import { freezeActions, liftFreeze } from '../../src/db/action-freeze.ts';
import { liftHold, placeHold } from '../../src/db/legal-hold.ts';
import { readListed, readTally } from '../../src/db/action-ledger.ts';
import { approveProposal, loadProposal } from '../../src/db/proposal.ts';
import { expireProposals, rejectProposal, retryProposal, stopProposal } from '../../src/db/proposal-control.ts';
import { createProposalStore } from '../../src/db/proposal-store.ts';
import { clearActions, idOf, join, makeCampaign, POLICY } from '../action-world.ts';
import { NOW } from '../campaign-fixture.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => clearActions(database.pool));

const SUSPEND = { action: 'suspend', scope: 'members' } as const;
const mara = { actor: 'U0MARA', now: NOW, reason: 'one key, eight templates' };
const store = (change: Partial<typeof POLICY> = {}) => createProposalStore(database.pool, { ...POLICY, ...change });

async function proposed(accounts = 3) {
  const campaign = await makeCampaign(database.pool, { accounts, review: 2 });
  const outcome = await store().propose(campaign.number, SUSPEND, mara);
  if (!outcome.ok) throw new Error(outcome.reason);
  return { ...campaign, proposal: outcome.proposal };
}
const audited = async () =>
  (
    await database.pool.query<{ action: string }>(
      `select action from audit_entry where at >= $1 order by seq desc limit 1`,
      [new Date(NOW)],
    )
  ).rows[0]?.action;
const told = async () =>
  (await database.pool.query(`select dedup_key from outbox where kind = 'proposal' order by outbox_id`)).rows.map(
    (row: { dedup_key: string }) => row.dedup_key,
  );

describe('a proposal', () => {
  it('names exactly the sure accounts, is audited, told of, and touches nobody', async () => {
    const { proposal, members } = await proposed();
    expect((await readListed(database.pool, proposal.number)).map(({ accountId }) => accountId).toSorted()).toEqual(
      members,
    );
    expect(proposal).toMatchObject({ accountCount: 3, approvalsNeeded: 1, dryRun: false, state: 'proposed' });
    expect(await readTally(database.pool, 1)).toMatchObject({ pending: 0, done: 0 });
    expect(await audited()).toBe('action.propose');
    expect(await told()).toEqual(['proposal:P-1:proposed']);
    expect(await store().propose(1, SUSPEND, mara)).toMatchObject({ ok: false, reason: 'open_proposal', proposal: 1 });
    expect(await store().propose(99, SUSPEND, mara)).toEqual({ ok: false, reason: 'not_found' });
  });

  it('previews what it would touch and what it leaves out, and refuses a list that has changed since', async () => {
    const { number } = await makeCampaign(database.pool, { accounts: 4, review: 2 });
    const exception = { kind: 'account', subject: idOf(2), owner: 'U1', reason: 'known', endsAt: NOW + 1e9 } as const;
    await addException(database.pool, exception, { actor: 'U1', now: NOW });
    const previewed = await store().preview(number, SUSPEND, mara);
    if (!previewed.ok) throw new Error(previewed.reason);
    expect(previewed.preview.leftOut).toEqual({ review: 2, excepted: [idOf(2)], already: 0, underWay: 0 });
    expect(previewed.preview.figures).toMatchObject({ accounts: 3, medianAgeDays: 10, paying: 1 });
    await join(database.pool, number, [5]);
    const seenDigest = previewed.preview.digest;
    expect(await store().propose(number, SUSPEND, { ...mara, seenDigest })).toMatchObject({ reason: 'list_changed' });
  });
});

describe('an approval', () => {
  it('by another person starts the ledger', async () => {
    await proposed();
    expect(await store().approve(1, { actor: 'U0MARA', now: NOW })).toMatchObject({ ok: false, reason: 'own' });
    expect(await store().approve(1, { actor: 'U0JONAS', now: NOW })).toMatchObject({ ok: true, complete: true });
    expect(await readTally(database.pool, 1)).toMatchObject({ pending: 3 });
    expect(await store().approve(1, { actor: 'U0RAVI', now: NOW })).toMatchObject({ ok: false, reason: 'closed' });
    expect(await audited()).toBe('action.approve');
  });

  it('over a cap needs two others', async () => {
    const { number } = await makeCampaign(database.pool, { accounts: 3 });
    const caps = { ...POLICY.caps, action: { soft: 2, hard: 9 } };
    const capped = store({ caps });
    expect(await capped.propose(number, SUSPEND, mara)).toMatchObject({ ok: true, proposal: { approvalsNeeded: 2 } });
    expect(await capped.approve(1, { actor: 'U0JONAS', now: NOW })).toMatchObject({ ok: true, complete: false });
    expect(await capped.approve(1, { actor: 'U0JONAS', now: NOW })).toMatchObject({ ok: false, reason: 'twice' });
    expect(await readTally(database.pool, 1)).toMatchObject({ pending: 0 });
    expect(await capped.approve(1, { actor: 'U0RAVI', now: NOW })).toMatchObject({ ok: true, complete: true });
    expect(await readTally(database.pool, 1)).toMatchObject({ pending: 3 });
  });

  it.each([
    ['joined', (number: number) => join(database.pool, number, [77])],
    ['left', () => database.pool.query('update campaign_account set left_at = now() where account_key = 1')],
    [
      'was excepted',
      () =>
        addException(
          database.pool,
          { kind: 'account', subject: idOf(1), owner: 'U1', reason: 'known', endsAt: NOW + 1e9 },
          { actor: 'U1', now: NOW },
        ),
    ],
    [
      'was slipped in',
      (number: number) =>
        database.pool.query(
          `insert into action_ledger (account_key, proposal_id, account_id) values (77, 1, 'x'), ($1, 1, 'y')`,
          [number + 100],
        ),
    ],
  ])('is void when an account %s', async (_, drift) => {
    const { number } = await proposed();
    await database.pool.query(
      `insert into account (account_key, account_id, updated_at) values (77, 'acct_000077', now())`,
    );
    await drift(number);
    expect(await store().approve(1, { actor: 'U0JONAS', now: NOW })).toMatchObject({ ok: false, reason: 'drifted' });
    expect(await loadProposal(database.pool, 1)).toMatchObject({ state: 'void', closed: { reason: 'drifted' } });
    expect(await readTally(database.pool, 1)).toMatchObject({ pending: 0 });
    expect(await audited()).toBe('action.void');
    expect(await store().propose(number, SUSPEND, mara)).toMatchObject({ ok: true });
  });

  it('comes too late, or after the mode was switched', async () => {
    await proposed();
    const late = { actor: 'U0JONAS', now: NOW + POLICY.approvalWindowMs };
    expect(await store({ live: false }).approve(1, { ...late, now: NOW })).toMatchObject({ reason: 'mode_changed' });
    expect(await loadProposal(database.pool, 1)).toMatchObject({ state: 'void' });
    await store().propose(1, SUSPEND, mara);
    expect(await store().approve(2, late)).toMatchObject({ ok: false, reason: 'expired' });
    expect(await loadProposal(database.pool, 2)).toMatchObject({ state: 'expired' });
  });

  it('of two at once counts once', async () => {
    await proposed();
    const both = await Promise.all(['U0JONAS', 'U0RAVI'].map((actor) => store().approve(1, { actor, now: NOW })));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('cannot be forged past the database', async () => {
    await proposed();
    const signing = { now: NOW, approvalsNeeded: 1, complete: true };
    expect(await approveProposal(database.pool, 1, { ...signing, actor: 'U0MARA' })).toBe(false);
    const forge = (set: string) => database.pool.query(`update proposal set ${set} where proposal_id = 1`);
    await expect(forge(`approved_by = proposed_by`)).rejects.toThrow(/approved_by_another/);
    await expect(forge(`state = 'approved'`)).rejects.toThrow(/runs_only_approved/);
    await expect(forge(`state = 'executing', approvals_needed = 2, approved_by = 'U2'`)).rejects.toThrow(/runs_only/);
    await expect(forge(`approved_by = 'U2', second_approved_by = 'U2'`)).rejects.toThrow(/second_approved/);
  });
});

describe('what stops everything', () => {
  it('freezes proposals and approvals, and lets go again', async () => {
    await proposed();
    expect(await freezeActions(database.pool, mara)).toEqual({ ok: true });
    expect(await freezeActions(database.pool, mara)).toMatchObject({ ok: false, freeze: { by: 'U0MARA' } });
    expect(await store().approve(1, { actor: 'U0JONAS', now: NOW })).toMatchObject({ reason: 'frozen', by: 'U0MARA' });
    expect(await loadProposal(database.pool, 1)).toMatchObject({ state: 'proposed' });
    expect(await liftFreeze(database.pool, mara)).toMatchObject({ ok: true });
    expect(await liftFreeze(database.pool, mara)).toEqual({ ok: false, reason: 'not_frozen' });
    expect(await store().approve(1, { actor: 'U0JONAS', now: NOW })).toMatchObject({ ok: true });
  });

  it('holds one campaign', async () => {
    await proposed();
    expect(await placeHold(database.pool, 1, mara)).toEqual({ ok: true });
    expect(await placeHold(database.pool, 1, mara)).toMatchObject({ ok: false, reason: 'held' });
    expect(await placeHold(database.pool, 9, mara)).toEqual({ ok: false, reason: 'not_found' });
    expect(await store().approve(1, { actor: 'U0JONAS', now: NOW })).toMatchObject({ reason: 'on_hold' });
    expect(await liftHold(database.pool, 1, mara)).toEqual({ ok: true });
    expect(await liftHold(database.pool, 1, mara)).toEqual({ ok: false, reason: 'not_held' });
    expect(await store().approve(1, { actor: 'U0JONAS', now: NOW })).toMatchObject({ ok: true });
  });

  it('rejects, stops and expires, once each', async () => {
    await proposed();
    expect(await stopProposal(database.pool, 1, mara)).toMatchObject({ ok: false, reason: 'closed' });
    expect(await rejectProposal(database.pool, 1, mara)).toMatchObject({ ok: true });
    expect(await rejectProposal(database.pool, 1, mara)).toMatchObject({ ok: false, reason: 'closed' });
    await store().propose(1, SUSPEND, mara);
    await store().approve(2, { actor: 'U0JONAS', now: NOW });
    expect(await rejectProposal(database.pool, 2, mara)).toMatchObject({ ok: false, reason: 'closed' });
    expect(await stopProposal(database.pool, 2, mara)).toMatchObject({ ok: true, accounts: 3 });
    expect(await readTally(database.pool, 2)).toMatchObject({ pending: 0, failed: 3 });
    expect(await retryProposal(database.pool, 2, mara)).toMatchObject({ ok: false, reason: 'not_done' });
    await makeCampaign(database.pool, { accounts: 1, first: 50 });
    await store().propose(2, SUSPEND, mara);
    expect(await expireProposals(database.pool, NOW)).toBe(0);
    expect(await expireProposals(database.pool, NOW + POLICY.approvalWindowMs)).toBe(1);
    expect(await loadProposal(database.pool, 3)).toMatchObject({ state: 'expired' });
  });

  it('counts what was approved in the last hour against the caps, dry runs not', async () => {
    await proposed(3);
    await makeCampaign(database.pool, { accounts: 2, first: 50 });
    const capped = store({ caps: { ...POLICY.caps, overall: { soft: 4, hard: 4 } } });
    expect(await capped.propose(2, SUSPEND, mara)).toMatchObject({ ok: true });
    await capped.approve(1, { actor: 'U0JONAS', now: NOW });
    expect(await capped.approve(2, { actor: 'U0JONAS', now: NOW })).toMatchObject({
      reason: 'over_hard_cap',
      would: 5,
    });
    const anHourLater = { actor: 'U0JONAS', now: NOW + 3_600_001 };
    expect(await capped.approve(2, anHourLater)).toMatchObject({ ok: true });
  });
});
