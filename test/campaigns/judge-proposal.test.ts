import { describe, expect, it } from 'vitest';
import { digestOf, driftBetween, type ListedAccount } from '../../src/campaigns/account-list.ts';
import { judgeCaps } from '../../src/campaigns/caps.ts';
import { type Approving, judgeApproval, judgeProposal, type Standing } from '../../src/campaigns/judge-proposal.ts';
import type { Proposal } from '../../src/campaigns/proposal.ts';
import { type Candidate, describeAccounts, selectAccounts } from '../../src/campaigns/select-accounts.ts';
import { POLICY } from '../action-world.ts';
import { NOW } from '../campaign-fixture.ts';

const CLEAR: Standing = { status: 'confirmed', freeze: null, hold: null };
const UNSPENT = { person: 0, overall: 0 };
const STOP = { by: 'U9', at: NOW, reason: 'subpoena' };
/** SHA-256 of `["a","b"]`. Written down, since a receiver recomputes it. */
const DIGEST = '0473ef2dc0d324ab659d3580c1134e9d812035905c4781fdd6d529b0c6860e13';
const list = (...ids: string[]): ListedAccount[] => ids.map((accountId) => ({ account: accountId, accountId }));

function candidate(accountId: string, change: Partial<Candidate> = {}): Candidate {
  return {
    account: accountId,
    accountId,
    standing: 'member',
    excepted: false,
    status: 'active',
    lastDone: null,
    underWay: false,
    createdAt: NOW - 10 * 86_400_000,
    paymentKind: 'card',
    organizationId: null,
    program: null,
    ...change,
  };
}

describe('lists', () => {
  it('have one digest, whatever their order, and another for any other accounts', () => {
    expect(digestOf(list('b', 'a'))).toBe(digestOf(list('a', 'b', 'a')));
    expect(digestOf(list('a', 'b'))).not.toBe(digestOf(list('ab')));
    expect(digestOf(list('a","b'))).not.toBe(digestOf(list('a', 'b')));
    expect(digestOf(list('a', 'b'))).toBe(DIGEST);
  });

  it('tell what changed', () => {
    expect(driftBetween(list('a', 'b'), list('c', 'b'))).toEqual({ added: ['c'], removed: ['a'] });
  });
});

describe('whom an action may touch', () => {
  it.each([
    ['is weak', { standing: 'review' }, { review: 1 }],
    ['is excepted', { excepted: true }, { excepted: ['x'] }],
    ['is excepted and weak', { excepted: true, standing: 'review' }, { excepted: ['x'] }],
    ['is banned', { status: 'banned' }, { already: 1 }],
    ['is suspended', { status: 'suspended' }, { already: 1 }],
    ['is under another action', { underWay: true }, { underWay: 1 }],
  ] as [string, Partial<Candidate>, object][])('leaves out who %s', (_, change, leftOut) => {
    const selection = selectAccounts([candidate('x', change), candidate('a')], 'suspend', 'members');
    expect(selection.accounts.map(({ accountId }) => accountId)).toEqual(['a']);
    expect(selection.leftOut).toEqual({ review: 0, excepted: [], already: 0, underWay: 0, ...leftOut });
  });

  it('takes in the weak ones only when asked, and bans who is only suspended', () => {
    const weak = [candidate('b', { standing: 'review' }), candidate('a')];
    expect(selectAccounts(weak, 'ban', 'with_review').accounts.map(({ accountId }) => accountId)).toEqual(['a', 'b']);
    expect(selectAccounts([candidate('a', { status: 'suspended' })], 'ban', 'members').accounts).toHaveLength(1);
  });

  it('does not mark outputs twice', () => {
    const marked = [candidate('a', { lastDone: 'watermark' }), candidate('b', { lastDone: 'restore' })];
    expect(selectAccounts(marked, 'watermark', 'members').accounts.map(({ accountId }) => accountId)).toEqual(['b']);
  });

  it('takes in who had another status than the action gives, though that was done last', () => {
    // Somebody let them in again elsewhere: what we did last does not stand.
    const again = candidate('a', { lastDone: 'suspend', status: 'active' });
    expect(selectAccounts([again], 'suspend', 'members').accounts).toHaveLength(1);
  });

  it('is described by the median of the ages that are known', () => {
    const aged = (days: number | null, id: string) =>
      candidate(id, { createdAt: days === null ? null : NOW - days * 86_400_000 });
    const ages = [aged(100, 'a'), aged(3, 'b'), aged(null, 'c'), aged(20, 'd')];
    expect(describeAccounts(ages, NOW)).toMatchObject({ accounts: 4, medianAgeDays: 20 });
    expect(describeAccounts([aged(-5, 'a')], NOW)).toMatchObject({ medianAgeDays: 0 });
  });

  it('is described by who is weak, pays, is in an organisation or a programme', () => {
    const accounts = [
      candidate('a', { standing: 'review', paymentKind: null, organizationId: 'o', program: 'none' }),
      candidate('b', { paymentKind: 'none', organizationId: 'o', program: 'startup' }),
      candidate('c', { paymentKind: 'card', organizationId: 'p', program: 'none' }),
      candidate('d', { paymentKind: 'invoice', program: 'research' }),
      candidate('e', { paymentKind: 'card', program: 'education' }),
    ];
    expect(describeAccounts(accounts, NOW)).toMatchObject({
      review: 1,
      paying: 3,
      inOrganization: 3,
      inProgram: 3,
    });
  });

  it('is described in numbers', () => {
    const accounts = [candidate('a'), candidate('b', { organizationId: 'o', paymentKind: 'none', program: 'startup' })];
    expect(describeAccounts(accounts, NOW)).toEqual({
      accounts: 2,
      review: 0,
      medianAgeDays: 10,
      paying: 1,
      inOrganization: 1,
      inProgram: 1,
    });
    expect(describeAccounts([], NOW)).toMatchObject({ accounts: 0, medianAgeDays: null });
  });
});

describe('caps', () => {
  it.each([
    [1_000, UNSPENT, { ok: true, approvalsNeeded: 1, over: [] }],
    [1_001, UNSPENT, { ok: true, approvalsNeeded: 2, over: ['action'] }],
    [500, { person: 1_501, overall: 1_501 }, { ok: true, approvalsNeeded: 2, over: ['person'] }],
    [500, { person: 0, overall: 3_501 }, { ok: true, approvalsNeeded: 2, over: ['overall'] }],
    [50_000, UNSPENT, { ok: true, approvalsNeeded: 2, over: ['action', 'person', 'overall'] }],
    [50_001, UNSPENT, { ok: false, reason: 'over_hard_cap', cap: 'action', would: 50_001, hard: 50_000 }],
    [10, { person: 49_991, overall: 49_991 }, { ok: false, reason: 'over_hard_cap', cap: 'person', would: 50_001 }],
    [10, { person: 0, overall: 59_991 }, { ok: false, reason: 'over_hard_cap', cap: 'overall', would: 60_001 }],
  ])('of %i accounts after %j: %j', (accounts, spent, verdict) => {
    expect(judgeCaps('ban', accounts, spent, POLICY.caps)).toMatchObject(verdict);
  });

  it('never keep a mistake from being undone', () => {
    expect(judgeCaps('restore', 90_000, { person: 90_000, overall: 90_000 }, POLICY.caps)).toEqual({
      ok: true,
      approvalsNeeded: 1,
      over: [],
    });
  });
});

describe('a proposal', () => {
  const planned = { action: 'suspend', accounts: list('a', 'b'), spent: UNSPENT, openProposal: null } as const;

  it('is taken where nothing stands in its way', () => {
    const taken = { ok: true, approvalsNeeded: 1, over: [] };
    expect(judgeProposal({ ...planned, seenDigest: DIGEST }, CLEAR, POLICY)).toEqual(taken);
    // Where somebody is only looking, no list was shown before.
    expect(judgeProposal(planned, CLEAR, POLICY)).toEqual(taken);
  });

  it('cannot say what changed of a list of which only the digest was kept', () => {
    expect(judgeProposal({ ...planned, seenDigest: 'of another list' }, CLEAR, POLICY)).toEqual({
      ok: false,
      reason: 'list_changed',
      drift: { added: [], removed: [] },
    });
  });

  it.each([
    ['frozen', {}, { freeze: STOP }],
    ['on_hold', {}, { hold: STOP }],
    ['ended', {}, { status: 'dismissed' }],
    ['open_proposal', { openProposal: 4 }, {}],
    ['nobody', { accounts: [] }, {}],
    ['list_changed', { seenDigest: 'of another list' }, {}],
  ])('is refused as %s', (reason, change, standing) => {
    expect(
      judgeProposal({ ...planned, ...change }, { ...CLEAR, ...(standing as Partial<Standing>) }, POLICY),
    ).toMatchObject({
      ok: false,
      reason,
    });
  });
});

describe('an approval', () => {
  const listed = list('a', 'b');
  const proposal: Proposal = {
    number: 1,
    campaign: 1,
    action: 'suspend',
    scope: 'members',
    digest: DIGEST,
    accountCount: 2,
    dryRun: false,
    reason: 'why',
    state: 'proposed',
    proposedBy: 'U1',
    proposedAt: NOW,
    expiresAt: NOW + 1_000,
    approvalsNeeded: 1,
    approvals: [],
    closed: null,
    finishedAt: null,
    post: null,
  };
  const approving: Approving = { proposal, actor: 'U2', now: NOW, listed, present: listed, spent: UNSPENT };
  const approve = (change: Partial<Approving> = {}, of: Partial<Proposal> = {}, standing: Partial<Standing> = {}) =>
    judgeApproval({ ...approving, proposal: { ...proposal, ...of }, ...change }, { ...CLEAR, ...standing }, POLICY);

  it('by another person is enough, up to the cap', () => {
    expect(approve()).toEqual({ ok: true, complete: true, approvalsNeeded: 1 });
    expect(approve({ spent: { person: 2_000, overall: 0 } })).toEqual({
      ok: true,
      complete: false,
      approvalsNeeded: 2,
    });
    const once = { approvalsNeeded: 2, approvals: [{ by: 'U3', at: NOW }] };
    expect(approve({}, once)).toEqual({ ok: true, complete: true, approvalsNeeded: 2 });
  });

  it.each([
    ['own', { actor: 'U1' }, {}, {}],
    ['twice', {}, { approvalsNeeded: 2, approvals: [{ by: 'U2', at: NOW }] }, {}],
    ['closed', {}, { state: 'rejected' }, {}],
    ['expired', { now: NOW + 1_000 }, {}, {}],
    ['frozen', {}, {}, { freeze: STOP }],
    ['on_hold', {}, {}, { hold: STOP }],
    ['ended', {}, {}, { status: 'merged' }],
    ['mode_changed', {}, { dryRun: true }, {}],
    ['over_hard_cap', { spent: { person: 50_000, overall: 0 } }, {}, {}],
    ['drifted', { listed: list('a', 'b', 'c') }, {}, {}],
    // Rows that were slipped into the ledger are no more approved than members that joined.
    ['drifted', { listed: list('a', 'b', 'c'), present: list('a', 'b', 'c') }, {}, {}],
  ] as [string, Partial<Approving>, Partial<Proposal>, Partial<Standing>][])(
    'is refused as %s',
    (reason, change, of, standing) => {
      expect(approve(change, of, standing)).toMatchObject({ ok: false, reason });
    },
  );

  it('of a list that drifted says what changed', () => {
    expect(approve({ present: list('b', 'c') })).toEqual({
      ok: false,
      reason: 'drifted',
      drift: { added: ['c'], removed: ['a'] },
    });
  });

  it('of a restoration stands above a hold, not above a freeze', () => {
    expect(approve({}, { action: 'restore' }, { hold: STOP, status: 'merged' })).toMatchObject({ ok: true });
    expect(approve({}, { action: 'restore' }, { freeze: STOP })).toMatchObject({ reason: 'frozen' });
  });
});
