import { array, assert, asyncProperty, constantFrom, integer, oneof, record } from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readListed } from '../../src/db/action-ledger.ts';
import { freezeActions, liftFreeze } from '../../src/db/action-freeze.ts';
import { verifyAudit } from '../../src/db/audit-entry.ts';
import { addException, endException } from '../../src/db/exception-entry.ts';
import { liftHold, placeHold } from '../../src/db/legal-hold.ts';
import { openProposal } from '../../src/db/proposal.ts';
import { rejectProposal, retryProposal, stopProposal } from '../../src/db/proposal-control.ts';
import { createProposalStore } from '../../src/db/proposal-store.ts';
import type { AccountResult } from '../../src/campaigns/settle-batch.ts';
import type { AccountService } from '../../src/enforcement/account-webhook.ts';
import { clearActions, idOf, join, makeCampaign, POLICY } from '../action-world.ts';
import { NOW } from '../campaign-fixture.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { enforcing } from './enforcing.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const PEOPLE = ['U0MARA', 'U0JONAS', 'U0RAVI'] as const;
const actor = constantFrom(...PEOPLE);
const campaign = constantFrom(1, 2);
const key = integer({ min: 1, max: 12 });
const does = <Name extends string>(...names: Name[]) => constantFrom(...names);
const fault = constantFrom('none' as const, 'none' as const, 'hang' as const, 'half' as const, 'refuse' as const);
const action = constantFrom('suspend' as const, 'ban' as const, 'watermark' as const);
const propose = record({ does: does('propose'), campaign, actor, action });
const undo = record({ does: does('undo'), campaign, actor, key, all: constantFrom(true, false) });
const step = oneof(
  propose,
  undo,
  record({ does: does('approve'), campaign, actor }),
  record({ does: does('reject', 'stop', 'retry'), campaign, actor }),
  record({ does: does('join', 'leave', 'except', 'unexcept', 'unexcept'), campaign, key }),
  record({ does: does('freeze', 'unfreeze', 'unfreeze', 'hold', 'unhold', 'unhold'), campaign, actor }),
  record({ does: does('work'), fault }),
);

/** One after another as people would have it, with anything at all in between. */
const episode = record({
  proposal: oneof(propose, undo),
  approver: actor,
  noise: array(array(step, { maxLength: 2 }), { minLength: 3, maxLength: 3 }),
  drift: array(record({ does: does('except'), campaign, key }), { maxLength: 1 }),
  fault,
}).map(({ proposal, approver, noise: [first = [], second = [], third = []], drift, fault: failing }) => [
  proposal,
  ...first,
  { does: 'approve' as const, campaign: proposal.campaign, actor: approver },
  ...second,
  ...drift,
  { does: 'work' as const, fault: failing },
  ...third,
]);

it('touches nobody outside an approved list, whatever the order of proposals, approvals, drift, freezes and undos', {
  timeout: 600_000,
}, async () => {
  const { pool } = database;
  let touched = 0;
  await assert(
    asyncProperty(array(episode, { minLength: 4, maxLength: 8, size: 'max' }), async (episodes) => {
      const steps = episodes.flat();
      await clearActions(pool);
      await makeCampaign(pool, { accounts: 6, review: 1 });
      // Some accounts are in both.
      await makeCampaign(pool, { accounts: 6, review: 1, first: 5 });
      await pool.query(`insert into account (account_key, account_id, updated_at) values (12, '${idOf(12)}', now())`);
      let at = NOW;
      const clock = { now: () => at, sleep: async () => {}, advance: () => {} };
      const store = createProposalStore(pool, POLICY);

      // What the model knows by itself.
      const members = new Map([1, 2].map((of) => [of, new Set([1, 2, 3, 4, 5, 6].map((each) => each + (of - 1) * 4))]));
      const excepted = new Map<number, number>();
      const approvedLists = new Map<number, ReadonlySet<string>>();
      const proposers = new Map<number, string>();
      const standing = new Map<string, string>();
      const doneKeys = new Map<string, string>();
      const sentBefore = new Set<string>();
      const wrongs: string[] = [];
      let frozen = false;
      const held = new Set<number>();
      let failing = 'none';

      const service: AccountService = {
        ask: async (proposal, batch) => {
          const { number, action } = proposal;
          // Not thrown here: a worker survives what its service throws.
          if (frozen) wrongs.push('sent under a freeze');
          if (action !== 'restore' && held.has(proposal.campaign)) wrongs.push('sent under a hold');
          const results = new Map<string, AccountResult>();
          for (const { accountId, key: idempotency } of batch.rows) {
            touched += 1;
            if (approvedLists.get(number)?.has(accountId) !== true) wrongs.push(`${accountId} was not approved`);
            // Known to be good by now: only what was already asked for may be asked for again.
            const isGood = [...excepted.keys()].some((each) => idOf(each) === accountId);
            if (isGood && action !== 'restore' && !sentBefore.has(idempotency)) wrongs.push(`${accountId} is good`);
            sentBefore.add(idempotency);
            if (failing === 'refuse') continue;
            if (!doneKeys.has(idempotency)) {
              // Nothing is done twice under two keys.
              if (action !== 'restore' && standing.get(accountId) === action) wrongs.push(`${accountId} twice`);
              doneKeys.set(idempotency, accountId);
              standing.set(accountId, action);
            }
            if (failing !== 'half' || results.size % 2 === 0) results.set(idempotency, { status: 'done' });
          }
          if (failing === 'hang') return { kind: 'unknown', error: 'timeout' };
          return failing === 'refuse' ? { kind: 'refused', error: 'http_400' } : { kind: 'results', results };
        },
      };
      const worker = enforcing(pool, clock, { service, batchSize: 3 });

      for (const each of steps) {
        at += 61_000;
        const by = { now: at, reason: 'because' };
        if (each.does === 'propose' || each.does === 'undo') {
          const wish =
            each.does === 'propose'
              ? ({ action: each.action, scope: 'members' } as const)
              : ({ action: 'restore', chosen: each.all ? null : [idOf(each.key)] } as const);
          const outcome = await store.propose(each.campaign, wish, { ...by, actor: each.actor });
          if (outcome.ok) proposers.set(outcome.proposal.number, each.actor);
        } else if (each.does === 'approve') {
          const open = await openProposal(pool, each.campaign);
          if (open === undefined) continue;
          const outcome = await store.approve(open.number, { now: at, actor: each.actor });
          if (!outcome.ok || !outcome.complete) continue;
          if (each.actor === proposers.get(open.number)) wrongs.push('approved by its proposer');
          if (frozen) wrongs.push('approved under a freeze');
          const list = (await readListed(pool, open.number)).map(({ accountId }) => accountId);
          if (open.action === 'restore') {
            for (const id of list)
              if ((standing.get(id) ?? 'restore') === 'restore') wrongs.push(`${id} was not acted upon`);
          } else {
            const may = [...(members.get(each.campaign) ?? [])].filter((member) => !excepted.has(member)).map(idOf);
            for (const id of list) if (!may.includes(id)) wrongs.push(`${id} may not be in the list`);
          }
          approvedLists.set(open.number, new Set(list));
        } else if (each.does === 'work') {
          failing = each.fault;
          await worker();
        } else if (each.does === 'join') {
          if (excepted.has(each.key)) continue;
          await join(pool, each.campaign, [each.key]);
          members.get(each.campaign)?.add(each.key);
        } else if (each.does === 'leave') {
          await pool.query('update campaign_account set left_at = now() where campaign_id = $1 and account_key = $2', [
            each.campaign,
            each.key,
          ]);
          members.get(each.campaign)?.delete(each.key);
        } else if (each.does === 'except') {
          const draft = {
            kind: 'account',
            subject: idOf(each.key),
            owner: 'U1',
            reason: 'known',
            endsAt: NOW + 1e10,
          } as const;
          const added = await addException(pool, draft, { actor: 'U1', now: at });
          if (added.ok) excepted.set(each.key, added.exception.number);
        } else if (each.does === 'unexcept') {
          const number = excepted.get(each.key);
          if (number !== undefined) await endException(pool, number, { ...by, actor: 'U1' });
          excepted.delete(each.key);
        } else if (each.does === 'freeze') {
          await freezeActions(pool, { ...by, actor: each.actor });
          frozen = true;
        } else if (each.does === 'unfreeze') {
          await liftFreeze(pool, { ...by, actor: each.actor });
          frozen = false;
        } else if (each.does === 'hold') {
          await placeHold(pool, each.campaign, { ...by, actor: each.actor });
          held.add(each.campaign);
        } else if (each.does === 'unhold') {
          await liftHold(pool, each.campaign, { ...by, actor: each.actor });
          held.delete(each.campaign);
        } else if (each.does === 'reject' || each.does === 'stop' || each.does === 'retry') {
          const end = { reject: rejectProposal, stop: stopProposal, retry: retryProposal }[each.does];
          const newest = Math.max(0, ...proposers.keys());
          await end(pool, (await openProposal(pool, each.campaign))?.number ?? newest, { ...by, actor: each.actor });
        }
      }
      expect(wrongs).toEqual([]);
      // What the ledger calls done was done, and nobody else.
      const { rows } = await pool.query<{ key: string }>(
        `select idempotency_key as key from action_ledger where state = 'done'`,
      );
      for (const row of rows) expect(doneKeys.has(row.key)).toBe(true);
    }),
    { numRuns: 40 },
  );
  // The property is about something: a good many accounts were asked for.
  expect(touched).toBeGreaterThan(200);
  expect(await verifyAudit(pool)).toMatchObject({ ok: true });
});
