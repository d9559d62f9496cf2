import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { mergePair, splitOff } from '../../src/db/campaign-pair.ts';
import { readHold } from '../../src/db/legal-hold.ts';
import { clearActions, makeCampaign } from '../action-world.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { serviceAt, startReceiver } from '../enforcement/receiver.ts';
import { approved, enforcing } from './enforcing.ts';
import { escalationRoom } from './escalating.ts';

const MINUTE = 60_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => clearActions(database.pool));

const story = () => escalationRoom(database.pool);

it('a campaign that was contained by a ban is over for the other side', async () => {
  const { escalate, worker, workOff, clock, pagerduty } = await story();
  const { pool } = database;
  const { number } = await makeCampaign(pool, { accounts: 3 });
  await escalate('pagerduty', number);
  const receiver = await startReceiver({ now: clock.now });
  await approved(pool, number, { action: 'suspend', scope: 'members' }, clock.now());
  await enforcing(pool, clock, { service: serviceAt(receiver.url) })();
  await worker()();
  await workOff();
  expect(receiver.acted).toHaveLength(3);
  expect(pagerduty.events.map(({ event_action: action }) => action)).toEqual(['trigger', 'resolve']);
});

it('a campaign that was told in a storm’s message gets its own, whose thread says so', async () => {
  await database.pool.query('truncate storm cascade');
  const { alert, escalate, settle, deliverer, messages } = await story();
  const work = deliverer({ storm: { campaigns: 1, windowMs: 60 * MINUTE } });
  await alert();
  await alert();
  await settle(work);
  expect(messages().at(-1)?.text).toContain('2 new campaigns at once');
  await escalate('webhook', 3);
  await settle(work);
  const root = messages().find(({ text }) => text.startsWith('C-3 · Suspected'));
  expect(root?.ts).toEqual(expect.any(String));
  expect(messages().find(({ text }) => text.includes('escalated C-3 to'))?.thread_ts).toBe(root?.ts);
});

it('a hold goes with its accounts into what they are merged or split into', async () => {
  const { escalate, clock } = await story();
  const { pool } = database;
  const { number: other, members } = await makeCampaign(pool, { accounts: 4 });
  const by = { actor: 'U0MARA', now: clock.now(), why: 'the same jobs' };
  await escalate('legal', other);
  const split = await splitOff(pool, { from: other, ids: members.slice(0, 1) }, by);
  expect(split).toMatchObject({ ok: true });
  await mergePair(pool, { from: other, into: 1 }, by);
  for (const number of [1, 3]) {
    expect(await readHold(pool, number)).toMatchObject({ by: 'U0MARA', reason: 'C-2 is held: help' });
  }
});
