import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { settleBatch } from '../../src/campaigns/settle-batch.ts';
import { readFailures, readRestorable, readTally } from '../../src/db/action-ledger.ts';
import { loadCampaign } from '../../src/db/campaign.ts';
import { addException } from '../../src/db/exception-entry.ts';
import { freezeActions, liftFreeze } from '../../src/db/action-freeze.ts';
import { placeHold } from '../../src/db/legal-hold.ts';
import { loadProposal } from '../../src/db/proposal.ts';
import { retryProposal, stopProposal } from '../../src/db/proposal-control.ts';
import { createProposalStore } from '../../src/db/proposal-store.ts';
import type { EnforceOptions } from '../../src/jobs/enforce.ts';
import { clearActions, idOf, makeCampaign, POLICY } from '../action-world.ts';
import { NOW } from '../campaign-fixture.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { serviceAt, startReceiver } from '../enforcement/receiver.ts';
import { approved, type Clock, enforcing, workOff } from './enforcing.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => clearActions(database.pool));

const SUSPEND = { action: 'suspend', scope: 'members' } as const;
const mara = { actor: 'U0MARA', reason: 'because' };

function manualClock(): Clock {
  let at = NOW;
  const advance = (ms: number) => void (at += ms);
  return { now: () => at, advance, sleep: async (ms) => advance(ms) };
}

async function room(options: Parameters<typeof startReceiver>[0] = {}) {
  const clock = manualClock();
  const receiver = await startReceiver({ now: clock.now, ...options });
  const work = (change: Partial<EnforceOptions> = {}) =>
    enforcing(database.pool, clock, { service: serviceAt(receiver.url), batchSize: 2, ...change });
  return { clock, receiver, work };
}

describe('an approved action', () => {
  it('is carried out once for each account, and contains the campaign', async () => {
    const { clock, receiver, work } = await room();
    const { number, members } = await makeCampaign(database.pool, { accounts: 5, review: 2 });
    const proposal = await approved(database.pool, number, SUSPEND);
    expect(await work()()).toEqual({ done: 5, failed: 0, unknown: 0, again: 0 });
    expect(receiver.acted).toEqual(members.map((accountId) => ({ action: 'suspend', accountId })));
    expect(await loadProposal(database.pool, proposal)).toMatchObject({ state: 'done', finishedAt: clock.now() });
    expect((await loadCampaign(database.pool, number))?.status).toBe('contained');
    expect(await work()()).toEqual({ done: 0, failed: 0, unknown: 0, again: 0 });
    expect(
      await createProposalStore(database.pool, POLICY).propose(number, SUSPEND, { ...mara, now: NOW }),
    ).toMatchObject({
      ok: false,
      reason: 'nobody',
    });
  });

  it('of a dry run sends nothing, and leaves the campaign as it was', async () => {
    const { receiver, work } = await room();
    const { number } = await makeCampaign(database.pool, { accounts: 3 });
    const proposal = await approved(database.pool, number, SUSPEND, NOW, { ...POLICY, live: false });
    await work({ live: false, service: undefined })();
    expect(receiver.requests).toEqual([]);
    expect(await readTally(database.pool, proposal)).toMatchObject({ dry_run: 3, done: 0 });
    expect((await loadCampaign(database.pool, number))?.status).toBe('suspected');
    expect(await readRestorable(database.pool, number, 0)).toEqual([]);
  });

  it.each([
    ['not live any more', { live: false }],
    ['without anyone to send it to', { service: undefined }],
  ])('waits while Retort is %s', async (_, change) => {
    const { clock, receiver, work } = await room();
    const { number } = await makeCampaign(database.pool, { accounts: 3 });
    const proposal = await approved(database.pool, number, SUSPEND);
    await work(change)();
    expect(receiver.requests).toEqual([]);
    expect(await loadProposal(database.pool, proposal)).toMatchObject({ state: 'approved' });
    clock.advance(10_000);
    await work()();
    expect(receiver.acted).toHaveLength(3);
  });

  it('is not carried out for those who lost their role since', async () => {
    const { receiver, work } = await room();
    const { number } = await makeCampaign(database.pool, { accounts: 3 });
    const proposal = await approved(database.pool, number, SUSPEND);
    await work({ may: async () => ({ ok: false, reason: 'unavailable' }) })();
    expect(await loadProposal(database.pool, proposal)).toMatchObject({ state: 'approved' });
    const { clock, work: later } = await room();
    clock.advance(10_000);
    await later({
      may: async (user) => (user === 'U0JONAS' ? { ok: false, reason: 'not_in_group' } : { ok: true, name: 'x' }),
    })();
    expect(await loadProposal(database.pool, proposal)).toMatchObject({
      state: 'void',
      closed: { reason: 'role_lost' },
    });
    expect(receiver.requests).toEqual([]);
  });

  it('stands still under a freeze or a hold, and leaves alone who was excepted meanwhile', async () => {
    const { clock, receiver, work } = await room();
    const { number } = await makeCampaign(database.pool, { accounts: 6 });
    const proposal = await approved(database.pool, number, SUSPEND);
    let batches = 0;
    await work({
      async onPoint(point) {
        batches += point === 'kept' ? 1 : 0;
        if (point === 'kept' && batches === 1) await freezeActions(database.pool, { ...mara, now: clock.now() });
      },
    })();
    expect(receiver.acted).toHaveLength(2);
    const exception = { kind: 'account', subject: idOf(4), owner: 'U1', reason: 'known', endsAt: NOW + 1e9 } as const;
    await addException(database.pool, exception, { actor: 'U1', now: clock.now() });
    await liftFreeze(database.pool, { ...mara, now: clock.now() });
    await placeHold(database.pool, number, { ...mara, now: clock.now() });
    clock.advance(10_000);
    await work()();
    expect(receiver.acted).toHaveLength(2);
    await database.pool.query('truncate legal_hold');
    await workOff(database.pool, clock, work());
    expect(receiver.acted.map(({ accountId }) => accountId)).toEqual([1, 2, 3, 5, 6].map(idOf));
    expect(await readFailures(database.pool, proposal)).toEqual([
      { reason: 'allow_listed', accounts: 1, example: idOf(4) },
    ]);
    expect((await loadCampaign(database.pool, number))?.status).toBe('suspected');
  });

  it('is stopped by a person, and says who was not reached', async () => {
    const { clock, receiver, work } = await room();
    const { number } = await makeCampaign(database.pool, { accounts: 6 });
    const proposal = await approved(database.pool, number, SUSPEND);
    await work({
      async onPoint(point) {
        if (point === 'answered') await stopProposal(database.pool, proposal, { ...mara, now: clock.now() });
      },
    })();
    expect(receiver.acted).toHaveLength(2);
    expect(await loadProposal(database.pool, proposal)).toMatchObject({ state: 'done', closed: { by: 'U0MARA' } });
    expect(await readTally(database.pool, proposal)).toMatchObject({ done: 2, failed: 4, pending: 0 });
  });

  it('of what failed is asked for again, under the same keys, and for nobody else', async () => {
    let broken = true;
    const { clock, receiver, work } = await room({
      act: (_, id) => (broken && id === idOf(2) ? { reason: 'billing <!channel>' } : undefined),
    });
    const { number } = await makeCampaign(database.pool, { accounts: 4 });
    const proposal = await approved(database.pool, number, SUSPEND);
    await work()();
    const retry = () => retryProposal(database.pool, proposal, { ...mara, now: clock.now() });
    broken = false;
    expect(await retry()).toMatchObject({ ok: true, accounts: 1 });
    await work()();
    expect(receiver.acted.filter(({ accountId }) => accountId === idOf(2))).toHaveLength(1);
    expect(JSON.parse(receiver.requests.at(-1)?.body ?? '{}')).toMatchObject({
      data: { accounts: [{ account_id: idOf(2) }] },
    });
    expect(await retry()).toMatchObject({ ok: false, reason: 'nothing' });
    clock.advance(25 * 3_600_000);
    expect(await retry()).toMatchObject({ ok: false, reason: 'too_late' });
    expect(await readTally(database.pool, proposal)).toMatchObject({ done: 4, failed: 0 });
  });

  it('that nobody answers ends as unknown, never as done', async () => {
    const { clock, work } = await room({ fault: () => 'http_500_after' });
    const { number } = await makeCampaign(database.pool, { accounts: 1 });
    const proposal = await approved(database.pool, number, SUSPEND);
    await workOff(database.pool, clock, work());
    expect(await readTally(database.pool, proposal)).toMatchObject({ unknown: 1, done: 0 });
    expect(await readFailures(database.pool, proposal)).toMatchObject([{ reason: 'http_502' }]);
    expect((await loadCampaign(database.pool, number))?.status).toBe('suspected');
    // It may have happened, so it can be undone, and is not proposed again.
    expect(await readRestorable(database.pool, number, 0)).toHaveLength(1);
  });

  it('of two workers is carried out by one', async () => {
    const { receiver, work } = await room();
    const { number } = await makeCampaign(database.pool, { accounts: 9 });
    await approved(database.pool, number, SUSPEND);
    await Promise.all([work()(), work()(), work()()]);
    expect(receiver.acted).toHaveLength(9);
    expect(new Set(receiver.requests.map(({ id }) => id)).size).toBe(receiver.requests.length);
  });
});

describe('undoing', () => {
  it('restores all, or chosen accounts, of what was done, within its window', async () => {
    const { clock, receiver, work } = await room();
    const { number } = await makeCampaign(database.pool, { accounts: 4 });
    await approved(database.pool, number, SUSPEND);
    await work()();
    const store = createProposalStore(database.pool, POLICY);
    const undo = (chosen: string[] | null, now = clock.now()) =>
      store.propose(number, { action: 'restore', chosen }, { ...mara, now });
    expect(await undo([idOf(1), idOf(99)])).toMatchObject({ ok: false, reason: 'strangers', accounts: [idOf(99)] });
    expect(await undo(null, clock.now() + POLICY.undoWindowMs + 1)).toMatchObject({ ok: false, reason: 'nobody' });

    clock.advance(1_000);
    await approved(database.pool, number, { action: 'restore', chosen: [idOf(1)] }, clock.now());
    await work()();
    expect(receiver.acted.at(-1)).toEqual({ action: 'restore', accountId: idOf(1) });
    expect((await loadCampaign(database.pool, number))?.status).toBe('contained');
    clock.advance(1_000);
    await approved(database.pool, number, { action: 'restore', chosen: null }, clock.now());
    await work()();
    expect(receiver.acted.slice(-3).map(({ accountId }) => accountId)).toEqual([2, 3, 4].map(idOf));
    expect((await loadCampaign(database.pool, number))?.status).toBe('acknowledged');
    expect(await undo(null)).toMatchObject({ ok: false, reason: 'nobody' });
    const { rows } = await database.pool.query<{ status: string }>('select distinct status from account');
    expect(rows).toEqual([{ status: 'active' }]);
  });
});

describe('what an answer comes to', () => {
  const rows = [{ account: '1', key: 'k', attempt: 1, doubtful: false }];
  const last = [{ account: '1', key: 'k', attempt: 12, doubtful: false }];
  const timing = { now: 0, waitMs: () => 5 };
  const results = (...said: [string, { status: 'done' } | { status: 'failed'; reason: string; retry: boolean }][]) => ({
    kind: 'results' as const,
    results: new Map(said),
  });
  it.each([
    [results(['k', { status: 'done' }]), { state: 'done' }, { state: 'done' }],
    [results(), { state: 'again', certain: false }, { state: 'given_up' }],
    [
      results(['k', { status: 'failed', reason: 'r', retry: true }]),
      { state: 'again', certain: true },
      { state: 'failed' },
    ],
    [results(['k', { status: 'failed', reason: 'r', retry: false }]), { state: 'failed' }, { state: 'failed' }],
    [{ kind: 'unknown', error: 'e', afterMs: 9 }, { state: 'repeat', notBefore: 9 }, { state: 'given_up' }],
    [{ kind: 'later', error: 'e' }, { state: 'again', certain: true, notBefore: 5 }, { state: 'failed' }],
    [{ kind: 'refused', error: 'e' }, { state: 'failed', reason: 'e' }, { state: 'failed' }],
  ] as [Parameters<typeof settleBatch>[1], object, object][])('%j', (answer, outcome, atLast) => {
    expect(settleBatch(rows, answer, timing).get('1')).toMatchObject(outcome);
    expect(settleBatch(last, answer, timing).get('1')).toMatchObject(atLast);
  });

  it('of one that may have been done before is never taken for a failure, unless the service says so', () => {
    const doubtful = [{ account: '1', key: 'k', attempt: 2, doubtful: true }];
    const said = (answer: Parameters<typeof settleBatch>[1]) => settleBatch(doubtful, answer, timing).get('1');
    expect(said({ kind: 'refused', error: 'e' })).toMatchObject({ state: 'given_up' });
    expect(said({ kind: 'later', error: 'e' })).toMatchObject({ state: 'repeat' });
    expect(said(results(['k', { status: 'failed', reason: 'r', retry: false }]))).toMatchObject({ state: 'failed' });
  });
});
