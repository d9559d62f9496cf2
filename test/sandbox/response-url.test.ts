import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/server.ts';
import { clientOf, startApp, startSandbox } from './bolt-app.ts';

const channel = 'C0ALERTS';
const user = 'U0MARA';
const action = { type: 'button', action_id: 'go', block_id: 'row' };
const blocks = [
  {
    type: 'actions',
    block_id: 'row',
    elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }],
  },
];

async function acknowledging(now = () => 1_000_000): Promise<Sandbox> {
  const sandbox = await startSandbox({ now });
  await startApp(sandbox, 'http', (app) => {
    app.command('/campaign', async ({ ack }) => ack());
    app.action('go', async ({ ack }) => ack());
  });
  return sandbox;
}

const lastUrl = (sandbox: Sandbox) => String(sandbox.control.sent().at(-1)?.payload.response_url);

async function respond(sandbox: Sandbox, body: object, url = lastUrl(sandbox)) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, text: await response.text() };
}

test('a response is ephemeral, or for the channel when it says so', async () => {
  const sandbox = await acknowledging();
  await sandbox.say({ user, channel, text: '/campaign' });
  expect(await respond(sandbox, { text: 'for you' })).toEqual({ status: 200, text: 'ok' });
  await respond(sandbox, { text: 'for all', response_type: 'in_channel' });
  expect(sandbox.control.ephemeral(user).map((each) => each.text)).toEqual(['for you']);
  expect(sandbox.control.messages(channel).map((each) => each.text)).toEqual(['for all']);
});

test('works five times', async () => {
  const sandbox = await acknowledging();
  await sandbox.say({ user, channel, text: '/campaign' });
  for (let i = 0; i < 5; i++) expect((await respond(sandbox, { text: `${i}` })).status).toBe(200);
  const sixth = await respond(sandbox, { text: '5' });
  expect(sixth.status).toBe(404);
  expect(sixth.text).toContain('used_url');
  expect(sandbox.control.ephemeral(user)).toHaveLength(5);
});

test('works for thirty minutes', async () => {
  let time = 1_000_000;
  const sandbox = await acknowledging(() => time);
  await sandbox.say({ user, channel, text: '/campaign' });
  time += 30 * 60_000;
  expect((await respond(sandbox, { text: 'just in time' })).status).toBe(200);
  time += 1;
  expect(await respond(sandbox, { text: 'late' })).toMatchObject({ status: 404 });
});

test('replaces and deletes the message whose button was pressed', async () => {
  const sandbox = await acknowledging();
  const { ts = '' } = await clientOf(sandbox).chat.postMessage({ channel, text: 'C-1', blocks: blocks });
  const press = () => sandbox.act({ user, container: { type: 'message', channel, ts }, action, state: {} });
  await press();
  await respond(sandbox, { text: 'done', replace_original: true });
  expect(sandbox.control.messages(channel)).toMatchObject([{ ts, text: 'done' }]);
  expect(await press()).toEqual({ ok: true });
  await respond(sandbox, { delete_original: true });
  expect(sandbox.control.messages(channel)).toEqual([]);
  expect(await press()).toEqual({ ok: false, error: 'This is no longer there.' });
});

test('replaces an ephemeral message, which the Web API cannot', async () => {
  const sandbox = await acknowledging();
  await sandbox.say({ user, channel, text: '/campaign' });
  await respond(sandbox, { text: 'choose', blocks });
  const ts = sandbox.control.ephemeral(user)[0]?.ts ?? '';
  await sandbox.act({ user, container: { type: 'ephemeral', channel, ts }, action, state: {} });
  const { payload } = sandbox.control.sent().at(-1) ?? {};
  expect(payload).toMatchObject({ container: { is_ephemeral: true } });
  expect(payload).not.toHaveProperty('message');
  await respond(sandbox, { text: 'chosen', replace_original: true });
  expect(sandbox.control.ephemeral(user).map((each) => each.text)).toEqual(['chosen']);
});

test('is as strict as chat.postMessage', async () => {
  const sandbox = await acknowledging();
  await sandbox.say({ user, channel, text: '/campaign' });
  expect((await respond(sandbox, { text: '' })).text).toContain('no_text');
  expect((await respond(sandbox, { text: 'x', blocks: [{ type: 'sparkline' }] })).text).toContain('invalid_blocks');
  expect(sandbox.control.complaints()).toHaveLength(2);
});
