import type pg from 'pg';
import type { Target } from '../../src/campaigns/escalation.ts';
import { dismissCampaign } from '../../src/campaigns/lifecycle.ts';
import { createCampaignStore } from '../../src/db/campaign-store.ts';
import { viewEscalations } from '../../src/db/escalation.ts';
import { createEscalationStore } from '../../src/db/escalation-store.ts';
import { createEscalator, type EscalateOptions } from '../../src/jobs/escalate.ts';
import { silentLog } from '../../src/log.ts';
import { escalationsTo, type Fault, startPagerDuty, startTickets } from '../enforcement/other-side.ts';
import { deliveryRoom } from './delivery-room.ts';

const MINUTE = 60_000;

interface Faults {
  pagerduty?: (request: number) => Fault;
  tickets?: (request: number) => Fault;
}

/** A campaign in the channel, and the two that can be told of it, each with its faults. */
export async function escalationRoom(pool: pg.Pool, faults: Faults = {}) {
  const room = await deliveryRoom(pool);
  const { clock, sandbox } = room;
  const pagerduty = await startPagerDuty(faults.pagerduty);
  const tickets = await startTickets(clock.now, faults.tickets);
  const { policy, senders } = escalationsTo({ pagerduty: pagerduty.url, webhook: tickets.url, legal: 'abuse-legal' });
  const deliver = room.worker();
  await room.alert();
  await room.settle(deliver);
  const store = createEscalationStore(pool, policy);
  const worker = (change: Partial<EscalateOptions> = {}) =>
    createEscalator({ pool, senders, clock, random: () => 0.5, log: silentLog, ...change });
  return {
    ...room,
    pagerduty,
    tickets,
    deliverer: room.worker,
    worker,
    deliver: () => room.settle(deliver),
    messages: () => sandbox.control.messages('abuse-alerts'),
    escalate: (target: Target, number = 1) =>
      store.escalate(number, { target, reason: 'help', link: null }, { actor: 'U0MARA', now: clock.now() }),
    dismiss: (number = 1) =>
      createCampaignStore(pool).transition(number, { actor: 'U0MARA', now: clock.now() }, (campaign) =>
        dismissCampaign(campaign, { actor: 'U0MARA', now: clock.now(), why: 'our own test' }),
      ),
    /** Works and lets time pass until nothing waits, for two days at most. */
    workOff: async (work = worker()) => {
      for (let round = 0; round < 2 * 24 * 12; round += 1) {
        await work();
        const { rowCount } = await pool.query(`select from escalation_event where state in ('pending', 'sending')`);
        if (rowCount === 0) return;
        clock.advance(5 * MINUTE);
      }
    },
    standing: async () => (await viewEscalations(pool, 1)).map(({ target, state }) => `${target} ${state}`),
  };
}
