import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateView } from '../../sandbox/block-kit/validate.ts';
import { changesSince, seenOf } from '../../src/campaigns/seen.ts';
import { loadCampaign } from '../../src/db/campaign.ts';
import { listExceptions } from '../../src/db/exception-entry.ts';
import { allowForm, assignForm, dismissForm, reopenForm, snoozeForm } from '../../src/slack/blocks/campaign-forms.ts';
import { campaignLike, NOW } from '../campaign-fixture.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { type Mode, slackRoom } from '../slack/slack-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function room(mode: Mode = 'http', groups?: { responders: string }) {
  const all = await slackRoom(database.pool, mode, groups === undefined ? {} : { groups });
  const work = all.worker();
  await all.alert();
  await all.settle(work);
  const ts = all.sandbox.control.messages('abuse-alerts')[0]?.ts ?? '';
  const entry = (control: string) => ({
    ts,
    action: {
      action_id: 'overflow',
      selected_option: { text: { type: 'plain_text', text: 'entry' }, value: `${control}|C-1` },
    },
  });
  return {
    ...all,
    ts,
    settle: () => all.settle(work),
    openEntry: (user: string, control: string) => all.open(user, entry(control)),
    pressEntry: (user: string, control: string) => all.press(user, ts, entry(control).action),
    load: () => loadCampaign(database.pool, 1),
  };
}

describe('snooze', () => {
  it.each<Mode>(['http', 'socket'])(
    'previews, silences, and can be taken back from the menu, over %s',
    async (mode) => {
      const { openEntry, submit, pressEntry, load, settle, sandbox } = await room(mode);
      const view = await openEntry('U0MARA', 'snooze.ask');
      expect(view.title?.text).toBe('Snooze C-1');
      expect(JSON.stringify(view.blocks)).toContain('1,184 accounts');
      expect(JSON.stringify(view.blocks)).toContain('4 hours, until 2026-04-30');
      expect(await submit('U0MARA', { duration: '1d', reason: 'x' })).toEqual({
        errors: { reason: 'the reason is too short to help the next person' },
      });
      expect(await submit('U0MARA', { duration: '1d', reason: 'billing looks at it' })).toEqual({
        words: expect.stringContaining('C-1 is silent until'),
      });
      expect((await load())?.snooze).toMatchObject({ by: 'U0MARA', reason: 'billing looks at it' });
      await settle();
      expect(JSON.stringify(sandbox.control.messages('abuse-alerts')[0]?.blocks)).toContain('unsnooze.press');
      expect(await pressEntry('U0JONAS', 'unsnooze.press')).toContain('C-1 is awake');
      expect(sandbox.control.complaints()).toEqual([]);
    },
  );
});

it('a form on a campaign that changed says what did, keeps what was written, and asks again', async () => {
  const { openEntry, submit, say, load, sandbox } = await room();
  await openEntry('U0MARA', 'dismiss.ask');
  await say('U0RAVI', '/campaign confirm 1 the cards match');
  const { words } = (await submit('U0MARA', { cause: 'course', reason: 'forty students' })) as { words: string };
  expect(words).toContain('It changed while you were writing; nothing was done yet');
  expect(words).toContain('It was suspected and is confirmed now, by <@U0RAVI>');
  expect((await load())?.status).toBe('confirmed');
  expect(JSON.stringify(sandbox.control.views('U0MARA').at(-1))).toContain('"initial_value":"forty students"');
  expect(await submit('U0MARA', { cause: 'course', reason: 'forty students' })).toEqual({
    words: expect.stringContaining('C-1 is dismissed and falls silent'),
  });
  expect((await load())?.decided?.reason).toBe('A course or a hackathon: forty students');
  expect(sandbox.control.complaints()).toEqual([]);
});

it('a campaign is assigned to somebody who may act, and else the field says so', async () => {
  const { openEntry, submit, load } = await room('http', { responders: 'abuse-oncall' });
  await openEntry('U0MARA', 'assign.ask');
  expect(await submit('U0MARA', { person: 'U0RAVI' })).toEqual({
    errors: { person: expect.stringContaining('may not act on campaigns') },
  });
  expect(await submit('U0MARA', { person: 'U0JONAS' })).toEqual({
    words: expect.stringContaining('C-1 is <@U0JONAS>’s'),
  });
  expect((await load())?.assigned?.to).toBe('U0JONAS');
});

it('what was dismissed is opened again from its menu', async () => {
  const { openEntry, submit, say, load, settle } = await room();
  await say('U0MARA', '/campaign dismiss 1 a course');
  await settle();
  await openEntry('U0MARA', 'reopen.ask');
  expect(await submit('U0MARA', { reason: 'no such course' })).toEqual({
    words: expect.stringContaining('C-1 is open again'),
  });
  expect((await load())?.status).toBe('suspected');
});

it('the allow-list is added to from what one person is shown', async () => {
  const { say, open, submit, sandbox } = await room();
  await say('U0MARA', '/campaign show 1');
  const ts = sandbox.control.ephemeral('U0MARA')[0]?.ts ?? '';
  await open('U0MARA', { ts, action: { action_id: 'allow.ask', block_id: 'looks', value: 'C-1' } });
  const filled = { kind: 'organization', id: ' org_12 ', end: '90d', owner: 'U0INES', reason: 'evaluation contract' };
  expect(await submit('U0MARA', { ...filled, id: ' ' })).toEqual({ errors: { id: 'the id is missing' } });
  expect(await submit('U0MARA', filled)).toEqual({ words: expect.stringContaining('*E-1* organization `org_12`') });
  const { exceptions } = await listExceptions(database.pool, NOW, { limit: 5 });
  expect(exceptions).toMatchObject([{ subject: 'org_12', owner: 'U0INES', addedBy: 'U0MARA' }]);
});

it('who may not act opens no form', async () => {
  const { pressEntry } = await room('http', { responders: 'abuse-oncall' });
  for (const control of ['snooze.ask', 'assign.ask', 'dismiss.ask', 'unsnooze.press']) {
    expect(await pressEntry('U0RAVI', control).catch(String)).toMatch(/This is for responders|no longer there/);
  }
});

it('a form on a campaign of another database says that there is none', async () => {
  const { openEntry, submit } = await room();
  await openEntry('U0MARA', 'snooze.ask');
  await database.pool.query('truncate outbox, campaign_account, campaign restart identity cascade');
  expect(await submit('U0MARA', { duration: '1h', reason: 'because' })).toEqual({
    words: expect.stringContaining('There is no C-1'),
  });
});

describe('forms', () => {
  it('hold Slack’s limits for the largest campaign', () => {
    const hostile = '<!channel>&'.repeat(60).slice(0, 500);
    const campaign = campaignLike({
      id: 'C-123456789',
      accountCount: 25_000,
      exchangeCount: 9e12,
      assigned: { to: hostile, by: hostile, at: NOW },
    });
    const changes = changesSince(
      { ...seenOf(campaignLike({ accountCount: 1 })), status: 'acknowledged', severity: 'low', snoozed: true },
      campaign,
    );
    expect(changes).toHaveLength(4);
    const given = { changes, fields: { reason: hostile, duration: '7d', cause: 'own', person: 'U0MARA' } };
    for (const view of [
      snoozeForm(campaign, given, NOW),
      dismissForm(campaign, given),
      assignForm(campaign, given),
      reopenForm(campaign, given),
      allowForm('U0MARA'),
    ]) {
      expect(validateView(view, 'modal')).toEqual([]);
      const said = view.blocks.filter(({ type }) => type !== 'input');
      expect(JSON.stringify(said)).not.toContain('<!channel');
    }
  });

  it('take a few accounts more for the same campaign', () => {
    const seen = seenOf(campaignLike({ accountCount: 100 }));
    expect(changesSince(seen, campaignLike({ accountCount: 109 }))).toEqual([]);
    expect(changesSince(seen, campaignLike({ accountCount: 110 }))).toEqual([{ what: 'accounts', from: 100, to: 110 }]);
  });
});
