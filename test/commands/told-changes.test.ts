import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readDigest } from '../../src/db/digest-figures.ts';
import { endExpired } from '../../src/db/exception-entry.ts';
import { digestMessage } from '../../src/slack/blocks/digest.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { clearActions } from '../action-world.ts';
import { slackRoom } from '../slack/slack-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await clearActions(database.pool);
  await database.pool.query('truncate detection_state');
});

const DAY = 86_400_000;
const GROUPS = { responders: 'S0ONCALL', approvers: 'S0APPROVERS' };

let stories = 0;
async function story() {
  const room = await slackRoom(database.pool, 'http', { groups: GROUPS });
  // A day of its own for each: the audit of those before stays.
  room.clock.advance((stories += 1) * 5 * DAY);
  const deliver = room.worker();
  return {
    ...room,
    /** What the channel was told since. */
    told: async () => {
      const before = room.sandbox.control.messages('abuse-alerts').length;
      await room.settle(deliver);
      return room.sandbox.control.messages('abuse-alerts').slice(before);
    },
    digest: async () => {
      const to = room.clock.now() + 1;
      const digest = await readDigest(database.pool, { from: to - DAY, to, timezone: 'UTC' });
      return digestMessage(digest, { nameOf: (actor) => actor }).text;
    },
  };
}

it('what is excepted, and no longer, is told in the channel and in the digest', async () => {
  const { say, told, digest, clock } = await story();
  await say('U0MARA', '/campaign allow add account acct_9 30d <@U0RAVI|ravi> a <!channel> test');
  const [added, ...more] = await told();
  expect(more).toEqual([]);
  expect(added?.text).toMatch(
    /^\*E-1\* account `acct_9` is left out of campaigns until <!date\S+[^>]+> · by \*mara\* <!date[^>]+>: a &lt;!channel&gt; test · <@U0RAVI> answers for it$/,
  );
  expect(added?.thread_ts).toBeUndefined();
  await say('U0MARA', '/campaign allow add organisation org_7 12h me the same');
  // Nobody is called to what they did themselves.
  expect((await told()).map(({ text }) => text)).toEqual([expect.stringMatching(/the same · mara answers for it$/)]);
  // What changes nothing is told to nobody else.
  await say('U0JONAS', '/campaign allow add account acct_9 1d me again');
  await say('U0JONAS', '/campaign allow remove E-12 nothing there');
  expect(await told()).toEqual([]);
  await say('U0JONAS', '/campaign allow remove E-1 it was none of ours');
  expect((await told()).map(({ text }) => text)).toEqual([
    expect.stringMatching(/^\*E-1\* account `acct_9` is looked at again · by \*jonas\*.*: it was none of ours$/),
  ]);
  const words = await digest();
  expect(words).toMatch(
    /\*Changed for all campaigns\*\n• \*E-1\* .*\n• \*E-2\* .*\n• \*E-1\* .* is looked at again · by/,
  );
  expect(words).not.toContain('<@');
  // The end that was told from the start is told no more.
  clock.advance(2 * DAY);
  expect(await endExpired(database.pool, clock.now())).toBe(1);
  expect(await told()).toEqual([]);
  expect(await digest()).not.toContain('Changed for all');
});

it('a freeze and its end are told in the channel and in the digest', async () => {
  const { say, told, digest } = await story();
  await say('U0MARA', '/campaign freeze wrong key in production');
  await say('U0JONAS', '/campaign freeze wrong key again');
  await say('U0MARA', '/campaign unfreeze I may not');
  expect((await told()).map(({ text }) => text)).toEqual([
    expect.stringMatching(/^:no_entry: \*All enforcement is frozen\* by \*mara\* .*: wrong key in production · until/),
  ]);
  await say('U0RAVI', '/campaign unfreeze the key is changed');
  await say('U0RAVI', '/campaign unfreeze once more');
  expect((await told()).map(({ text }) => text)).toEqual([
    expect.stringMatching(
      /^\*Enforcement goes on\*: the freeze by mara.* was lifted by \*ravi\*.*: the key is changed$/,
    ),
  ]);
  // Within the same moment: each is told all the same.
  await say('U0MARA', '/campaign freeze a second time');
  expect(await told()).toHaveLength(1);
  expect(await digest()).toMatch(
    /All enforcement is frozen.*\n• \*Enforcement goes on.*\n• .*All enforcement is frozen/,
  );
});

it('a detection that is switched is told in the channel and in the digest', async () => {
  const { say, told, digest } = await story();
  await say('U0MARA', '/campaign detections shadow no-night it cries wolf');
  await say('U0MARA', '/campaign detections shadow no-night again');
  await say('U0MARA', '/campaign detections enable no-night it was us');
  expect((await told()).map(({ text }) => text)).toEqual([
    expect.stringMatching(
      /^Detection `no-night` runs in shadow and counts for nothing, after being enabled · by \*mara\*/,
    ),
    expect.stringMatching(/^Detection `no-night` counts, after being in shadow · by \*mara\* .*: it was us$/),
  ]);
  expect(await digest()).toMatch(/• Detection `no-night` runs in shadow.*\n• Detection `no-night` counts/);
});
