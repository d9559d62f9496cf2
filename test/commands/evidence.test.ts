import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MANIFEST, sha256 } from '../../src/evidence/manifest.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { clearWorld } from '../detections/load-world.ts';
import { campaignInDatabase } from '../evidence/dossier-room.ts';
import { slackRoom } from '../slack/slack-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const CHANNEL = 'abuse-alerts';

async function roomWithCampaign() {
  const room = await slackRoom(database.pool, 'http');
  await clearWorld(database.pool);
  await campaignInDatabase(database.pool);
  return room;
}

it('puts the dossier into the thread, tells its digest, and notes who asked', async () => {
  const { say, settle, worker, sandbox } = await roomWithCampaign();
  expect(await say('U0MARA', '/campaign evidence c1')).toContain('has no message yet');
  await settle(worker());
  const told = await say('U0MARA', '/campaign evidence C-1');
  const digest = /[0-9a-f]{64}/.exec(told)?.[0] ?? '';
  expect(told).toContain('The dossier of C-1 is in its thread');

  const messages = sandbox.control.messages(CHANNEL);
  const root = messages.find(({ text }) => text.startsWith('C-1 · Confirmed'));
  const reply = messages.find(({ files }) => files !== undefined && files.length > 0);
  expect(reply).toMatchObject({ thread_ts: root?.ts, text: expect.stringContaining(digest) });
  const [file] = reply?.files ?? [];
  expect(file).toMatchObject({ name: 'C-1-dossier.zip', mimetype: 'application/zip' });
  const bytes = await (await fetch(new URL(file?.url_private ?? '', sandbox.url))).arrayBuffer();
  const unpacked = unzipSync(new Uint8Array(bytes));
  expect(sha256(unpacked[`C-1/${MANIFEST}`] ?? '')).toBe(digest);
  expect(strFromU8(unpacked['C-1/accounts.csv'] ?? new Uint8Array())).not.toMatch(/acct_|script/);

  const { rows } = await database.pool.query(
    "select actor, subject, detail->>'manifest_sha256' as digest from audit_entry where action = 'campaign.evidence'",
  );
  expect(rows).toEqual([{ actor: 'U0MARA', subject: 'C-1', digest }]);
  expect(sandbox.control.complaints()).toEqual([]);
});

it.each([
  ['files.getUploadURLExternal', { kind: 'error', error: 'file_uploads_disabled' }, 'refused the file: file'],
  ['files.completeUploadExternal', { kind: 'error', error: 'internal_error' }, 'did not say whether'],
] as const)('says so where Slack does not take it at %s', async (method, fault, words) => {
  const { say, settle, worker, sandbox } = await roomWithCampaign();
  await settle(worker());
  sandbox.control.fail(method, fault, 1);
  expect(await say('U0MARA', '/campaign evidence C-1')).toContain(words);
});

it.each([
  ['/campaign evidence C-99', 'There is no C-99'],
  ['/campaign evidence', 'the campaign is missing'],
  ['/campaign evidence x', 'x is no campaign'],
])('refuses %s', async (text, words) => {
  const { say } = await slackRoom(database.pool, 'http');
  expect(await say('U0MARA', text)).toContain(words);
});

it('is for responders', async () => {
  const { say } = await slackRoom(database.pool, 'http', { groups: { responders: 'abuse-oncall' } });
  expect(await say('U0RAVI', '/campaign evidence C-1')).toContain('This is for responders');
});
