import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sandbox } from '../../sandbox/server.ts';
import { STORM_RULE } from '../../src/campaigns/storm.ts';
import { loadCampaign } from '../../src/db/campaign.ts';
import { outboxFigures } from '../../src/db/outbox.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { slackRoom } from '../slack/slack-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const texts = (sandbox: Sandbox) => sandbox.control.messages('abuse-alerts').map(({ text }) => text);
const storm = { storm: STORM_RULE };

it('tells many new campaigns in one message, and each by itself once it is opened or answered', async () => {
  const { alert, worker, settle, sandbox, press, say } = await slackRoom(database.pool, 'http');
  await database.pool.query('truncate storm cascade');
  const work = worker(storm);
  for (let campaign = 0; campaign < 30; campaign += 1) await alert();
  await settle(work);
  expect(texts(sandbox)).toEqual([expect.stringContaining('30 new campaigns at once')]);
  expect(texts(sandbox)[0]).toContain('30 unanswered');
  expect(texts(sandbox)[0]).toContain('… and 10 more');
  const stormTs = sandbox.control.messages('abuse-alerts')[0]?.ts ?? '';
  const block = sandbox.control.messages('abuse-alerts')[0]?.blocks?.find((each) => 'accessory' in each);
  const open = { action_id: 'show.open:C-30', block_id: String(block?.['block_id']), value: 'C-30' };
  expect(await press('U0MARA', stormTs, open)).toContain('C-30 is getting its own message');
  await say('U0JONAS', '/campaign ack C-3');
  await settle(work);
  expect(texts(sandbox).map((text) => text.slice(0, 12))).toEqual(
    expect.arrayContaining(['C-30 · Suspe', 'C-3 · Acknow']),
  );
  expect(texts(sandbox)).toHaveLength(4);
  expect(texts(sandbox)[0]).toContain('29 unanswered');
  expect((await loadCampaign(database.pool, 4))?.post).toBeNull();
  expect(await outboxFigures(database.pool)).toMatchObject({ counts: { dead: 0 }, oldestWaitingAt: null });
  expect(sandbox.control.complaints()).toEqual([]);

  // Half an hour later one comes alone.
  await database.pool.query("update campaign set alerted_at = alerted_at - interval '1 day'");
  await database.pool.query("update storm set last_at = last_at - interval '1 day'");
  await alert();
  await settle(work);
  expect(texts(sandbox)[4]).toContain('C-31 · Suspected');
});

it('leaves a few alone, and posts the storm’s message once though its outcome was unknown', async () => {
  const { alert, worker, settle, sandbox } = await slackRoom(database.pool, 'http');
  await database.pool.query('truncate storm cascade');
  const work = worker(storm);
  for (let campaign = 0; campaign < 6; campaign += 1) await alert();
  await settle(work);
  expect(texts(sandbox)).toHaveLength(6);
  sandbox.control.fail('chat.postMessage', { kind: 'http_500_after' }, 1);
  await alert();
  await alert();
  await settle(work);
  expect(texts(sandbox)).toHaveLength(7);
  expect(texts(sandbox)[6]).toContain('2 new campaigns at once');
});
