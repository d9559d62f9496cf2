import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { clearWorld } from '../detections/load-world.ts';
import { campaignInDatabase } from '../evidence/dossier-room.ts';
import { slackRoom } from '../slack/slack-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function roomWithCampaign() {
  const room = await slackRoom(database.pool, 'http');
  await clearWorld(database.pool);
  await campaignInDatabase(database.pool);
  return room;
}

it('puts a picture into the thread, with the same in words', async () => {
  const { say, settle, worker, sandbox } = await roomWithCampaign();
  expect(await say('U0MARA', '/campaign graph c1')).toContain('has no message yet');
  await settle(worker());
  expect(await say('U0MARA', '/campaign graph C-1')).toContain('The picture of C-1 is in its thread');
  const messages = sandbox.control.messages('abuse-alerts');
  const root = messages.find(({ text }) => text.startsWith('C-1 · Confirmed'));
  const reply = messages.find(({ files }) => files !== undefined && files.length > 0);
  expect(reply?.thread_ts).toBe(root?.ts);
  expect(reply?.text).toMatch(/^C-1: what ties its \d+ accounts\. .*content \(shared-template\) ties \d+/);
  const [file] = reply?.files ?? [];
  expect(file).toMatchObject({ name: 'C-1-graph.png', mimetype: 'image/png' });
  const bytes = new Uint8Array(await (await fetch(new URL(file?.url_private ?? '', sandbox.url))).arrayBuffer());
  expect([...bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  expect(sandbox.control.complaints()).toEqual([]);
});

it('says so where there is no such campaign, and where nothing ties it any more', async () => {
  const { say, settle, worker } = await roomWithCampaign();
  await settle(worker());
  expect(await say('U0MARA', '/campaign graph 99')).toContain('C-99');
  await database.pool.query('delete from hit');
  expect(await say('U0MARA', '/campaign graph 1')).toContain('Nothing ties the accounts of C-1 at present');
});

it('says so where Slack does not take it', async () => {
  const { say, settle, worker, sandbox } = await roomWithCampaign();
  await settle(worker());
  sandbox.control.fail('files.getUploadURLExternal', { kind: 'error', error: 'file_uploads_disabled' }, 1);
  expect(await say('U0MARA', '/campaign graph C-1')).toContain('refused the file: file');
});
