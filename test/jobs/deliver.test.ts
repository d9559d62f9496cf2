import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/faults.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { verifyAudit } from '../../src/db/audit-entry.ts';
import { loadCampaign } from '../../src/db/campaign.ts';
import { enqueue, outboxFigures } from '../../src/db/outbox.ts';
import type { DeliveryPoint } from '../../src/jobs/send-delivery.ts';
import { NOW } from '../campaign-fixture.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { deliveryRoom } from './delivery-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const CHANNEL = 'abuse-alerts';
const roots = (sandbox: Sandbox) =>
  sandbox.control
    .messages(CHANNEL)
    .filter((message) => message.thread_ts === undefined || message.thread_ts === message.ts);
const replies = (sandbox: Sandbox) =>
  sandbox.control
    .messages(CHANNEL)
    .filter((message) => message.thread_ts !== undefined && message.thread_ts !== message.ts);

describe('deliver', () => {
  it('posts a root once, keeps it true, and answers in its thread', async () => {
    const { sandbox, worker, alert, acknowledge, clock } = await deliveryRoom(database.pool);
    const work = worker();
    await alert();
    expect(await work()).toMatchObject({ sent: 1 });
    const [root] = roots(sandbox);
    expect(root?.text).toContain('C-1 · Suspected distillation campaign');
    expect((await loadCampaign(database.pool, 1))?.post).toEqual({ channel: 'C0ALERTS', ts: root?.ts });
    await acknowledge(1, 'U0MARA');
    clock.advance(5_000);
    expect(await work()).toMatchObject({ sent: 2 });
    expect(roots(sandbox)).toHaveLength(1);
    expect(roots(sandbox)[0]?.text).toContain('Acknowledged by <@U0MARA>');
    expect(replies(sandbox).map((reply) => reply.text)).toEqual([
      expect.stringMatching(/^\*[\w ]+\* acknowledged C-1/),
    ]);
    expect(await work()).toEqual({ sent: 0, retry: 0, unknown: 0, dead: 0, lost: 0 });
  });

  it('collapses roots that wait into one message', async () => {
    const { sandbox, worker, alert, acknowledge } = await deliveryRoom(database.pool);
    await alert();
    await acknowledge(1, 'U0MARA');
    expect(await worker()()).toMatchObject({ sent: 2 });
    expect(sandbox.control.calls('chat.update')).toHaveLength(0);
    expect(roots(sandbox)[0]?.text).toContain('Acknowledged distillation campaign');
    expect((await outboxFigures(database.pool)).counts).toMatchObject({ sent: 3, pending: 0 });
  });

  it('keeps an alert storm below what Slack takes', async () => {
    const { sandbox, worker, alert, settle } = await deliveryRoom(database.pool, {
      pacing: { perSecond: 1, burst: 1 },
    });
    for (let campaign = 0; campaign < 15; campaign += 1) await alert();
    await settle(worker());
    expect(roots(sandbox)).toHaveLength(15);
    expect(sandbox.control.calls('chat.postMessage')).toHaveLength(15);
  });

  it('waits as long as a 429 says', async () => {
    const { sandbox, worker, alert, clock } = await deliveryRoom(database.pool);
    const work = worker();
    await alert();
    sandbox.control.fail('chat.postMessage', { kind: 'rate_limited', retryAfter: 45 }, 1);
    expect(await work()).toMatchObject({ retry: 1 });
    clock.advance(44_000);
    expect(await work()).toMatchObject({ sent: 0, retry: 0 });
    clock.advance(1_500);
    expect(await work()).toMatchObject({ sent: 1 });
  });

  it.each<[string, Fault]>([
    ['500 before', { kind: 'http_500' }],
    ['500 after accepting', { kind: 'http_500_after' }],
    ['hanging', { kind: 'hang' }],
    ['accepting, then hanging', { kind: 'hang_after' }],
    ['reset', { kind: 'reset' }],
    ['accepting, then reset', { kind: 'reset_after' }],
    ['a page with 200', { kind: 'html' }],
    ['429 without Retry-After', { kind: 'rate_limited' }],
    ['internal_error', { kind: 'error', error: 'internal_error' }],
  ])('loses and doubles nothing after %s', async (_, fault) => {
    const { sandbox, worker, alert, acknowledge, settle } = await deliveryRoom(database.pool);
    const work = worker();
    sandbox.control.fail('chat.postMessage', fault, 2);
    await alert();
    await settle(work);
    sandbox.control.fail('chat.postMessage', fault, 1);
    sandbox.control.fail('chat.update', fault, 1);
    await acknowledge(1, 'U0MARA');
    await settle(work);
    expect(roots(sandbox)).toHaveLength(1);
    expect(replies(sandbox)).toHaveLength(1);
    expect(roots(sandbox)[0]?.text).toContain('Acknowledged by');
    expect((await outboxFigures(database.pool)).counts).toMatchObject({ pending: 0, sending: 0, unknown: 0, dead: 0 });
  });

  it.each<DeliveryPoint>(['claimed', 'about_to_send', 'request_sent', 'response_received', 'marked'])(
    'loses and doubles nothing when a worker dies at %s',
    async (point) => {
      const { sandbox, worker, alert, acknowledge, settle } = await deliveryRoom(database.pool);
      const dying = () =>
        worker({
          onPoint: async (at) => {
            if (at !== point) return;
            // The request is out: what Slack makes of it, the dead worker does not learn.
            if (at === 'request_sent') await sandbox.control.until(() => sandbox.control.calls().length > 0);
            throw new Error('killed');
          },
        });
      await alert();
      await dying()();
      await settle(worker());
      await acknowledge(1, 'U0MARA');
      await dying()();
      await settle(worker());
      expect(roots(sandbox)).toHaveLength(1);
      expect(replies(sandbox)).toHaveLength(1);
      expect(roots(sandbox)[0]?.text).toContain('Acknowledged by');
    },
  );

  it('takes no further row once it is to end, and the next one goes on where it stopped', async () => {
    const { alert, sandbox, settle, worker } = await deliveryRoom(database.pool);
    for (let count = 0; count < 3; count += 1) await alert();
    const ending = new AbortController();
    const onPoint = (point: DeliveryPoint) => void (point === 'marked' && ending.abort());
    expect(await worker({ onPoint, signal: ending.signal })()).toMatchObject({ sent: 1 });
    expect(sandbox.control.messages('abuse-alerts')).toHaveLength(1);
    await settle(worker());
    expect(sandbox.control.messages('abuse-alerts')).toHaveLength(3);
  });

  it('shares the outbox between workers without doubling', async () => {
    const { sandbox, worker, alert, settle, acknowledge } = await deliveryRoom(database.pool, {
      pacing: { perSecond: 99, burst: 99 },
    });
    for (let campaign = 1; campaign <= 4; campaign += 1) {
      await alert();
      await acknowledge(campaign, 'U0MARA');
    }
    await Promise.all([worker()(), worker()(), worker()()]);
    await settle(worker());
    expect(roots(sandbox)).toHaveLength(4);
    expect(replies(sandbox)).toHaveLength(4);
  });

  it('leaves a row to others when it was stopped for longer than its lease', async () => {
    const { sandbox, worker, alert, clock } = await deliveryRoom(database.pool);
    await alert();
    const other = worker();
    const stopped = worker({
      onPoint: async (at) => {
        if (at !== 'claimed') return;
        clock.advance(200_000);
        await other();
      },
    });
    expect(await stopped()).toMatchObject({ lost: 1 });
    expect(roots(sandbox)).toHaveLength(1);
  });

  it('enters a public channel that it is not in', async () => {
    const { sandbox, worker, alert } = await deliveryRoom(database.pool);
    await alert();
    expect(await worker({ alertChannel: 'general' })()).toMatchObject({ sent: 1 });
    expect(sandbox.control.messages('general')).toHaveLength(1);
  });

  it.each([
    ['a revoked token', { kind: 'error', error: 'token_revoked' }],
    ['a missing scope', { kind: 'error', error: 'missing_scope' }],
  ] as const)('keeps an alert through %s until it is mended', async (_, fault) => {
    const { sandbox, worker, alert, settle } = await deliveryRoom(database.pool);
    const work = worker();
    sandbox.control.fail('chat.postMessage', fault);
    await alert();
    expect(await work()).toMatchObject({ retry: 1 });
    expect(await outboxFigures(database.pool)).toMatchObject({ counts: { dead: 0 }, oldestWaitingAt: NOW });
    sandbox.control.clearFaults();
    await settle(work);
    expect(roots(sandbox)).toHaveLength(1);
  });

  it('keeps an alert while its channel is archived, and moves to the one configured since', async () => {
    const { sandbox, worker, alert, acknowledge, settle } = await deliveryRoom(database.pool);
    await alert();
    await settle(worker());
    sandbox.control.archiveChannel(CHANNEL);
    await acknowledge(1, 'U0MARA');
    expect(await worker()()).toMatchObject({ retry: 2 });
    await settle(worker({ alertChannel: 'general' }));
    const moved = sandbox.control.messages('general');
    expect(moved[0]?.text).toContain('Acknowledged distillation campaign');
    expect(moved[1]).toMatchObject({ thread_ts: moved[0]?.ts });
  });

  it('posts the root anew when someone deleted it', async () => {
    const { sandbox, worker, alert, acknowledge, settle } = await deliveryRoom(database.pool);
    await alert();
    await settle(worker());
    sandbox.control.fail('chat.update', { kind: 'error', error: 'message_not_found' }, 1);
    await acknowledge(1, 'U0MARA');
    await settle(worker());
    expect(roots(sandbox)).toHaveLength(2);
    expect(roots(sandbox)[1]?.text).toContain('Acknowledged by');
  });

  it('says it in plain text when Slack cannot take the blocks', async () => {
    const { sandbox, worker, alert } = await deliveryRoom(database.pool);
    sandbox.control.fail('chat.postMessage', { kind: 'error', error: 'invalid_blocks' }, 1);
    await alert();
    expect(await worker()()).toMatchObject({ sent: 1 });
    expect(roots(sandbox)[0]?.text).toContain('1,184 accounts');
    expect(roots(sandbox)[0]?.blocks ?? []).toEqual([]);
  });

  it('gives up only what can never be sent, and says so in the audit', async () => {
    const { sandbox, worker, alert } = await deliveryRoom(database.pool);
    sandbox.control.fail('chat.postMessage', { kind: 'error', error: 'msg_too_long' }, 2);
    await alert();
    await enqueue(
      database.pool,
      { kind: 'digest', dedupKey: 'digest:x', payload: { no: 'digest' }, notBefore: NOW },
      NOW,
    );
    expect(await worker()()).toMatchObject({ dead: 2 });
    const { rows } = await database.pool.query(
      `select subject, reason from audit_entry where action = 'delivery.give_up' order by seq desc limit 2`,
    );
    expect(rows).toEqual([
      { subject: 'digest:x', reason: 'its payload is no digest' },
      { subject: 'C-1', reason: 'msg_too_long, then msg_too_long' },
    ]);
    expect(await verifyAudit(database.pool)).toMatchObject({ ok: true });
  });
});
