import { afterAll, beforeAll, expect, it } from 'vitest';
import { validateView } from '../../sandbox/block-kit/validate.ts';
import { readHome } from '../../src/db/home-figures.ts';
import { refreshHomes } from '../../src/jobs/home.ts';
import { silentLog } from '../../src/log.ts';
import { homeView } from '../../src/slack/blocks/home.ts';
import { createHomePublisher } from '../../src/slack/home-publisher.ts';
import { createWebClient } from '../../src/slack/web-client.ts';
import { actionViewLike } from '../action-world.ts';
import { campaignLike, NOW } from '../campaign-fixture.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { type Mode, type SlackRoom, slackRoom } from './slack-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const words = (room: SlackRoom, user: string) => JSON.stringify(room.sandbox.control.home(user)?.blocks ?? []);

async function openHome(room: SlackRoom, user: string): Promise<string> {
  room.sandbox.openHome(user);
  await room.sandbox.control.until(() => room.sandbox.control.home(user));
  return words(room, user);
}

function refresher(room: SlackRoom) {
  const { sandbox } = room;
  const client = createWebClient({ botToken: sandbox.tokens.bot, apiUrl: sandbox.apiUrl, log: silentLog });
  return { pool: database.pool, publisher: createHomePublisher(client), roles: room.roles, log: silentLog };
}

it.each<Mode>(['http', 'socket'])('shows what is one’s own and what waits for anybody, over %s', async (mode) => {
  const room = await slackRoom(database.pool, mode);
  await database.pool.query('truncate home_viewer');
  await room.alert();
  await room.alert({ severity: 'high' });
  await room.say('U0MARA', '/campaign ack 2');
  const shown = await openHome(room, 'U0MARA');
  for (const fact of ['Your queue', '*C-2*', '*C-1*', 'ack.press:C-1', '*critical* 1 campaign, 1 unanswered']) {
    expect(shown).toContain(fact);
  }
  expect(await openHome(room, 'U0RAVI')).toContain('Nothing is yours at present');
  expect(await openHome(room, 'U0THEO')).toContain('Guests, bots and people of other workspaces cannot use Retort');
  expect(room.sandbox.control.complaints()).toEqual([]);
});

it('follows changes for those who opened it, and only then is published', async () => {
  const room = await slackRoom(database.pool, 'http');
  await database.pool.query('truncate home_viewer');
  await room.alert();
  await openHome(room, 'U0MARA');
  const options = refresher(room);
  await refreshHomes(options, room.clock.now());
  expect(await refreshHomes(options, room.clock.now())).toBe(0);
  await room.say('U0MARA', '/campaign ack 1');
  expect(await refreshHomes(options, room.clock.now())).toBe(1);
  expect(words(room, 'U0MARA')).not.toContain('Nothing is yours');
  expect(room.sandbox.control.home('U0RAVI')).toBeNull();
  // Slack being away is no reason to forget that it is to be shown.
  await room.say('U0MARA', '/campaign snooze 1 4h later');
  room.sandbox.control.fail('views.publish', { kind: 'http_500' }, 1);
  expect(await refreshHomes(options, room.clock.now())).toBe(0);
  expect(await refreshHomes(options, room.clock.now())).toBe(1);
  expect(words(room, 'U0MARA')).toContain('snoozed until');
});

it('a control in it answers in a modal', async () => {
  const room = await slackRoom(database.pool, 'http');
  await room.alert();
  await openHome(room, 'U0MARA');
  const view = room.sandbox.control.home('U0MARA');
  const block = view?.blocks.find((each) => JSON.stringify(each).includes('ack.press:C-1'));
  const action = { type: 'button', action_id: 'ack.press:C-1', block_id: String(block?.['block_id']), value: 'C-1' };
  await room.sandbox.act({ user: 'U0MARA', container: { type: 'view', view_id: view?.id ?? '' }, action, state: {} });
  const modal = await room.sandbox.control.until(() => room.sandbox.control.views('U0MARA').at(-1));
  expect(JSON.stringify(modal.blocks)).toContain('You have C-1');
});

it('holds Slack’s limits with the largest data', async () => {
  const hostile = '<!channel>&`*'.repeat(12).slice(0, 128);
  const campaign = campaignLike({ acknowledgedBy: hostile, assigned: { to: hostile, by: hostile, at: NOW } });
  const full = { campaigns: Array.from({ length: 8 }, () => campaign), total: 25_000 };
  const { proposal: approval } = actionViewLike({ reason: hostile, proposedBy: hostile });
  const view = homeView(
    {
      ...(await readHome(database.pool, { user: 'U0MARA', isApprover: true, now: NOW })),
      mine: full,
      unanswered: full,
      approvals: Array.from({ length: 50 }, () => approval),
      precision: Array.from({ length: 50 }, () => ({ detection: hostile, confirmed: 1, judged: 2 })),
      gaps: Array.from({ length: 50 }, () => ({
        detection: hostile,
        reason: 'failed' as const,
        windows: 3,
        open: 1,
        givenUp: 1,
        from: NOW,
        to: NOW + 1,
      })),
    },
    NOW,
  );
  expect(validateView(view, 'home')).toEqual([]);
  expect(JSON.stringify(view)).not.toContain('<!channel');
});
