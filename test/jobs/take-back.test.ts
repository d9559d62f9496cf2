import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/faults.ts';
import type { StoredMessage } from '../../sandbox/messages.ts';
import { auditHead, verifyAudit } from '../../src/db/audit-entry.ts';
import { loadCampaign } from '../../src/db/campaign.ts';
import { type Delivery, enqueue, outboxFigures } from '../../src/db/outbox.ts';
import type { DeliverOptions } from '../../src/jobs/deliver.ts';
import type { DeliveryPoint } from '../../src/jobs/send-delivery.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { type DeliveryRoom, deliveryRoom } from './delivery-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Longer than a lease. */
const PAST_LEASE_MS = 121_000;
const SECOND_LOOK_MS = 600_000;

async function room() {
  const { seq } = await auditHead(database.pool);
  const made = await deliveryRoom(database.pool, { pacing: { perSecond: 99, burst: 99 } });
  const { sandbox, worker, clock } = made;
  return {
    ...made,
    roots: () => sandbox.control.messages('abuse-alerts').filter(isRoot),
    deletions: () => sandbox.control.calls('chat.delete').length,
    /** What stands in the audit of posts that were taken back, or that stay. */
    async audited() {
      const { rows } = await database.pool.query<{ action: string; reason: string; ts: string | undefined }>(
        `select action, reason, detail ->> 'ts' as ts from audit_entry
         where seq > $1 and action in ('delivery.take_back', 'delivery.give_up') order by seq`,
        [seq],
      );
      return rows;
    },
    /** A worker that stands still for longer than its lease at a point of a row, while something happens. */
    frozen(
      point: DeliveryPoint,
      meanwhile: () => Promise<unknown>,
      after?: DeliverOptions['onPoint'],
      kind: Delivery['kind'] = 'campaign_root',
    ) {
      let isDue = true;
      return worker({
        async onPoint(at, row) {
          if (!isDue) return after?.(at, row);
          if (at !== point || row.kind !== kind) return;
          isDue = false;
          clock.advance(PAST_LEASE_MS);
          await meanwhile();
        },
      });
    },
  };
}

const isRoot = ({ ts, thread_ts: thread }: StoredMessage) => thread === undefined || thread === ts;

/** The one message stands, the campaign knows it, and nothing waits. */
async function expectOne({ sandbox }: DeliveryRoom) {
  const posted = sandbox.control.messages('abuse-alerts').filter(isRoot);
  expect(posted).toHaveLength(1);
  expect((await loadCampaign(database.pool, 1))?.post).toEqual({ channel: 'C0ALERTS', ts: posted[0]?.ts });
  const { counts } = await outboxFigures(database.pool);
  expect(counts).toMatchObject({ pending: 0, sending: 0, unknown: 0, dead: 0 });
  expect(await verifyAudit(database.pool)).toMatchObject({ ok: true });
}

describe('a worker that stood still just before it sent', () => {
  it('takes back what it posted after another, and never the message that counts', async () => {
    const here = await room();
    await here.alert();
    const counts: (string | undefined)[] = [];
    const late = here.frozen('about_to_send', async () => {
      await here.worker()();
      counts.push(here.roots()[0]?.ts);
    });
    expect(await late()).toMatchObject({ lost: 1, sent: 1 });
    expect(here.roots().map(({ ts }) => ts)).toEqual(counts);
    const [call] = here.sandbox.control.calls('chat.delete');
    expect(await here.audited()).toEqual([
      { action: 'delivery.take_back', reason: 'posted_twice', ts: call?.args['ts'] },
    ]);
    await here.settle(here.worker());
    await expectOne(here);
    expect(here.deletions()).toBe(1);
  });

  it.each([false, true])('does so in a thread, too; without Slack’s answer: %s', async (isLost) => {
    const here = await room();
    await here.alert();
    await here.settle(here.worker());
    await here.acknowledge(1, 'U0MARA');
    const meanwhile = async () => {
      await here.worker()();
      if (isLost) here.sandbox.control.fail('chat.postMessage', { kind: 'reset_after' }, 1);
    };
    await here.frozen('about_to_send', meanwhile, undefined, 'campaign_reply')();
    expect(here.deletions()).toBe(1);
    await here.settle(here.worker());
    await expectOne(here);
    expect(here.sandbox.control.messages('abuse-alerts').filter((each) => !isRoot(each))).toHaveLength(1);
  });

  it('waits until the one who has the row has settled it', async () => {
    const here = await room();
    await here.alert();
    let resume = () => {};
    const held = new Promise<void>((resolve) => {
      resume = resolve;
    });
    let other: Promise<unknown> = Promise.resolve();
    const late = here.frozen('about_to_send', async () => {
      await new Promise<void>((there) => {
        const onPoint: DeliverOptions['onPoint'] = async (at) => {
          if (at !== 'response_received') return;
          there();
          await held;
        };
        other = here.worker({ onPoint })();
      });
    });
    expect(await late()).toMatchObject({ lost: 1, retry: 1 });
    expect([here.roots().length, here.deletions()]).toEqual([2, 0]);
    resume();
    await other;
    await here.settle(here.worker());
    await expectOne(here);
    expect(here.deletions()).toBe(1);
  });

  it('takes nothing back where its own post is the one that was adopted', async () => {
    const here = await room();
    await here.alert();
    // It posts while the other looks for its post, and finds it.
    const late = here.frozen(
      'about_to_send',
      async () => {},
      async (at) => {
        if (at === 'response_received') await here.worker()();
      },
    );
    expect(await late()).toMatchObject({ lost: 1 });
    await here.settle(here.worker());
    await expectOne(here);
    expect(here.deletions()).toBe(0);
    expect(await here.audited()).toEqual([]);
  });

  it.each<[string, Fault]>([
    ['500 before', { kind: 'http_500' }],
    ['500 after deleting', { kind: 'http_500_after' }],
    ['hanging', { kind: 'hang' }],
    ['deleting, then reset', { kind: 'reset_after' }],
    ['429', { kind: 'rate_limited', retryAfter: 40 }],
    ['a missing scope', { kind: 'error', error: 'missing_scope' }],
  ])('deletes it in the end after %s, and says so once', async (_, fault) => {
    const here = await room();
    here.sandbox.control.fail('chat.delete', fault, 2);
    await here.alert();
    await here.frozen('about_to_send', here.worker())();
    await here.settle(here.worker());
    await expectOne(here);
    expect(await here.audited()).toMatchObject([{ action: 'delivery.take_back' }]);
  });

  it('says that it stays where Slack will not delete it', async () => {
    const here = await room();
    here.sandbox.control.fail('chat.delete', { kind: 'error', error: 'compliance_exports_prevent_deletion' });
    await here.alert();
    expect(await here.frozen('about_to_send', here.worker())()).toMatchObject({ dead: 1 });
    expect(here.roots()).toHaveLength(2);
    expect(await here.audited()).toMatchObject([
      { action: 'delivery.take_back' },
      { action: 'delivery.give_up', reason: 'compliance_exports_prevent_deletion' },
    ]);
  });

  it('finds by its delivery id what Slack posted and did not tell of', async () => {
    const here = await room();
    await here.alert();
    const late = here.frozen('about_to_send', async () => {
      await here.worker()();
      here.sandbox.control.fail('chat.postMessage', { kind: 'reset_after' }, 1);
    });
    expect(await late()).toMatchObject({ lost: 1, sent: 1 });
    await expectOne(here);
  });

  it('may die right after: who posted in its place looks once more', async () => {
    const here = await room();
    await here.alert();
    const late = here.frozen('about_to_send', here.worker(), async (at) => {
      if (at === 'response_received') throw new Error('killed');
    });
    await late();
    expect(here.roots()).toHaveLength(2);
    here.clock.advance(SECOND_LOOK_MS);
    await here.settle(here.worker());
    await expectOne(here);
  });

  it('leaves no older state over a newer one, whether it lives on or dies', async () => {
    for (const dies of [false, true]) {
      const here = await room();
      await here.alert();
      await here.settle(here.worker());
      const now = here.clock.now();
      const update = { kind: 'campaign_root', campaign: 1, dedupKey: 'root:C-1:again', payload: {} } as const;
      await enqueue(database.pool, { ...update, notBefore: now }, now);
      const late = here.frozen(
        'about_to_send',
        async () => {
          await here.acknowledge(1, 'U0JONAS');
          await here.worker()();
        },
        async (at) => {
          if (dies && at === 'response_received') throw new Error('killed');
        },
      );
      await late();
      await here.settle(here.worker());
      here.clock.advance(SECOND_LOOK_MS);
      await here.settle(here.worker());
      await expectOne(here);
      expect(here.roots()[0]?.text).toContain('<@U0JONAS>');
    }
  });
});
