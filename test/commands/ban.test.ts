import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { verifyAudit } from '../../src/db/audit-entry.ts';
import { loadCampaign } from '../../src/db/campaign.ts';
import { readDigest } from '../../src/db/digest-figures.ts';
import { digestMessage } from '../../src/slack/blocks/digest.ts';
import { clearActions, idOf, join, makeCampaign, POLICY } from '../action-world.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { serviceAt, startReceiver } from '../enforcement/receiver.ts';
import { enforcing } from '../jobs/enforcing.ts';
import { slackRoom, type SlackRoomOptions } from '../slack/slack-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => clearActions(database.pool));

const GROUPS = { responders: 'S0ONCALL', approvers: 'S0APPROVERS' };
const PROPOSER = 'U0MARA';
const APPROVER = 'U0RAVI';

async function story(
  options: SlackRoomOptions & {
    accounts?: number;
    act?: (action: string, id: string) => { reason: string } | undefined;
  } = {},
) {
  const { accounts = 5, act, ...rest } = options;
  const room = await slackRoom(database.pool, 'http', { groups: GROUPS, ...rest });
  const { sandbox, clock } = room;
  sandbox.control.setGroupMembers('abuse-oncall', [PROPOSER, 'U0JONAS']);
  const receiver = await startReceiver({ now: clock.now, ...(act === undefined ? {} : { act }) });
  const { number } = await makeCampaign(database.pool, { accounts, review: 2 });
  const deliver = room.worker();
  const { pool } = database;
  await room.alert({ accountCount: 1 });
  await pool.query(`update outbox set campaign_id = $1, dedup_key = 'root:C-1' where kind = 'campaign_root'`, [number]);
  await room.settle(deliver);
  const messages = () => sandbox.control.messages('abuse-alerts');
  const card = () => messages().findLast(({ text }) => text.startsWith('*P-'));
  return {
    ...room,
    receiver,
    number,
    messages,
    card: () => card()?.text ?? '',
    onCard: (user: string, control: string, value = 'P-1') =>
      room.press(user, card()?.ts ?? '', { action_id: control, value }),
    openOnCard: (user: string, control: string, value = 'P-1') =>
      room.open(user, { ts: card()?.ts ?? '', action: { action_id: control, value } }),
    tell: () => room.settle(deliver),
    enforce: enforcing(pool, clock, { service: serviceAt(receiver.url) }),
    async propose(action = 'suspend') {
      await room.open(PROPOSER, `/campaign ban C-${number} ${action}`);
      const told = await room.submit(PROPOSER, { reason: 'one key <!channel>, eight templates' });
      await room.settle(deliver);
      return told;
    },
  };
}

it('suspends with another person’s approval, and undoes it likewise, told in message, thread and audit', async () => {
  const s = await story({ act: (_, id) => (id === idOf(3) ? { reason: 'not_found' } : undefined) });
  const root = s.messages()[0];
  const modal = await s.open(PROPOSER, { ts: root?.ts ?? '', action: { action_id: 'ban.review', value: 'C-1' } });
  const preview = JSON.stringify(modal.blocks);
  expect(preview).toContain('*Suspend 5 accounts of C-1*');
  expect(preview).toContain('2 weakly tied, to be looked at');
  expect(preview).toContain(':warning: *Live*');
  expect(await s.submit(PROPOSER, { reason: '' })).toMatchObject({ errors: { reason: expect.any(String) } });
  expect(await s.submit(PROPOSER, { reason: 'one key <!channel>' })).toEqual({
    words: 'P-1 is proposed. Its message in the thread of C-1 waits for another person.',
  });
  await s.tell();
  expect(s.card()).toContain('*P-1 · Suspend 5 accounts of C-1*');
  expect(s.card()).toContain('one key &lt;!channel&gt;');
  expect(s.card()).toContain('Waits for approval by another person');
  expect(s.messages().find(({ text }) => text.startsWith('*P-1'))).toMatchObject({ thread_ts: root?.ts });

  expect(await s.onCard(PROPOSER, 'ban.approve')).toContain('This is for approvers');
  expect(await s.onCard(APPROVER, 'ban.approve')).toContain('You approved P-1: it begins now');
  expect(await s.onCard('U0INES', 'ban.approve')).toBe('P-1 is approved and begins, by <@U0RAVI>.');
  await s.enforce();
  await s.tell();
  expect(s.receiver.acted.map(({ accountId }) => accountId)).toEqual([1, 2, 4, 5].map(idOf));
  expect(s.card()).toContain('Done: 4 of 5 suspended, 1 failed');
  expect(s.card()).toContain(`the account service does not know them, such as \`${idOf(3)}\``);
  expect(s.messages()[0]?.text).toContain('Contained');
  expect(s.messages()[0]?.text).toContain('*P-1* 4 of 5 suspended, 1 failed');

  s.clock.advance(60_000);
  await s.open(PROPOSER, `/campaign undo C-1 ${idOf(2)} nobody`);
  expect(await s.submit(PROPOSER, { reason: 'a mistake' })).toEqual({
    errors: { accounts: 'Nothing was done to these that can be undone: nobody' },
  });
  expect(await s.submit(PROPOSER, { reason: 'a mistake', accounts: '' })).toEqual({
    words: 'P-2 is proposed. Its message in the thread of C-1 waits for another person.',
  });
  await s.tell();
  expect(s.card()).toContain('Restore 4 accounts of C-1');
  expect(await s.onCard(APPROVER, 'ban.approve', 'P-2')).toContain('You approved P-2');
  await s.enforce();
  await s.tell();
  expect(s.receiver.acted.slice(4)).toEqual([1, 2, 4, 5].map((key) => ({ action: 'restore', accountId: idOf(key) })));
  expect((await loadCampaign(database.pool, 1))?.status).toBe('acknowledged');

  const audit = await database.pool.query<{ who: string }>(
    `select actor || ' ' || action as who from audit_entry where action like 'action.%' or action like 'campaign.%' and actor = 'retort' order by seq`,
  );
  expect(audit.rows.map(({ who }) => who).filter((who) => !who.includes('post'))).toEqual([
    `${PROPOSER} action.propose`,
    `${APPROVER} action.approve`,
    'retort action.finish',
    'retort campaign.contain',
    `${PROPOSER} action.propose`,
    `${APPROVER} action.approve`,
    'retort action.finish',
    'retort campaign.release',
  ]);
  expect(await verifyAudit(database.pool)).toMatchObject({ ok: true });
  expect(await s.say(PROPOSER, '/campaign audit c1')).toMatch(/Whole: .*<@U0RAVI> action\.approve/s);
  expect(s.sandbox.control.complaints()).toEqual([]);
});

it('refuses the proposer, who may well be an approver', async () => {
  const s = await story();
  s.sandbox.control.setGroupMembers('abuse-approvers', [PROPOSER, APPROVER]);
  s.clock.advance(61_000);
  await s.propose();
  expect(await s.onCard(PROPOSER, 'ban.approve')).toBe('P-1 is your own: another person has to approve it.');
});

it('refuses a stale list, and says what has changed', async () => {
  const s = await story();
  await s.propose();
  await database.pool.query(
    `insert into account (account_key, account_id, updated_at) values (77, 'acct_<!here>', now())`,
  );
  await join(database.pool, s.number, [77]);
  await database.pool.query('update campaign_account set left_at = now() where account_key = 1');
  const told = await s.onCard(APPROVER, 'ban.approve');
  expect(told).toContain('it is void and nobody was touched');
  expect(told).toContain('1 would come in: `acct_&lt;!here&gt;`');
  expect(told).toContain(`1 would be out: \`${idOf(1)}\``);
  await s.tell();
  expect(s.card()).toContain('Void: the list of accounts has changed');
  await s.enforce();
  expect(s.receiver.requests).toEqual([]);
});

it('shows the modal anew for another action, and refuses a list that has changed under it', async () => {
  const s = await story();
  const view = await s.open(PROPOSER, '/campaign ban C-1');
  const select = {
    type: 'static_select',
    action_id: 'ban.choose',
    block_id: 'action',
    selected_option: { value: 'C-1|ban|members' },
  };
  await s.sandbox.act({ user: PROPOSER, container: { type: 'view', view_id: view.id }, action: select, state: {} });
  await s.sandbox.control.until(() =>
    JSON.stringify(s.sandbox.control.views(PROPOSER)).includes('*Ban 5 accounts of C-1*'),
  );
  await join(database.pool, s.number, [6]);
  expect(await s.submit(PROPOSER, { reason: 'because' })).toEqual({
    words: expect.stringContaining('have changed since you were shown'),
  });
});

it('rejects with a reason, stops in the middle, and asks again for what failed', async () => {
  let broken = true;
  const s = await story({ act: (_, id) => (broken && id === idOf(1) ? { reason: 'billing' } : undefined) });
  await s.propose();
  await s.openOnCard('U0JONAS', 'ban.reject');
  expect(await s.submit('U0JONAS', { reason: 'ab' })).toMatchObject({ errors: { reason: expect.any(String) } });
  expect(await s.submit('U0JONAS', { reason: 'not sure enough' })).toEqual({ words: 'P-1 is rejected.' });
  await s.tell();
  expect(s.card()).toContain('not sure enough. Nobody was touched');

  await s.propose('ban');
  await s.onCard(APPROVER, 'ban.approve', 'P-2');
  await s.enforce();
  await s.tell();
  expect(s.card()).toContain('Done: 4 of 5 banned, 1 failed');
  broken = false;
  expect(await s.onCard(PROPOSER, 'ban.retry', 'P-2')).toBe('P-2 asks again for 1 of its accounts.');
  await s.enforce();
  await s.tell();
  expect(s.card()).toContain('Done: 5 of 5 banned');
  expect(s.receiver.acted).toHaveLength(5);
});

it('freezes and holds, and says who did', async () => {
  const s = await story();
  await s.propose();
  expect(await s.say(PROPOSER, '/campaign freeze wrong key in production')).toContain('All enforcement is frozen');
  expect(await s.say(PROPOSER, '/campaign freeze again')).toContain('all enforcement is frozen by <@U0MARA>');
  expect(await s.onCard(APPROVER, 'ban.approve')).toContain('Not now: all enforcement is frozen by <@U0MARA>');
  expect(await s.say(PROPOSER, '/campaign unfreeze it is fine')).toContain('This is for approvers');
  expect(await s.say(APPROVER, '/campaign unfreeze it is fine')).toContain('The freeze is lifted');
  expect(await s.say(PROPOSER, '/campaign hold place C-1 subpoena')).toContain('C-1 is held');
  expect(await s.onCard(APPROVER, 'ban.approve')).toContain('held for legal by <@U0MARA>');
  expect(await s.say(PROPOSER, '/campaign ban C-1')).toContain('held for legal');
  expect(await s.say(APPROVER, '/campaign hold lift C-1 settled')).toContain('is lifted');
  expect(await s.onCard(APPROVER, 'ban.approve')).toContain('You approved P-1');
});

it('needs two people over a cap, and nobody is enough over the hard one', async () => {
  const caps = { ...POLICY.caps, action: { soft: 4, hard: 6 } };
  const s = await story({ policy: { ...POLICY, caps } });
  await s.propose();
  expect(s.card()).toContain('2 more, since it is over a cap');
  expect(await s.onCard(APPROVER, 'ban.approve')).toContain('another approver is needed as well');
  expect(await s.onCard(APPROVER, 'ban.approve')).toContain('You have approved P-1 already');
  expect(await s.onCard('U0INES', 'ban.approve')).toContain('it begins now');
  await makeCampaign(database.pool, { accounts: 7, first: 100 });
  expect(await s.say(PROPOSER, '/campaign ban C-3')).toContain(
    'One action may touch 6 accounts at most; this would make it 7',
  );
});

it('is a dry run until it is switched on', async () => {
  const s = await story({ policy: { ...POLICY, live: false } });
  await s.propose();
  expect(s.card()).toContain('*dry run*: nothing is sent');
  await s.onCard(APPROVER, 'ban.approve');
  await s.enforce();
  await s.tell();
  expect(s.card()).toContain('Done: dry run: 5 accounts would be suspended');
  expect(s.receiver.requests).toEqual([]);
});

it.each([
  ['/campaign ban C-99', 'There is no C-99'],
  ['/campaign ban C-1 bann', 'bann is no action; ban is one'],
  ['/campaign ban C-1 ban everyone', 'only with-review may follow the action'],
  ['/campaign undo C-1', 'There is nobody that this would touch'],
  ['/campaign undo C-99', 'There is no C-99'],
  ['/campaign freeze', 'the reason is missing'],
  ['/campaign hold lift C-1 over', 'This is for approvers'],
  ['/campaign hold place C-99 subpoena', 'There is no C-99'],
  ['/campaign audit C-77', 'Nothing of `C-77` yet'],
])('%s is answered with %s', async (text, words) => {
  const s = await story();
  expect(await s.say(PROPOSER, text)).toContain(words);
});

it('is for responders, and for nobody while Slack cannot say', async () => {
  const s = await story();
  expect(await s.say('U0THEO', '/campaign ban C-1')).toContain('Guests');
  await s.propose();
  s.clock.advance(61_000);
  s.sandbox.control.fail('usergroups.users.list', { kind: 'http_500' });
  expect(await s.onCard(APPROVER, 'ban.approve')).toContain('nothing was done');
  s.sandbox.control.clearFaults();
});

it('waits on the Home of those who may approve it, and in the digest, until somebody did', async () => {
  const s = await story();
  s.sandbox.control.setGroupMembers('abuse-approvers', [PROPOSER, APPROVER]);
  await s.propose();
  const home = async (user: string) => JSON.stringify(await s.interactions.home({ user }));
  expect(await home(APPROVER)).toContain('*P-1* Suspend 5 accounts of C-1');
  expect(await home(APPROVER)).not.toContain('<!channel>');
  expect(await home(PROPOSER)).not.toContain('P-1');
  expect(await home('U0JONAS')).not.toContain('P-1');
  const told = async () => {
    const now = s.clock.now();
    return readDigest(database.pool, { from: now - 86_400_000, to: now, timezone: 'UTC' });
  };
  expect(await told()).toMatchObject({ approvals: [{ campaign: 1, action: 'suspend', accountCount: 5 }] });
  expect(digestMessage(await told(), { nameOf: String }).text).toContain('Suspend 5 accounts of C-1');
  await s.onCard(APPROVER, 'ban.approve');
  expect(await home(APPROVER)).not.toContain('P-1');
  expect(await told()).toMatchObject({ approvals: [] });
});
