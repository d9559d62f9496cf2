import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadCampaign } from '../../src/db/campaign.ts';
import { readMembers, saveMembers } from '../../src/db/campaign-account.ts';
import { wakeSnoozed } from '../../src/jobs/wake.ts';
import { addMembers, clearAccounts } from '../campaign-members.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { slackRoom } from '../slack/slack-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => clearAccounts(database.pool));

const CHANNEL = 'abuse-alerts';
const HOUR = 3_600_000;

async function room() {
  const all = await slackRoom(database.pool, 'http');
  const work = all.worker();
  await all.alert();
  await all.settle(work);
  const texts = () => all.sandbox.control.messages(CHANNEL).map(({ text }) => text);
  return { ...all, texts, settle: () => all.settle(work), load: (number = 1) => loadCampaign(database.pool, number) };
}

const audited = async () => {
  const { rows } = await database.pool.query<{ actor: string; action: string; reason: string }>(
    "select actor, action, reason from audit_entry where action <> 'campaign.post' order by seq desc limit 1",
  );
  return rows[0];
};

describe('snooze', () => {
  it('silences until its end, then wakes and says what became of it', async () => {
    const { say, load, settle, texts, clock, sandbox } = await room();
    expect(await say('U0MARA', '/campaign snooze c1 4h "waiting for billing"')).toContain('C-1 is silent until');
    expect(await load()).toMatchObject({
      status: 'acknowledged',
      acknowledgedBy: 'U0MARA',
      snooze: { by: 'U0MARA', until: clock.now() + 4 * HOUR, accountCount: 1_184, reason: 'waiting for billing' },
    });
    expect(await audited()).toMatchObject({
      actor: 'U0MARA',
      action: 'campaign.snooze',
      reason: 'waiting for billing',
    });
    await settle();
    expect(texts()[0]).toContain('snoozed until');
    expect(texts()[1]).toMatch(/^\*.+\* snoozed C-1 until .*: waiting for billing$/);
    expect(await say('U0RAVI', '/campaign list snoozed')).toContain('1–1 of 1 campaign');

    const until = (await load())?.snooze?.until ?? 0;
    expect(await wakeSnoozed(database.pool, until - 1)).toBe(0);
    clock.advance(4 * HOUR);
    await database.pool.query('update campaign set account_count = 2000');
    expect(await wakeSnoozed(database.pool, clock.now())).toBe(1);
    expect(await wakeSnoozed(database.pool, clock.now())).toBe(0);
    await settle();
    expect(texts()[2]).toContain('C-1’s snooze has ended*, <@U0MARA>: 1,184 → 2,000 accounts, critical.');
    expect(texts()[0]).not.toContain('snoozed until');
    expect((await load())?.alerted?.accountCount).toBe(2_000);
    expect(await audited()).toMatchObject({ actor: 'retort', action: 'campaign.wake' });
    expect(sandbox.control.complaints()).toEqual([]);
  });

  it('ends before its time', async () => {
    const { say, load } = await room();
    expect(await say('U0MARA', '/campaign unsnooze 1')).toContain('C-1 is not snoozed');
    await say('U0MARA', '/campaign snooze 1 2d known and harmless');
    expect(await say('U0JONAS', '/campaign unsnooze 1')).toContain('C-1 is awake');
    expect((await load())?.snooze).toBeNull();
  });

  it.each([
    ['1', 'the duration is missing'],
    ['1 soon because', 'soon is no end: write 4h'],
    ['1 4h', 'the reason is missing'],
    ['1 5m because', 'less than ten minutes'],
    ['1 31d because', '30 days at most'],
    ['1 2020-01-01 because', 'less than ten minutes'],
    ['99 4h because', 'There is no C-99'],
  ])('refuses %s', async (words, told) => {
    const { say, load } = await room();
    expect(await say('U0MARA', `/campaign snooze ${words}`)).toContain(told);
    expect(await load()).toMatchObject({ status: 'suspected', snooze: null });
  });
});

describe('assign', () => {
  it('gives a campaign to somebody, who is called in its thread; taking it answers it', async () => {
    const { say, load, settle, texts } = await room();
    expect(await say('U0MARA', '/campaign assign C-1 @jonas')).toContain('C-1 is <@U0JONAS>’s');
    expect(await load()).toMatchObject({ status: 'suspected', assigned: { to: 'U0JONAS', by: 'U0MARA' } });
    expect(await say('U0MARA', '/campaign assign C-1 @jonas')).toContain('already assigned to them by <@U0MARA>');
    expect(await say('U0JONAS', '/campaign assign C-1 me')).toContain('already assigned');
    expect(await say('U0RAVI', '/campaign assign C-1 me')).toContain('C-1 is <@U0RAVI>’s');
    expect(await load()).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'U0RAVI' });
    await settle();
    expect(texts()[0]).toContain('assigned to <@U0RAVI>');
    expect(texts()[1]).toMatch(/^\*.+\* gave C-1 to <@U0JONAS>/);
    expect(texts()[2]).toMatch(/^\*.+\* took C-1/);
  });

  it.each([
    ['@theo', 'is a guest or a bot'],
    ['nobody', 'nobody is nobody I know: write @ and pick the person'],
    ['', 'the person is missing'],
  ])('refuses %s', async (who, told) => {
    const { say, load } = await room();
    expect(await say('U0MARA', `/campaign assign 1 ${who}`)).toContain(told);
    expect((await load())?.assigned).toBeNull();
  });
});

it('notes go into the thread and the record, whatever they hold', async () => {
  const { say, settle, texts } = await room();
  expect(await say('U0MARA', '/campaign note 1 billing says <!channel> *one* card')).toContain('Noted on C-1');
  await settle();
  expect(texts()[1]).toMatch(/^\*.+\* notes .*: billing says &lt;!channel&gt; ∗one∗ card$/);
  expect(await audited()).toMatchObject({ action: 'campaign.note', reason: 'billing says <!channel> *one* card' });
});

describe('reopen', () => {
  it('makes a dismissed campaign wait for an answer again, and tells the channel', async () => {
    const { say, load, settle, texts, sandbox } = await room();
    await say('U0MARA', '/campaign dismiss 1 a course');
    expect(await say('U0JONAS', '/campaign reopen 1 the course has no such students')).toContain('C-1 is open again');
    expect(await load()).toMatchObject({ status: 'suspected', decided: null, acknowledgedBy: null });
    await settle();
    expect(texts()[0]).toContain('Unanswered since');
    const reply = sandbox.control.messages(CHANNEL).find(({ text }) => text.includes('is open again'));
    expect(reply?.text).toContain('the course has no such students');
    expect(reply?.subtype).toBe('thread_broadcast');
    expect(JSON.stringify(sandbox.control.messages(CHANNEL)[0]?.blocks)).toContain('ack.press');
  });

  it('refuses what is open', async () => {
    const { say } = await room();
    expect(await say('U0MARA', '/campaign reopen 1 because')).toContain('C-1 is suspected, so it is open already');
  });
});

describe('merge', () => {
  it('makes two campaigns one, in accounts, messages and audit', async () => {
    const { say, alert, settle, load, texts, sandbox } = await room();
    await alert({ detections: ['even-days'], families: ['timing'] });
    await addMembers(database.pool, 1, { count: 4 });
    await addMembers(database.pool, 2, { count: 3, first: 5 });
    expect(await say('U0MARA', '/campaign merge 2 C-1 same jobs in the night')).toContain(
      'C-2 is part of C-1 now, which has 7 accounts',
    );
    expect(await load(2)).toMatchObject({ status: 'merged', mergedInto: 'C-1' });
    expect(await load(1)).toMatchObject({ joined: true, accountCount: 7, exchangeCount: 280 });
    await settle();
    expect(texts()[0]).toContain('7 accounts, 280 exchanges');
    expect(texts().find((text) => text.startsWith('C-2'))).toContain('into C-1');
    expect(texts()).toContainEqual(expect.stringMatching(/merged \*C-2\* into C-1 .*same jobs in the night/));
    expect(texts()).toContainEqual(expect.stringMatching(/merged C-2 into \*C-1\*/));
    expect(await say('U0MARA', '/campaign merge 2 1 again please')).toContain('C-2 is merged, so nothing was merged');
    expect(await say('U0MARA', '/campaign reopen 2 why not')).toContain('C-2 was merged into C-1');
    expect(sandbox.control.complaints()).toEqual([]);
  });

  it.each([
    ['1 1 because', 'Those are the same campaign'],
    ['1 99 because', 'There is no C-99'],
    ['1 because', 'because is no campaign'],
  ])('refuses %s', async (words, told) => {
    const { say } = await room();
    expect(await say('U0MARA', `/campaign merge ${words}`)).toContain(told);
  });
});

describe('split', () => {
  it('makes accounts a campaign of their own, which the detections leave apart', async () => {
    const { say, load, settle, texts, clock } = await room();
    await addMembers(database.pool, 1, { count: 9 });
    expect(await say('U0MARA', '/campaign split 1 acct_9,org_0 another operator')).toContain(
      '4 accounts of C-1 are *C-2* now, and you have it; 5 accounts stay.',
    );
    expect(await load(1)).toMatchObject({ accountCount: 5 });
    expect(await load(2)).toMatchObject({
      accountCount: 4,
      splitFrom: 'C-1',
      status: 'acknowledged',
      severity: 'medium',
    });
    await settle();
    expect(texts()).toContainEqual(expect.stringMatching(/split \*C-2\* off C-1 .*4 accounts: another operator/));
    expect(texts().find((text) => text.startsWith('C-2 ·'))).toContain('split from C-1');

    const all = Array.from({ length: 9 }, (_, index) => String(index + 1));
    const found = (accounts: string[]) =>
      accounts.map((account) => ({ account, strength: 9, standing: 'member' as const, detections: ['no-night'] }));
    await saveMembers(database.pool, 1, found(all), clock.now());
    expect(await readMembers(database.pool, 1)).toEqual(['4', '5', '6', '7', '8']);
    await saveMembers(database.pool, 2, found([...all, '10']), clock.now());
    expect(await readMembers(database.pool, 2)).toEqual(['1', '2', '3', '9', '10']);
  });

  it('is taken back by a merge, after which it is as before, and can be done again', async () => {
    const { say, load } = await room();
    await addMembers(database.pool, 1, { count: 9 });
    const before = await readMembers(database.pool, 1);
    for (const part of [2, 3]) {
      expect(await say('U0MARA', '/campaign split 1 acct_9,org_0 another operator')).toContain(`*C-${part}* now`);
      expect(await say('U0MARA', `/campaign merge ${part} 1 the same hand after all`)).toContain(
        'which has 9 accounts',
      );
      expect(await readMembers(database.pool, 1)).toEqual(before);
      expect(await load(1)).toMatchObject({ accountCount: 9 });
    }
  });

  it.each([
    ['acct_77 because', 'None of those is in C-1'],
    ['org_0,org_1,org_2 because', 'nothing would be left of it'],
    [', because', 'the accounts are missing'],
    ['acct_1', 'the reason is missing'],
  ])('refuses %s', async (words, told) => {
    const { say, load } = await room();
    await addMembers(database.pool, 1, { count: 9 });
    expect(await say('U0MARA', `/campaign split 1 ${words}`)).toContain(told);
    expect(await load(2)).toBeUndefined();
  });
});

it('responders alone decide', async () => {
  const { say, alert } = await slackRoom(database.pool, 'http', { groups: { responders: 'abuse-oncall' } });
  await alert();
  for (const words of [
    'assign 1 me',
    'note 1 text',
    'snooze 1 4h why',
    'unsnooze 1',
    'reopen 1 why',
    'merge 1 2 why',
    'split 1 a why',
  ]) {
    expect(await say('U0RAVI', `/campaign ${words}`)).toContain('This is for responders');
  }
  expect((await loadCampaign(database.pool, 1))?.version).toBe(1);
});
