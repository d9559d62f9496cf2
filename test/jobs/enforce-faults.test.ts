import { afterAll, beforeAll, expect, it } from 'vitest';
import { readTally } from '../../src/db/action-ledger.ts';
import { loadProposal } from '../../src/db/proposal.ts';
import type { EnforcePoint } from '../../src/jobs/enforce.ts';
import { clearActions, idOf, makeCampaign } from '../action-world.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { type Fault, serviceAt, startReceiver } from '../enforcement/receiver.ts';
import { deliveryRoom } from './delivery-room.ts';
import { approved, enforcing } from './enforcing.ts';

const ACCOUNTS = 25_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** A fixed sequence of numbers from 0 to 1. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** 3 % fail at the gateway, before or after the work, 1 % hang once it is done, some are answered twice or wrongly. */
function faults(): (request: number) => Fault {
  const random = sequence(7);
  return () => {
    const roll = random();
    if (roll < 0.015) return 'http_500';
    if (roll < 0.03) return 'http_500_after';
    if (roll < 0.04) return 'hang_after';
    if (roll < 0.09) return 'twice';
    return roll < 0.1 ? 'junk' : undefined;
  };
}

it('bans 25,000 through faults and crashes: ledger, receiver and Slack agree account by account, nothing twice', {
  timeout: 120_000,
}, async () => {
  const { pool } = database;
  await clearActions(pool);
  const room = await deliveryRoom(pool);
  const { clock, sandbox } = room;
  const deliver = room.worker();
  const { number, members } = await makeCampaign(pool, { accounts: ACCOUNTS });
  // Every hundredth is gone; every hundredth fails once.
  const gone = new Set(members.filter((_, index) => index % 100 === 17));
  const flaky = new Set(members.filter((_, index) => index % 100 === 42));
  const receiver = await startReceiver({
    now: clock.now,
    fault: faults(),
    act(_, accountId) {
      if (gone.has(accountId)) return { reason: 'not_found' };
      return flaky.delete(accountId) ? { reason: 'busy', retry: true } : undefined;
    },
  });
  const proposal = await approved(pool, number, { action: 'suspend', scope: 'members' }, clock.now());
  const card = () => sandbox.control.messages('abuse-alerts').find(({ text }) => text.startsWith('*P-'))?.text ?? '';

  // The worker dies in the middle of a batch, at another point each time; the next one has only the ledger.
  const dies = new Map<number, EnforcePoint>([
    [20, 'taken'],
    [70, 'answered'],
    [150, 'answered'],
    [151, 'taken'],
  ]);
  let points = 0;
  const seen: string[] = [];
  const work = () =>
    enforcing(pool, clock, {
      service: serviceAt(receiver.url, { timeoutMs: 150 }),
      async onPoint(point) {
        points += point === 'taken' ? 1 : 0;
        if (dies.get(points) !== point) return;
        dies.delete(points);
        await room.settle(deliver);
        const { done } = await readTally(pool, proposal);
        seen.push(card());
        expect(card()).toContain(`${done.toLocaleString('en')} of 25,000 suspended`);
        throw new Error('the worker died');
      },
    })();
  for (let round = 0; round < 200 && (await loadProposal(pool, proposal))?.state !== 'done'; round += 1) {
    await work();
    clock.advance(61_000);
  }
  await room.settle(deliver);

  expect(dies.size).toBe(0);
  expect(new Set(seen).size).toBeGreaterThan(2);
  const rows = await pool.query<{ account_id: string; state: string; reason: string | null; status: string }>(
    `select l.account_id, l.state, l.reason, a.status from action_ledger l join account a using (account_key)
       where proposal_id = $1`,
    [proposal],
  );
  const done = rows.rows
    .filter(({ state }) => state === 'done')
    .map(({ account_id: id }) => id)
    .toSorted();
  const acted = receiver.acted.map(({ accountId }) => accountId);
  expect(new Set(acted).size).toBe(acted.length);
  expect(acted.toSorted()).toEqual(done);
  expect(done).toHaveLength(ACCOUNTS - gone.size);
  expect(rows.rows.filter(({ state }) => state !== 'done')).toSatisfy((others: typeof rows.rows) =>
    others.every(({ account_id: id, state, reason }) => state === 'failed' && reason === 'not_found' && gone.has(id)),
  );
  expect(rows.rows.every(({ state, status }) => (state === 'done') === (status === 'suspended'))).toBe(true);
  expect(card()).toContain('Done: 24,750 of 25,000 suspended, 250 failed');
  expect(card()).toContain(`250 accounts: the account service does not know them, such as \`${idOf(18)}\``);
  // A repeated message is the same message, to the letter.
  const bodies = new Map<string, string>();
  for (const { id, body } of receiver.requests) expect(bodies.set(id, bodies.get(id) ?? body).get(id)).toBe(body);
  const root = sandbox.control.messages('abuse-alerts')[0]?.text;
  expect(root).toContain('24,750 of 25,000 suspended');
  expect(root).toContain('Contained');
});
