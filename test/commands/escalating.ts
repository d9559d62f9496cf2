import type pg from 'pg';
import { createEscalator } from '../../src/jobs/escalate.ts';
import { silentLog } from '../../src/log.ts';
import { escalationsTo, startPagerDuty, startTickets } from '../enforcement/other-side.ts';
import { slackRoom, type SlackRoomOptions } from '../slack/slack-room.ts';

const GROUPS = { responders: 'S0ONCALL', approvers: 'S0APPROVERS' };
export const ALL = ['pagerduty', 'webhook', 'legal'] as const;

/** A campaign in the channel, and those who can be reached. */
export async function escalateRoom(
  pool: pg.Pool,
  sides: readonly (typeof ALL)[number][] = ALL,
  options: SlackRoomOptions & { fault?: Parameters<typeof startPagerDuty>[0] } = {},
) {
  const pagerduty = await startPagerDuty(options.fault);
  // The room's clock begins at a fixed time: what is signed by it is verified by it.
  let now = () => 0;
  const tickets = await startTickets(() => now());
  const { policy, senders } = escalationsTo({
    ...(sides.includes('pagerduty') ? { pagerduty: pagerduty.url } : {}),
    ...(sides.includes('webhook') ? { webhook: tickets.url } : {}),
    ...(sides.includes('legal') ? { legal: 'abuse-legal' } : {}),
  });
  const room = await slackRoom(pool, 'http', { groups: GROUPS, escalation: policy, ...options });
  const { clock, sandbox } = room;
  now = clock.now;
  sandbox.control.inviteBot('abuse-legal');
  const deliver = room.worker();
  await room.alert();
  await room.settle(deliver);
  const escalate = createEscalator({ pool, senders, clock, random: () => 0.5, log: silentLog });
  const texts = () => sandbox.control.messages('abuse-alerts').map(({ text }) => text);
  const ts = sandbox.control.messages('abuse-alerts')[0]?.ts ?? '';
  return {
    ...room,
    pagerduty,
    tickets,
    texts,
    legal: () => sandbox.control.messages('abuse-legal'),
    /** The other sides and Slack are told. */
    tell: async () => {
      await escalate();
      await room.settle(deliver);
    },
    openForm: (user: string) =>
      room.open(user, { ts, action: { action_id: 'overflow', selected_option: { value: 'escalate.ask|C-1' } } }),
    pressForm: (user: string) =>
      room.press(user, ts, { action_id: 'overflow', selected_option: { value: 'escalate.ask|C-1' } }),
  };
}
