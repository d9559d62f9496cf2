import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { addHit, addMembers, clearAccounts } from '../campaign-members.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { slackRoom } from '../slack/slack-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => clearAccounts(database.pool));

describe('accounts', () => {
  it('shows them page by page, and stops at the last', async () => {
    const { alert, say, press, sandbox } = await slackRoom(database.pool, 'http');
    await alert();
    await addMembers(database.pool, 1, { count: 45 });
    expect(await say('U0MARA', '/campaign accounts C-1')).toContain('accounts 1–20 of 45 · page 1 of 3');
    const ts = sandbox.control.ephemeral('U0MARA')[0]?.ts ?? '';
    const next = { action_id: 'accounts.page:next', block_id: 'paging', value: 'C-1 2' };
    const second = await press('U0MARA', ts, next);
    expect(second).toContain('accounts 21–40 of 45 · page 2 of 3');
    expect(second).toContain('`acct_21`');
    expect(sandbox.control.ephemeral('U0MARA')).toHaveLength(1);
    expect(await say('U0MARA', '/campaign accounts 1 99')).toContain('accounts 41–45 of 45 · page 3 of 3');
    expect(await say('U0MARA', '/campaign accounts 1 zero')).toContain(
      'zero is no page: write a number from 1 on, or csv',
    );
    expect(await say('U0MARA', '/campaign accounts 7')).toContain('There is no C-7');
    expect(sandbox.control.complaints()).toEqual([]);
  });

  it('come whole in a file, to the person alone, safe for spreadsheets', async () => {
    const { alert, say, sandbox } = await slackRoom(database.pool, 'http');
    await alert();
    await addMembers(database.pool, 1, { count: 300, name: (n) => (n === 7 ? '=HYPERLINK("x"),y' : `acct_${n}`) });
    expect(await say('U0MARA', '/campaign accounts 1 csv')).toContain('300 accounts of C-1 are on their way');
    const posted = await sandbox.control.until(() =>
      sandbox.control.calls('files.completeUploadExternal').length > 0 ? true : undefined,
    );
    expect(posted).toBe(true);
    const message = sandbox.control.messages('C0ALERTS');
    expect(message).toEqual([]);
    const file = fileOf(sandbox);
    const csv = await (await fetch(`${sandbox.url}${file}`)).text();
    const lines = csv.trimEnd().split('\r\n');
    expect(lines).toHaveLength(301);
    expect(lines[0]).toBe('account_id,standing,strength,detections,joined_at,status,organization_id');
    expect(lines[7]).toMatch(/^"'=HYPERLINK\(""x""\),y",member,/);
  });

  it('says so where Slack does not take the file', async () => {
    const { alert, say, sandbox } = await slackRoom(database.pool, 'http');
    await alert();
    expect(await say('U0MARA', '/campaign accounts 1 csv')).toContain('C-1 has no accounts');
    await addMembers(database.pool, 1, { count: 3 });
    sandbox.control.fail('conversations.open', { kind: 'error', error: 'user_not_found' } as never);
    expect(await say('U0MARA', '/campaign accounts 1 CSV')).toContain('Slack did not take the file');
  });
});

/** The path of the one file in the person's conversation with the app. */
function fileOf(sandbox: Awaited<ReturnType<typeof slackRoom>>['sandbox']): string {
  const call = sandbox.control.calls('files.completeUploadExternal').at(-1);
  const { args } = call as unknown as { args: { channel_id?: string; channels?: string } };
  const message = sandbox.control.messages(args.channel_id ?? args.channels ?? '').at(-1);
  return (message?.files?.[0] as { url_private: string } | undefined)?.url_private ?? '';
}

describe('account', () => {
  it('tells who it is, where it is, what was found and what it did', async () => {
    const { alert, say, sandbox } = await slackRoom(database.pool, 'http');
    await alert();
    await addMembers(database.pool, 1, { count: 9 });
    await addHit(database.pool, 'shared-payment', '-42', [1, 2, 3]);
    const told = await say('U0MARA', '/campaign account acct_2');
    for (const fact of [
      'Account\n`acct_2`',
      'organisation `org_0`',
      '*C-1* critical suspected',
      '`shared-payment` with 2 other accounts, weight 3.5, trait `-42` (owners 8)',
      '2026-04-30: 20 exchanges in 8 hours, 12 asking for reasoning or grades, 1 refused',
    ]) {
      expect(told).toContain(fact);
    }
    expect(await say('U0MARA', '/campaign account <!here>')).toContain('No account `&lt;!here&gt;` is known');
    expect(sandbox.control.complaints()).toEqual([]);
  });
});

describe('why', () => {
  it('tells the evidence of a campaign in words, and each query with its parameters', async () => {
    const { alert, say, press, sandbox } = await slackRoom(database.pool, 'http');
    await alert();
    const told = await say('U0MARA', '/campaign why c-1');
    for (const fact of ['C-1 · Evidence', '148 payment instruments', 'What was looked for', 'Harmless causes']) {
      expect(told).toContain(fact);
    }
    const ts = sandbox.control.ephemeral('U0MARA')[0]?.ts ?? '';
    const button = { action_id: 'why.query:1', block_id: 'queries', value: 'shared-payment' };
    const query = await press('U0MARA', ts, button);
    for (const part of ['with activity as', 'minOwners `3`', '$1 = `["2026', 'Look first'])
      expect(query).toContain(part);
    expect(sandbox.control.complaints()).toEqual([]);
  });

  it('tells why one account is in it', async () => {
    const { alert, say } = await slackRoom(database.pool, 'http');
    await alert();
    await addMembers(database.pool, 1, { count: 3 });
    await addHit(database.pool, 'shared-payment', '-42', [1, 2, 3]);
    const told = await say('U0MARA', '/campaign why 1 acct_1');
    expect(told).toContain('`acct_1` belongs to C-1 since');
    expect(told).toContain('`shared-payment` with 2 other accounts');
    await addMembers(database.pool, 1, { count: 1, first: 50 });
    await database.pool.query('delete from campaign_account where account_key = 50');
    expect(await say('U0MARA', '/campaign why 1 acct_50')).toContain('`acct_50` is not in C-1');
    expect(await say('U0MARA', '/campaign why 1 acct_404')).toContain('No account `acct_404` is known');
    expect(await say('U0MARA', '/campaign why 9')).toContain('There is no C-9');
  });

  it.each(DETECTIONS.map(({ id }) => id))('shows the query of %s within Slack’s limits', async (id) => {
    const { alert, say, press, sandbox } = await slackRoom(database.pool, 'http');
    await alert({ detections: [id] });
    await say('U0MARA', '/campaign why 1');
    const ts = sandbox.control.ephemeral('U0MARA')[0]?.ts ?? '';
    expect(await press('U0MARA', ts, { action_id: 'why.query:0', block_id: 'queries', value: id })).toContain(
      '· Query',
    );
    expect(sandbox.control.complaints()).toEqual([]);
  });
});

describe('list', () => {
  it('filters by who has it, by family, by what is open, and takes a page’s number', async () => {
    const { alert, say } = await slackRoom(database.pool, 'http');
    for (let campaign = 0; campaign < 12; campaign += 1) await alert();
    await alert({ families: ['network', 'payment', 'client'], kind: 'resale', severity: 'medium' });
    await say('U0MARA', '/campaign ack 1');
    await say('U0MARA', '/campaign dismiss 2 a course');
    await say('U0MARA', '/campaign assign 3 @jonas');
    expect(await say('U0MARA', '/campaign list mine')).toContain('1–1 of 1 campaign (mine)');
    expect(await say('U0JONAS', '/campaign list MINE')).toContain('*C-3*');
    expect(await say('U0MARA', '/campaign list unassigned')).toContain('of 10 campaigns');
    expect(await say('U0MARA', '/campaign list open')).toContain('of 12 campaigns');
    expect(await say('U0MARA', '/campaign list network payment')).toContain('*C-13*');
    expect(await say('U0MARA', '/campaign list open 2')).toContain('11–12 of 12 campaigns');
    expect(await say('U0MARA', '/campaign list 999')).toContain('11–13 of 13 campaigns');
    expect(await say('U0MARA', '/campaign list paymet')).toContain('did you mean payment?');
  });
});

describe('looking after Retort', () => {
  it('says who holds the shift', async () => {
    const { say, sandbox } = await slackRoom(database.pool, 'http');
    const told = await say('U0MARA', '/campaign oncall');
    expect(told).toContain('*Holds the shift* @abuse-oncall: <@U0MARA>, <@U0JONAS>');
    expect(told).toContain('*Called next* <!subteam^S0APPROVERS>: <@U0RAVI>');
    expect(told).toContain('critical: called after 15 min');
    sandbox.control.fail('usergroups.users.list', { kind: 'http_500' });
    const { say: later } = await slackRoom(database.pool, 'http', {
      rota: { groups: [], answerWithinMs: NEVER, holdsMs: NEVER },
    });
    expect(await later('U0MARA', '/campaign oncall')).toContain('No shift is configured');
  });

  it('says what ails it', async () => {
    const { say } = await slackRoom(database.pool, 'http');
    expect(await say('U0MARA', '/campaign health')).toContain('Nothing was ingested yet');
    await database.pool.query(`insert into watermark (name, at) values ('events', $1)`, [
      new Date(Date.parse('2026-04-30T09:00:00Z')),
    ]);
    expect(await say('U0MARA', '/campaign health')).toContain('Retort is well');
    await database.pool.query(
      `insert into job_slot (job, slot_at, state, attempts, started_at, error)
       values ('detect', '2026-04-30T09:00:00Z', 'failed', 1, '2026-04-30T09:00:00Z', 'no <!here> space')`,
    );
    expect(await say('U0MARA', '/campaign health')).toContain('The job detect fails: no &lt;!here&gt; space');
  });

  it('tells the last day on demand', async () => {
    const { alert, say } = await slackRoom(database.pool, 'http');
    await alert();
    expect(await say('U0MARA', '/campaign digest')).toContain('’s digest');
  });
});

const NEVER = { critical: null, high: null, medium: null, low: null };
