import { expect, test } from 'vitest';
import { clientOf, startSandbox } from './bolt-app.ts';
import { manifestWith } from './manifest-with.ts';
import { errorOf } from './refusal.ts';

const channel = 'C0ALERTS';
const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } });

test('a channel that is unknown, private, not joined or archived takes no post', async () => {
  const sandbox = await startSandbox();
  const client = clientOf(sandbox);
  const post = (target: string) => errorOf(client.chat.postMessage({ channel: target, text: 'hello' }));
  expect(await post('C0NONE')).toBe('channel_not_found');
  expect(await post('C0LEGAL')).toBe('channel_not_found');
  expect(await post('C0GENERAL')).toBe('not_in_channel');
  sandbox.control.archiveChannel('abuse-alerts');
  expect(await post(channel)).toBe('is_archived');
});

test('a channel can be joined, or the bot invited and removed', async () => {
  const sandbox = await startSandbox();
  const client = clientOf(sandbox);
  await client.conversations.join({ channel: 'C0GENERAL' });
  await client.chat.postMessage({ channel: '#general', text: 'hello' });
  expect(await errorOf(client.conversations.join({ channel: 'C0LEGAL' }))).toBe('channel_not_found');
  sandbox.control.inviteBot('abuse-legal');
  await client.chat.postMessage({ channel: 'C0LEGAL', text: 'hello' });
  sandbox.control.removeBot('abuse-legal');
  expect(await errorOf(client.chat.postMessage({ channel: 'C0LEGAL', text: 'again' }))).toBe('channel_not_found');
});

test('an empty message and one too long are refused', async () => {
  const client = clientOf(await startSandbox());
  expect(await errorOf(client.chat.postMessage({ channel, text: '' }))).toBe('no_text');
  expect(await errorOf(client.chat.postMessage({ channel, text: 'x'.repeat(40_001) }))).toBe('msg_too_long');
  const blocks = Array.from({ length: 5 }, () => section('x'.repeat(2_900)));
  expect(await errorOf(client.chat.postMessage({ channel, text: 'long', blocks }))).toBe('msg_blocks_too_long');
  expect(await errorOf(client.apiCall('chat.postMessage', { channel, blocks: 'no json' }))).toBe(
    'invalid_blocks_format',
  );
});

test('a direct message needs the messages tab', async () => {
  const manifestPath = await manifestWith(({ features }) => {
    features.app_home.messages_tab_enabled = false;
  });
  const closed = clientOf(await startSandbox({ manifestPath }));
  expect(await errorOf(closed.chat.postMessage({ channel: 'U0MARA', text: 'psst' }))).toBe('messages_tab_disabled');
  const sandbox = await startSandbox();
  const { channel: direct } = await clientOf(sandbox).conversations.open({ users: 'U0MARA' });
  const posted = await clientOf(sandbox).chat.postMessage({ channel: 'U0MARA', text: 'psst' });
  expect(posted.channel).toBe(direct?.id);
});

test('an update without blocks removes them, and marks the message as edited', async () => {
  const sandbox = await startSandbox();
  const client = clientOf(sandbox);
  const { ts = '', message } = await client.chat.postMessage({ channel, text: 'C-1', blocks: [section('C-1')] });
  expect(message?.blocks?.[0]?.block_id).toEqual(expect.any(String));
  const updated = await client.chat.update({ channel, ts, text: 'C-1 is contained' });
  expect(updated.message?.blocks).toBeUndefined();
  expect(sandbox.control.messages(channel)[0]).toMatchObject({ text: 'C-1 is contained', edited: {} });
});

test("only the app's own messages can be changed", async () => {
  const sandbox = await startSandbox();
  const client = clientOf(sandbox);
  await sandbox.say({ user: 'U0MARA', channel, text: 'looking' });
  const ts = sandbox.control.messages(channel)[0]?.ts ?? '';
  expect(await errorOf(client.chat.update({ channel, ts, text: 'not looking' }))).toBe('cant_update_message');
  expect(await errorOf(client.chat.delete({ channel, ts }))).toBe('cant_delete_message');
  expect(await errorOf(client.chat.update({ channel, ts: '1.000001', text: 'x' }))).toBe('message_not_found');
  const own = await client.chat.postMessage({ channel, text: 'mine' });
  await client.chat.delete({ channel, ts: own.ts ?? '' });
  expect(sandbox.control.messages(channel).map((each) => each.text)).toEqual(['looking']);
});

test('replies hang on their root, and only some show in the channel', async () => {
  const client = clientOf(await startSandbox());
  const root = await client.chat.postMessage({ channel, text: 'root' });
  const thread_ts = root.ts ?? '';
  const reply = await client.chat.postMessage({ channel, thread_ts, text: 'reply' });
  await client.chat.postMessage({ channel, thread_ts, text: 'rising', reply_broadcast: true });
  const { messages = [] } = await client.conversations.history({ channel });
  expect(messages.map((each) => [each.text, each.subtype, each.reply_count])).toEqual([
    ['rising', 'thread_broadcast', undefined],
    ['root', undefined, 2],
  ]);
  const thread = await client.conversations.replies({ channel, ts: thread_ts });
  expect(thread.messages?.map((each) => each.text)).toEqual(['root', 'reply', 'rising']);
  expect(await errorOf(client.chat.postMessage({ channel, thread_ts: '1.000001', text: 'lost' }))).toBe(
    'thread_not_found',
  );
  const nested = client.chat.postMessage({ channel, thread_ts: reply.ts ?? '', text: 'nested' });
  expect(await errorOf(nested)).toBe('cannot_reply_to_message');
});

test('an ephemeral message is seen by one member alone and never by the Web API', async () => {
  const sandbox = await startSandbox();
  const client = clientOf(sandbox);
  const { message_ts = '' } = await client.chat.postEphemeral({ channel, user: 'U0MARA', text: 'only you' });
  expect(sandbox.control.ephemeral('U0MARA')).toHaveLength(1);
  expect(sandbox.control.ephemeral('U0RAVI')).toHaveLength(0);
  expect((await client.conversations.history({ channel })).messages).toEqual([]);
  expect(await errorOf(client.chat.update({ channel, ts: message_ts, text: 'x' }))).toBe('message_not_found');
  sandbox.control.addPerson({ id: 'U0NEW', name: 'noor' });
  const outside = client.chat.postEphemeral({ channel, user: 'U0NEW', text: 'x' });
  expect(await errorOf(outside)).toBe('user_not_in_channel');
});

test('metadata is kept, replaced, and shown only when asked for', async () => {
  const client = clientOf(await startSandbox());
  const metadata = { event_type: 'delivery', event_payload: { id: 'd-1' } };
  const { ts = '' } = await client.chat.postMessage({ channel, text: 'C-1', metadata });
  const read = async (include_all_metadata: boolean) =>
    (await client.conversations.history({ channel, include_all_metadata })).messages?.[0]?.metadata;
  expect(await read(true)).toEqual(metadata);
  expect(await read(false)).toBeUndefined();
  await client.chat.update({ channel, ts, text: 'C-1 again' });
  expect(await read(true)).toEqual(metadata);
  const wrong = client.apiCall('chat.postMessage', { channel, text: 'x', metadata: { event_type: 'no payload' } });
  expect(await errorOf(wrong)).toBe('invalid_metadata_schema');
});

test('a permalink names message and thread', async () => {
  const client = clientOf(await startSandbox());
  const { ts: thread_ts = '' } = await client.chat.postMessage({ channel, text: 'root' });
  const { ts = '' } = await client.chat.postMessage({ channel, thread_ts, text: 'reply' });
  const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts });
  expect(permalink).toContain(`/archives/${channel}/p${ts.replace('.', '')}?thread_ts=${thread_ts}`);
  expect(await errorOf(client.chat.getPermalink({ channel, message_ts: '1.1' }))).toBe('message_not_found');
});

test('a reaction counts once', async () => {
  const manifestPath = await manifestWith(({ oauth_config }) => void oauth_config.scopes.bot.push('reactions:write'));
  const sandbox = await startSandbox({ manifestPath });
  const client = clientOf(sandbox);
  const { ts: timestamp = '' } = await client.chat.postMessage({ channel, text: 'C-1' });
  await client.reactions.add({ channel, timestamp, name: 'eyes' });
  expect(await errorOf(client.reactions.add({ channel, timestamp, name: 'eyes' }))).toBe('already_reacted');
  expect(sandbox.control.messages(channel)[0]?.reactions).toEqual([{ name: 'eyes', users: ['U0RETORTBOT'] }]);
});

test('a file is announced, uploaded and shared', async () => {
  const sandbox = await startSandbox();
  const client = clientOf(sandbox);
  const file = Buffer.from('a,b\n1,2\n');
  await client.filesUploadV2({ channel_id: channel, filename: 'accounts.csv', file, initial_comment: 'evidence' });
  const [message] = sandbox.control.messages(channel);
  expect(message).toMatchObject({ text: 'evidence', files: [{ name: 'accounts.csv', size: 8, mimetype: 'text/csv' }] });
  const response = await fetch(sandbox.url + (message?.files?.[0]?.url_private ?? ''));
  expect(await response.text()).toBe('a,b\n1,2\n');
  expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
  const announced = await client.files.getUploadURLExternal({ filename: 'x.txt', length: 3 });
  expect((await fetch(announced.upload_url ?? '', { method: 'POST', body: 'four' })).status).toBe(400);
  const files: [{ id: string }] = [{ id: announced.file_id ?? '' }];
  expect(await errorOf(client.files.completeUploadExternal({ files }))).toBe('file_not_found');
});
