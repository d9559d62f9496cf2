import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadCampaign } from '../../src/db/campaign.ts';
import { readPrecision } from '../../src/db/precision.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { slackRoom } from '../slack/slack-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const CHANNEL = 'abuse-alerts';

it('judges campaigns with their reasons, in message, thread and audit, and measures the detections by it', async () => {
  const { alert, say, settle, worker, sandbox } = await slackRoom(database.pool, 'http');
  const work = worker();
  await alert();
  await alert({ detections: ['no-night', 'shared-template'] });
  await settle(work);
  expect(await say('U0MARA', '/campaign confirm C-1 keys <!channel> & cards match')).toContain(
    'C-1 is confirmed: its message and its thread say so.',
  );
  const told = await say('U0JONAS', '/campaign dismiss 2 a course of 40 students');
  expect(told).toContain('C-2 is dismissed and falls silent');
  expect(told).toContain('`no-night` is at 1 of 2, `shared-template` at 1 of 2');
  expect(told).not.toContain('shared-payment');
  await settle(work);

  const [first, second, ...replies] = sandbox.control.messages(CHANNEL);
  expect(first?.text).toMatch(/^C-1 · Confirmed .*Confirmed by <@U0MARA> .*: keys &lt;!channel&gt; &amp; cards match/s);
  expect(second?.text).toMatch(/^C-2 · Dismissed .*a course of 40 students/s);
  expect(JSON.stringify(second?.blocks)).not.toContain('ack.press');
  expect(replies.map((reply) => reply.text)).toEqual([
    expect.stringMatching(/^\*.+\* confirmed C-1 .*&lt;!channel&gt;/),
    expect.stringMatching(/^\*.+\* dismissed C-2 .*: a course of 40 students$/),
  ]);
  const audit = await database.pool.query(
    "select actor, action, subject, reason from audit_entry where actor <> 'retort' order by seq",
  );
  expect(audit.rows).toEqual([
    { actor: 'U0MARA', action: 'campaign.confirm', subject: 'C-1', reason: 'keys <!channel> & cards match' },
    { actor: 'U0JONAS', action: 'campaign.dismiss', subject: 'C-2', reason: 'a course of 40 students' },
  ]);
  expect(await readPrecision(database.pool)).toEqual([
    { detection: 'no-night', confirmed: 1, judged: 2 },
    { detection: 'shared-payment', confirmed: 1, judged: 1 },
    { detection: 'shared-template', confirmed: 1, judged: 2 },
  ]);

  // A mistake may be put right, and is counted once.
  expect(await say('U0MARA', '/campaign confirm 2 it was one after all')).toContain('C-2 is confirmed');
  expect((await loadCampaign(database.pool, 2))?.decided).toMatchObject({ by: 'U0MARA' });
  expect(await readPrecision(database.pool)).toContainEqual({ detection: 'no-night', confirmed: 2, judged: 2 });
  expect(await say('U0JONAS', '/campaign confirm 2 me too')).toMatch(/^C-2 was already confirmed by <@U0MARA>/);
  expect(sandbox.control.complaints()).toEqual([]);
});

it.each([
  ['/campaign confirm C-1', 'the reason is missing'],
  ['/campaign dismiss C-1 x', 'the reason is too short'],
  [`/campaign dismiss C-1 ${'long '.repeat(120)}`, 'longer than 500 characters'],
  ['/campaign dismiss nonsense why not', 'nonsense is no campaign'],
  ['/campaign confirm C-99 because', 'There is no C-99'],
])('what does not fit is refused: %.40s', async (text, words) => {
  const { alert, say } = await slackRoom(database.pool, 'http');
  await alert();
  expect(await say('U0MARA', text)).toContain(words);
  expect((await loadCampaign(database.pool, 1))?.status).toBe('suspected');
});
