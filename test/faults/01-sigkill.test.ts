import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { verifyAudit } from '../../src/db/audit-entry.ts';
import { clearActions, makeCampaign } from '../action-world.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { environmentOf } from '../enforcement/other-side.ts';
import { serviceAt, startReceiver } from '../enforcement/receiver.ts';
import { deliveryRoom } from '../jobs/delivery-room.ts';
import { approved, enforcing, workOff } from '../jobs/enforcing.ts';
import { escalationRoom } from '../jobs/escalating.ts';
import { killWorkers } from './kill-workers.ts';
import { launchDeliverer, launchEnforcer, launchEscalator } from './launch-worker.ts';
import { repetitions, sequence } from './repetitions.ts';
import { seen } from './seen.ts';
import { expectToldOnce } from './told-once.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const SEED = 20_260_427;
const timeout = 1_800_000;

it('SIGKILL of a delivery worker at each numbered point loses and doubles nothing', { timeout }, async () => {
  const room = await deliveryRoom(database.pool, { pacing: { perSecond: 1_000, burst: 1_000 } });
  const { sandbox, clock } = room;
  const random = sequence(SEED);
  const { killed, rounds } = await killWorkers({
    points: ['claimed', 'about_to_send', 'request_sent', 'response_received', 'marked'],
    kills: repetitions(8, 520),
    launch: () => launchDeliverer(database.url, sandbox),
    clock,
    pastLeaseMs: 121_000,
    passes: 3,
    random,
    async prepare(round) {
      await room.alert();
      if (random(2) === 0) await room.acknowledge(round, 'U0MARA');
    },
    answered: () => sandbox.control.until(() => sandbox.control.calls().every(({ settled }) => settled)),
  });
  await room.settle(room.worker());
  const tally = await expectToldOnce(database.pool, sandbox);
  expect(tally.campaigns).toBe(rounds);
  seen(1, { ...killed, ...tally });
});

it('SIGKILL of an enforcement worker at each numbered point leaves nobody out and acts on nobody twice', {
  timeout,
}, async () => {
  const { pool, url } = database;
  await clearActions(pool);
  const room = await deliveryRoom(pool, { pacing: { perSecond: 1_000, burst: 1_000 } });
  const { sandbox, clock } = room;
  const receiver = await startReceiver({ now: clock.now });
  const environment = { ...environmentOf({}), RETORT_ENFORCEMENT_URL: receiver.url };
  const members: string[] = [];
  const { killed, rounds } = await killWorkers({
    points: ['taken', 'request_sent', 'answered', 'kept'],
    kills: repetitions(4, 200),
    launch: () => launchEnforcer(url, environment, { batchSize: 2 }),
    clock,
    pastLeaseMs: 61_000,
    passes: 4,
    random: sequence(SEED),
    async prepare() {
      const made = await makeCampaign(pool, { accounts: 6, first: members.length + 1 });
      members.push(...made.members);
      await approved(pool, made.number, { action: 'suspend', scope: 'members' }, clock.now());
    },
    answered: () => vi.waitUntil(() => receiver.underWay() === 0, { timeout: 20_000 }),
  });
  await workOff(pool, clock, enforcing(pool, clock, { service: serviceAt(receiver.url), batchSize: 2 }));
  await room.settle(room.worker());

  expect(receiver.acted.map(({ accountId }) => accountId).toSorted()).toEqual(members);
  const { rows: ledger } = await pool.query(
    `select l.state, a.status, count(*)::int from action_ledger l join account a using (account_key) group by 1, 2`,
  );
  expect(ledger).toEqual([{ state: 'done', status: 'suspended', count: members.length }]);
  // A repeated request is the same request, to the letter.
  const bodies = new Map<string, string>();
  for (const { id, body } of receiver.requests) expect(bodies.set(id, bodies.get(id) ?? body).get(id)).toBe(body);
  const cards = sandbox.control.messages('abuse-alerts').filter(({ text }) => text.startsWith('*P-'));
  expect(cards).toHaveLength(rounds);
  expect(cards.filter(({ text }) => !text.includes('Done: 6 of 6 suspended'))).toEqual([]);
  expect(await verifyAudit(pool)).toMatchObject({ ok: true });
  seen(1, { ...killed, accounts: members.length, repeated: receiver.requests.length - bodies.size });
});

it('SIGKILL of an escalation worker at each numbered point leaves nothing untold and calls nobody twice', {
  timeout,
}, async () => {
  const { pool, url } = database;
  await clearActions(pool);
  const room = await escalationRoom(pool);
  const { clock, pagerduty, tickets } = room;
  const environment = environmentOf({ pagerduty: pagerduty.url, webhook: tickets.url });
  const { killed, rounds } = await killWorkers({
    points: ['claimed', 'request_sent', 'answered', 'kept'],
    kills: repetitions(4, 200),
    launch: () => launchEscalator(url, environment),
    clock,
    pastLeaseMs: 61_000,
    passes: 10,
    random: sequence(SEED),
    async prepare(round) {
      if (round > 1) await room.alert();
      for (const target of ['pagerduty', 'webhook'] as const) await room.escalate(target, round);
      if (round > 1) await room.acknowledge(round - 1, 'U0JONAS');
      if (round > 2) await room.dismiss(round - 2);
    },
    answered: () => vi.waitUntil(() => pagerduty.underWay() + tickets.underWay() === 0, { timeout: 20_000 }),
  });
  await room.workOff();

  const steps = (campaign: number) => ['open', 'acknowledge', 'close'].slice(0, rounds - campaign + 1);
  for (let campaign = 1; campaign <= rounds; campaign += 1) {
    const told = tickets.done.filter(({ data }) => data['campaign'] === `C-${campaign}`);
    expect(told.map(({ what }) => what)).toEqual(steps(campaign));
  }
  const called = [...pagerduty.incidents.values()];
  expect(called).toHaveLength(rounds);
  expect(called.filter(({ calls }) => calls !== 1)).toEqual([]);
  expect(called.filter(({ state }) => state === 'resolved')).toHaveLength(rounds - 2);
  const bodies = new Map<string, string>();
  for (const { id, body } of tickets.messages) expect(bodies.set(id, bodies.get(id) ?? body).get(id)).toBe(body);
  const { rows: events } = await pool.query<{ state: string; count: number }>(
    'select state, count(*)::int from escalation_event group by state',
  );
  expect(events).toEqual([{ state: 'sent', count: 6 * rounds - 6 }]);
  const { rows: delivered } = await pool.query(
    `select count(*)::int from audit_entry where action = 'escalation.deliver'`,
  );
  expect(delivered).toEqual([{ count: 6 * rounds - 6 }]);
  expect(await verifyAudit(pool)).toMatchObject({ ok: true });
  seen(1, { ...killed, campaigns: rounds, repeated: tickets.messages.length - bodies.size });
});
