import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAddressGuard } from '../../src/enforcement/address-guard.ts';
import { createPagerDuty } from '../../src/enforcement/pagerduty.ts';
import { createWebhookPoster } from '../../src/enforcement/post-webhook.ts';
import type { EscalatePoint } from '../../src/jobs/escalate.ts';
import { selfCheck } from '../../src/jobs/self-check.ts';
import { createLog } from '../../src/log.ts';
import { clearActions } from '../action-world.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { type Fault, ROUTING_KEY } from '../enforcement/other-side.ts';
import { escalationRoom } from './escalating.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await clearActions(database.pool);
  await database.pool.query('truncate ailment');
});

const MINUTE = 60_000;

const story = (faults?: Parameters<typeof escalationRoom>[1]) => escalationRoom(database.pool, faults);

const audited = async () => {
  const { rows } = await database.pool.query<{ word: string }>(
    `select action || ' ' || reason as word from audit_entry where action like 'escalation.%' order by seq desc limit 1`,
  );
  return rows[0]?.word;
};

describe('a worker that dies', () => {
  it.each<[EscalatePoint, number]>([
    ['claimed', 3],
    // What was answered and not written down is sent again.
    ['answered', 6],
    ['kept', 3],
  ])('when it has %s leaves the rest to another: nobody is called twice', async (point, messages) => {
    const { escalate, acknowledge, dismiss, worker, workOff, clock, pagerduty, tickets, standing } = await story();
    const dying = worker({
      onPoint: (at) => {
        if (at === point) throw new Error('killed');
      },
    });
    for (const target of ['pagerduty', 'webhook'] as const) await escalate(target);
    for (const next of [() => acknowledge(1, 'U0JONAS'), dismiss]) {
      await dying();
      await next();
      clock.advance(MINUTE);
    }
    await dying();
    clock.advance(MINUTE);
    await workOff();
    expect([...pagerduty.incidents.values()]).toEqual([{ state: 'resolved', calls: 1 }]);
    expect(tickets.done.map(({ what }) => what)).toEqual(['open', 'acknowledge', 'close']);
    const bodies = new Map<string, Set<string>>();
    for (const { id, body } of tickets.messages) bodies.set(id, (bodies.get(id) ?? new Set()).add(body));
    expect(bodies.size).toBe(3);
    expect([...bodies.values()].every((all) => all.size === 1)).toBe(true);
    expect(tickets.messages).toHaveLength(messages);
    expect(await standing()).toEqual([]);
  });

  it.each<[EscalatePoint, number]>([
    ['claimed', 1],
    ['answered', 2],
  ])('and wakes up after its lease when it has %s changes nothing any more', async (where, events) => {
    const { escalate, worker, clock, pagerduty } = await story();
    const delivered = async () =>
      (await database.pool.query(`select from audit_entry where action = 'escalation.deliver'`)).rowCount ?? 0;
    const before = await delivered();
    await escalate('pagerduty');
    const other = worker();
    let slept = false;
    await worker({
      async onPoint(point) {
        if (point !== where || slept) return;
        slept = true;
        clock.advance(2 * MINUTE);
        await other();
      },
    })();
    expect(pagerduty.events).toHaveLength(events);
    expect([...pagerduty.incidents.values()]).toEqual([{ state: 'triggered', calls: 1 }]);
    expect((await delivered()) - before).toBe(1);
  });

  it('is not needed where several work at once', async () => {
    const { escalate, worker, tickets, pagerduty } = await story();
    for (const target of ['pagerduty', 'webhook'] as const) await escalate(target);
    await Promise.all(Array.from({ length: 5 }, () => worker()()));
    expect([pagerduty.events.length, tickets.messages.length]).toEqual([1, 1]);
  });
});

describe('an other side that fails', () => {
  it.each<[string, Fault]>([
    ['answers 503', { status: 503 }],
    ['acts and answers 502', { status: 502, after: true }],
    ['asks to wait', { status: 429 }],
  ])('and %s is told again, until it has heard', async (_, fault) => {
    const twice = (request: number) => (request <= 2 ? fault : undefined);
    const { escalate, worker, workOff, deliver, messages, pagerduty, tickets, standing } = await story({
      pagerduty: twice,
      tickets: twice,
    });
    for (const target of ['pagerduty', 'webhook'] as const) await escalate(target);
    expect(await worker()()).toEqual({ sent: 0, again: 2, dead: 0 });
    expect(await standing()).toEqual(['pagerduty under_way', 'webhook under_way']);
    await deliver();
    expect(messages()[0]?.text).toContain('on its way');
    await workOff();
    await deliver();
    expect(await standing()).toEqual(['pagerduty there', 'webhook there']);
    expect(messages()[0]?.text).not.toContain('on its way');
    expect([...pagerduty.incidents.values()]).toEqual([{ state: 'triggered', calls: 1 }]);
    expect(tickets.done).toHaveLength(1);
  });

  it('is told in order, whatever has to be repeated', async () => {
    const { escalate, acknowledge, worker, workOff, tickets } = await story({
      tickets: (request) => (request <= 2 ? { status: 503 } : undefined),
    });
    await escalate('webhook');
    await acknowledge(1, 'U0JONAS');
    expect(await worker()()).toEqual({ sent: 0, again: 1, dead: 0 });
    await workOff();
    expect(tickets.done.map(({ what }) => what)).toEqual(['open', 'acknowledge']);
  });

  it('is left alone for as long as it says', async () => {
    const { escalate, worker, clock, pagerduty } = await story({
      pagerduty: (request) => (request === 1 ? { status: 429, headers: { 'retry-after': '300' } } : undefined),
    });
    await escalate('pagerduty');
    await worker()();
    clock.advance(299_000);
    expect(await worker()()).toEqual({ sent: 0, again: 0, dead: 0 });
    clock.advance(1_000);
    expect(await worker()()).toMatchObject({ sent: 1 });
    expect(pagerduty.events).toHaveLength(1);
  });

  it('and hangs is told again', async () => {
    const { escalate, worker, workOff, pagerduty } = await story({
      pagerduty: (request) => (request === 1 ? 'hang' : undefined),
    });
    await escalate('pagerduty');
    const guard = createAddressGuard(['127.0.0.1/32']);
    const post = createWebhookPoster({ url: pagerduty.url, sign: () => ({}), guard, timeoutMs: 200 });
    const senders = { pagerduty: createPagerDuty(post, ROUTING_KEY) };
    expect(await worker({ senders })()).toEqual({ sent: 0, again: 1, dead: 0 });
    await workOff(worker({ senders }));
    expect(pagerduty.events).toHaveLength(2);
    expect([...pagerduty.incidents.values()]).toEqual([{ state: 'triggered', calls: 1 }]);
  });

  it.each([400, 403, 307])(
    'with %i is given up at once, told in thread and channel, and may be tried anew',
    async (status) => {
      const { escalate, acknowledge, worker, workOff, deliver, messages, pagerduty, standing } = await story({
        pagerduty: (request) => (request === 1 ? { status, headers: { location: '/elsewhere' } } : undefined),
      });
      await escalate('pagerduty');
      await acknowledge(1, 'U0JONAS');
      expect(await worker()()).toEqual({ sent: 0, again: 0, dead: 1 });
      await deliver();
      expect(await standing()).toEqual(['pagerduty failed']);
      expect(messages()[0]?.text).toContain('*it never arrived*');
      const told = messages().find(({ text }) => text.includes('does not know of it'));
      expect(told?.text).toMatch(
        /^:warning: \*C-1: PagerDuty does not know of it\* \(http_\d+\)\. Call them another way/,
      );
      expect(told?.subtype).toBe('thread_broadcast');
      expect(await audited()).toBe(`escalation.give_up http_${status}`);
      // What was to follow is not told of something that was never heard of.
      expect(await worker()()).toEqual({ sent: 0, again: 0, dead: 0 });
      expect(await escalate('pagerduty')).toMatchObject({ ok: true });
      await workOff();
      expect(pagerduty.events.map(({ event_action: action }) => action)).toEqual(['trigger']);
      expect(await standing()).toEqual(['pagerduty there']);
    },
  );

  it('for a day is given up; before that Retort says that it is ill, and when that is over', async () => {
    const { escalate, dismiss, workOff, deliver, messages, clock, standing } = await story({
      tickets: () => ({ status: 503 }),
    });
    const { pool } = database;
    const begun = clock.now();
    await escalate('webhook');
    await dismiss();
    clock.advance(6 * MINUTE);
    expect(await selfCheck({ pool, now: clock.now() })).toMatchObject({ begun: ['late_escalations'] });
    await workOff();
    expect(clock.now() - begun).toBeGreaterThan(23 * 60 * MINUTE);
    expect(clock.now() - begun).toBeLessThan(25 * 60 * MINUTE);
    expect(await standing()).toEqual([]);
    expect(await audited()).toBe('escalation.give_up http_503');
    expect(await selfCheck({ pool, now: clock.now() })).toMatchObject({ over: ['late_escalations'] });
    await deliver();
    const texts = messages().map(({ text }) => text);
    expect(texts).toContainEqual(expect.stringContaining('An escalation does not get through'));
    expect(texts).toContainEqual(expect.stringContaining('the escalation webhook does not know of it'));
  });

  it('is not told of an acknowledgement, and the thread says so, to nobody else', async () => {
    const { escalate, acknowledge, workOff, deliver, messages, standing } = await story({
      tickets: (request) => (request === 2 ? { status: 410 } : undefined),
    });
    await escalate('webhook');
    await acknowledge(1, 'U0JONAS');
    await workOff();
    await deliver();
    const told = messages().find(({ text }) => text.includes('was not told that it is acknowledged'));
    expect(told).toMatchObject({ thread_ts: messages()[0]?.ts });
    expect(told?.subtype).not.toBe('thread_broadcast');
    expect(await standing()).toEqual(['webhook there']);
  });

  it('at a private address is not spoken to', async () => {
    const { escalate, worker, pagerduty } = await story();
    await escalate('pagerduty');
    const post = createWebhookPoster({ url: pagerduty.url, sign: () => ({}), guard: createAddressGuard([]) });
    expect(await worker({ senders: { pagerduty: createPagerDuty(post, ROUTING_KEY) } })()).toMatchObject({ dead: 1 });
    expect(await audited()).toBe('escalation.give_up forbidden_address');
    expect(pagerduty.events).toEqual([]);
  });
});

it('what is for a side that this process does not know waits for one that does', async () => {
  const { escalate, worker, tickets } = await story();
  await escalate('webhook');
  expect(await worker({ senders: {} })()).toEqual({ sent: 0, again: 0, dead: 0 });
  await worker()();
  expect(tickets.done).toHaveLength(1);
});

it('the routing key is neither stored nor logged', async () => {
  const lines: string[] = [];
  const log = createLog('debug', { write: (line: string) => void lines.push(line) });
  const { escalate, worker } = await story({ pagerduty: () => ({ status: 400 }) });
  await escalate('pagerduty');
  await worker({ log })();
  log.error({ config: { pagerduty: { routingKey: ROUTING_KEY } }, routing_key: ROUTING_KEY }, 'a careless line');
  expect(lines.join('')).toContain('an escalation: dead');
  expect(lines.join('')).not.toContain(ROUTING_KEY);
  for (const table of ['escalation', 'escalation_event', 'outbox', 'audit_entry']) {
    const { rows } = await database.pool.query(`select from ${table} as t where t::text like $1`, [`%${ROUTING_KEY}%`]);
    expect(rows).toEqual([]);
  }
});
