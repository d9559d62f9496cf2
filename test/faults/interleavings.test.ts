import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/faults.ts';
import { auditHead, verifyAudit } from '../../src/db/audit-entry.ts';
import { loadCampaign } from '../../src/db/campaign.ts';
import type { DeliveryPoint } from '../../src/jobs/send-delivery.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { clearCampaigns, type DeliveryRoom, deliveryRoom } from '../jobs/delivery-room.ts';
import { explore, type Run } from './explore.ts';
import { isLong } from './repetitions.ts';
import { seen } from './seen.ts';
import { createStepWorker } from './step-worker.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

type Event = 'A' | 'B' | 'kill A' | 'kill B' | 'lease ends' | 'acknowledged';

/** Longer than a lease. */
const PAST_LEASE_MS = 121_000;

/** Where a worker stops first: before it looks at anything, or after it has looked at its lease for the last time. */
type First = Extract<DeliveryPoint, 'claimed' | 'about_to_send'>;

interface Stage {
  room: DeliveryRoom;
  first: First;
  fault: Fault | undefined;
  people: boolean;
  /** The last message of the run before: each looks at its own alone, as all the others would take long. */
  last: { ts: string };
}

/**
 * Two workers on one alert, with one death and one wait past the lease at any moment: the real worker on the real
 * database, stopped at each numbered point.
 */
async function begin({ room, first, fault, people, last }: Stage) {
  const { sandbox, clock } = room;
  await clearCampaigns(database.pool);
  const { seq: audited } = await auditHead(database.pool);
  sandbox.control.clearFaults();
  if (fault !== undefined) sandbox.control.fail('chat.postMessage', fault, 1);
  clock.advance(3_600_000);
  await room.alert();
  const workers = { A: worker(room, first), B: worker(room, first) };
  const rounds = { A: 0, B: 0 };
  let killed = false;
  let waited = false;
  let acknowledged = !people;

  const run: Run<Event> = {
    enabled() {
      const open = (['A', 'B'] as const).filter((name) => {
        const each = workers[name];
        return each.isAlive() && (each.at() !== 'idle' || rounds[name] === 0);
      });
      // Which of two that stand alike goes first makes no difference.
      const same = workers.A.at() === 'idle' && workers.B.at() === 'idle' && rounds.A === rounds.B && !killed;
      const steps: Event[] = same ? open.slice(0, 1) : open;
      const held = open.filter((name) => workers[name].at() !== 'idle');
      const deaths: Event[] = killed ? [] : held.map((name): Event => `kill ${name}`);
      const others: Event[] = [
        // While nobody holds a lease, waiting changes nothing.
        ...(waited || (held.length === 0 && !killed) ? [] : (['lease ends'] as const)),
        ...(acknowledged ? [] : (['acknowledged'] as const)),
      ];
      return [...steps, ...deaths, ...others];
    },
    async happen(event) {
      switch (event) {
        case 'A':
        case 'B':
          if (workers[event].at() === 'idle') rounds[event] += 1;
          await workers[event].step();
          // The request reaches Slack: it was sent with much of the lease left, and cannot be under way for so long.
          await sandbox.control.until(() => sandbox.control.calls().every(({ settled }) => settled));
          return;
        case 'kill A':
        case 'kill B':
          killed = true;
          return workers[event === 'kill A' ? 'A' : 'B'].kill();
        case 'lease ends':
          waited = true;
          return clock.advance(PAST_LEASE_MS);
        case 'acknowledged':
          acknowledged = true;
          return room.acknowledge(1, 'U0MARA');
      }
    },
    async check() {
      await room.settle(room.worker());
      const posted = sandbox.control.messages('abuse-alerts', last.ts);
      last.ts = posted.at(-1)?.ts ?? last.ts;
      const roots = posted.filter(({ ts, thread_ts: thread }) => thread === undefined || thread === ts);
      expect(roots).toHaveLength(1);
      expect((await loadCampaign(database.pool, 1))?.post).toEqual({ channel: 'C0ALERTS', ts: roots[0]?.ts });
      const { rows } = await database.pool.query<{ state: string }>('select distinct state from outbox');
      expect(rows).toEqual([{ state: 'sent' }]);
      const posts = await database.pool.query(
        `select from audit_entry where action = 'campaign.post' and seq > $1 and (detail ->> 'ts') = $2`,
        [audited, roots[0]?.ts],
      );
      expect(posts.rowCount).toBe(1);
      if (people) {
        expect(roots[0]?.text).toContain('Acknowledged by');
        expect(posted.filter((message) => !roots.includes(message))).toHaveLength(1);
      }
    },
  };
  return run;
}

function worker(room: DeliveryRoom, first: First) {
  const points: DeliveryPoint[] = [first, 'request_sent', 'response_received', 'marked'];
  return createStepWorker(
    (onPoint) => room.worker({ onPoint }),
    ({ kind, dedupKey }, point) => kind === 'campaign_root' && dedupKey === 'root:C-1:1' && points.includes(point),
  );
}

describe('every interleaving of two workers and one death, at each numbered point', { timeout: 3_600_000 }, () => {
  const posted: Fault = { kind: 'reset_after' };
  // The others take minutes: they are of the long form.
  const cases: [string, First, Fault | undefined, boolean][] = [
    ['Slack answers', 'claimed', undefined, false],
    ['Slack posts, and its answer is lost', 'claimed', posted, false],
    ['a worker freezes just before it sends', 'about_to_send', undefined, false],
  ];
  const longCases: typeof cases = [
    ['Slack fails without posting', 'claimed', { kind: 'http_500' }, false],
    ['a person acknowledges meanwhile', 'claimed', undefined, true],
    ['a worker freezes just before it sends, and Slack’s answer is lost', 'about_to_send', posted, false],
  ];

  it.each(isLong ? [...cases, ...longCases] : cases)(
    '%s: one message, known to the campaign, audited once, and nothing left',
    async (name, first, fault, people) => {
      const room = await deliveryRoom(database.pool);
      const last = { ts: '' };
      const orders = await explore(() => begin({ room, first, fault, people, last }));
      // Fewer would mean that something is not explored any more.
      expect(orders).toBeGreaterThan(people ? 1_000 : 200);
      expect((await verifyAudit(database.pool)).ok).toBe(true);
      seen(1, { [`orders where ${name}`]: orders });
    },
  );
});
