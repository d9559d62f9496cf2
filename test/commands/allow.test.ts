import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { validateBlocks, visibleCharacters } from '../../sandbox/block-kit/validate.ts';
import { exceptionList } from '../../src/slack/blocks/exceptions.ts';
import { NOW } from '../campaign-fixture.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { clearWorld, loadAccounts } from '../detections/load-world.ts';
import { slackRoom } from '../slack/slack-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => clearWorld(database.pool));

const DAY = 86_400_000;

describe('/campaign allow', () => {
  it('adds, lists and ends exceptions, each with an owner, a reason and an end, and audits them', async () => {
    const created_at = '2026-01-01T00:00:00Z';
    await loadAccounts(database.pool, [
      { account_id: 'acct_1', created_at, organization_id: 'org_7' },
      { account_id: 'acct_2', created_at, organization_id: 'org_7' },
    ]);
    const { say, clock, sandbox } = await slackRoom(database.pool, 'http');
    const added = await say('U0MARA', '/campaign allow add org org_7 30d <@U0RAVI|ravi> evaluation <!here> contract');
    expect(added).toMatch(/\*E-1\* organization `org_7` · until .* · <@U0RAVI>: evaluation &lt;!here&gt; contract/);
    expect(added).toContain('2 accounts of it are known');
    expect(await say('U0MARA', '/campaign allow add account acct_9 12h me a test of ours')).toContain(
      'No account of that id is known yet',
    );
    expect(await say('U0JONAS', '/campaign allow add organisation org_7 1w legal again')).toMatch(
      /excepted already.*\*E-1\* organization/s,
    );
    clock.advance(DAY);
    const listed = await say('U0JONAS', '/campaign allow');
    expect(listed).toMatch(
      /\*E-1\* organization `org_7` · until .*No longer.*\*E-2\* account `acct_9` · expired .* · <@U0MARA>/s,
    );
    // What has expired is no obstacle to the next one.
    expect(await say('U0MARA', '/campaign allow add account acct_9 2026-12-24 @legal once more')).toContain('*E-3*');
    expect(await say('U0JONAS', '/campaign allow remove e1 the contract was ended')).toContain('*E-1* has ended');
    expect(await say('U0JONAS', '/campaign allow remove E-1 twice')).toMatch(/ended already.* ended .* by <@U0JONAS>/s);
    expect(await say('U0JONAS', '/campaign allow remove 2 too late')).toMatch(/ended already.* expired /s);

    const { rows } = await database.pool.query(
      "select actor, action, subject, reason from audit_entry where action like 'exception.%' order by seq",
    );
    expect(rows).toEqual([
      { actor: 'U0MARA', action: 'exception.add', subject: 'E-1', reason: 'evaluation <!here> contract' },
      { actor: 'U0MARA', action: 'exception.add', subject: 'E-2', reason: 'a test of ours' },
      { actor: 'retort', action: 'exception.end', subject: 'E-2', reason: 'expired' },
      { actor: 'U0MARA', action: 'exception.add', subject: 'E-3', reason: 'once more' },
      { actor: 'U0JONAS', action: 'exception.end', subject: 'E-1', reason: 'the contract was ended' },
    ]);
    expect(sandbox.control.complaints()).toEqual([]);
  });

  it.each([
    ['/campaign allow add account acct_1', 'the end is missing'],
    ['/campaign allow add account acct_1 30d', 'the owner is missing'],
    ['/campaign allow add account acct_1 30d me', 'the reason is missing'],
    ['/campaign allow add account acct_1 forever me it is ours', 'forever is no end'],
    ['/campaign allow add account acct_1 2020-01-01 me it is ours', 'has passed already'],
    ['/campaign allow add account acct_1 400d me it is ours', 'a year at most'],
    ['/campaign allow add acount acct_1 30d me it is ours', 'acount cannot be excepted; account can'],
    ['/campaign allow remove twelve it is over', 'exceptions are written E-3'],
    ['/campaign allow remove 12 it is over', 'There is no E-12'],
    ['/campaign allow', 'Nothing is excepted'],
  ])('%s is answered with %s', async (text, words) => {
    const { say } = await slackRoom(database.pool, 'http');
    expect(await say('U0MARA', text)).toContain(words);
  });

  it('lets everyone look, and only responders change it', async () => {
    const { say, sandbox } = await slackRoom(database.pool, 'http', { groups: { responders: 'abuse-oncall' } });
    sandbox.control.setGroupMembers('abuse-oncall', ['U0JONAS']);
    expect(await say('U0MARA', '/campaign allow list')).toContain('Nothing is excepted');
    expect(await say('U0MARA', '/campaign allow add account a 1d me because')).toContain('This is for responders');
    expect((await database.pool.query('select from exception_entry')).rowCount).toBe(0);
  });

  it('keeps within Slack’s limits', () => {
    const hostile = '<!channel>`*_~\u{202e}&'.repeat(30);
    const entries = Array.from({ length: 40 }, (_, index) => ({
      number: index,
      kind: 'account' as const,
      subject: hostile,
      owner: hostile,
      reason: hostile,
      addedBy: hostile,
      addedAt: NOW,
      endsAt: NOW + DAY,
      state: index % 2 === 0 ? ('present' as const) : ('expired' as const),
      endedBy: null,
      endedAt: null,
    }));
    const { text, blocks } = exceptionList(entries, 5_000);
    expect(validateBlocks(blocks, 'message')).toEqual([]);
    expect(text.length + visibleCharacters(blocks)).toBeLessThanOrEqual(13_000);
    expect(JSON.stringify({ text, blocks })).not.toMatch(/<!channel|\u{202e}/u);
  });
});
