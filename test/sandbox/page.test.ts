import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { PageEvent } from '../../sandbox/page-api.ts';
import { clientOf, startApp, startSandbox } from './bolt-app.ts';

const channel = 'C0ALERTS';
const user = 'U0MARA';

const json = { 'content-type': 'application/json' };
const post = async (url: string, body: object, headers: Record<string, string> = json) => {
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const get = async (url: string): Promise<unknown> => (await fetch(url)).json();

const option = (value: string) => ({ text: { type: 'plain_text' as const, text: value }, value });

/** A request as another program could send it: fetch would tidy up the path and the host. */
const raw = async (url: string, path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    request(url, { path, headers }, (res) => {
      let body = '';
      res.on('data', (chunk) => (body += String(chunk)));
      res.on('end', () => resolve({ status: res.statusCode, body }));
    })
      .on('error', reject)
      .end();
  });

/** Collects the events of a person's page. */
async function watch(url: string, who: string): Promise<PageEvent[]> {
  const events: PageEvent[] = [];
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const response = await fetch(`${url}/page/events?user=${who}`, { signal: abort.signal });
  const stream = response.body;
  if (!stream) throw new Error('no stream');
  const read = async () => {
    let text = '';
    for await (const chunk of stream) {
      text += Buffer.from(chunk).toString();
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) if (part.startsWith('data: ')) events.push(JSON.parse(part.slice(6)) as PageEvent);
    }
  };
  read().catch(() => {});
  return events;
}

test('the workspace lists people, channels and commands, and whether the app is there', async () => {
  const sandbox = await startSandbox();
  expect(await get(`${sandbox.url}/page/workspace`)).toMatchObject({
    team: { name: 'Halcyon AI' },
    app: { name: 'Retort', connected: false },
    commands: [{ command: '/campaign' }],
  });
  await startApp(sandbox, 'socket', () => {});
  expect(await get(`${sandbox.url}/page/workspace`)).toMatchObject({ app: { connected: true } });
});

const texts = (events: PageEvent[]) => events.flatMap((each) => (each.type === 'message' ? [each.message.text] : []));

test('a person sees what this person may see', async () => {
  const sandbox = await startSandbox();
  sandbox.control.inviteBot('abuse-legal');
  const [mara, ravi] = [await watch(sandbox.url, user), await watch(sandbox.url, 'U0RAVI')];
  const client = clientOf(sandbox);
  await client.chat.postMessage({ channel: 'C0LEGAL', text: 'for counsel' });
  await client.chat.postEphemeral({ channel, user, text: 'for mara' });
  await client.chat.postMessage({ channel, text: 'for all' });
  await expect.poll(() => texts(mara)).toEqual(['for mara', 'for all']);
  await expect.poll(() => texts(ravi)).toEqual(['for counsel', 'for all']);
  expect(await get(`${sandbox.url}/page/messages?channel=C0LEGAL&user=${user}`)).toEqual([]);
  const legal = await get(`${sandbox.url}/page/messages?channel=C0LEGAL&user=U0RAVI`);
  expect(legal).toMatchObject([{ text: 'for counsel', user: 'U0RETORTBOT' }]);
});

test('a page that is loaded anew gets the modals that are open', async () => {
  const sandbox = await startSandbox();
  await startApp(sandbox, 'socket', (app) => {
    app.command('/campaign', async ({ ack, command, client }) => {
      const view = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'Ban' }, blocks: [] };
      await client.views.open({ trigger_id: command.trigger_id, view });
      await ack();
    });
  });
  await sandbox.say({ user, channel, text: '/campaign ban' });
  const events = await watch(sandbox.url, user);
  await expect.poll(() => events[0]).toMatchObject({ type: 'view_stack', user, views: [{ title: { text: 'Ban' } }] });
});

test('people talk and reply over the page', async () => {
  const sandbox = await startSandbox();
  const say = (text: string, extra: object = {}) => post(`${sandbox.url}/page/say`, { user, channel, text, ...extra });
  expect(await say('hello @ravi')).toEqual({ status: 200, body: { ok: true } });
  const thread_ts = sandbox.control.messages(channel)[0]?.ts ?? '';
  await say('and more', { thread_ts });
  const thread = await get(`${sandbox.url}/page/messages?channel=${channel}&user=${user}&thread_ts=${thread_ts}`);
  expect(thread).toMatchObject([{ text: 'hello <@U0RAVI|ravi>', reply_count: 1 }, { text: 'and more' }]);
  expect((await say('', {})).body.ok).toBe(false);
  expect((await post(`${sandbox.url}/page/say`, { user: 'U0NONE', channel, text: 'x' })).body.ok).toBe(false);
  expect((await post(`${sandbox.url}/page/say`, { user, channel: 'C0LEGAL', text: 'x' })).body.ok).toBe(false);
});

test('an external select asks the app for options', async () => {
  const sandbox = await startSandbox();
  const app = await startApp(sandbox, 'socket', (app) => {
    app.options('who', async ({ ack, payload }) => {
      await ack({ options: [{ text: { type: 'plain_text', text: `like ${payload.value}` }, value: '1' }] });
    });
  });
  const select = { type: 'external_select' as const, action_id: 'who' };
  const blocks = [{ type: 'actions' as const, block_id: 'row', elements: [select] }];
  const { ts = '' } = await app.client.chat.postMessage({ channel, text: 'x', blocks });
  const asked = { user, container: { type: 'message', channel, ts }, block_id: 'row', action_id: 'who', value: 'ra' };
  const { body } = await post(`${sandbox.url}/page/suggest`, asked);
  expect(body).toMatchObject({ ok: true, options: [{ text: { text: 'like ra' } }] });
});

test('the state of all inputs goes with an action', async () => {
  const sandbox = await startSandbox();
  const app = await startApp(sandbox, 'http', (app) => {
    app.action('pick', async ({ ack }) => ack());
  });
  const elements = [
    {
      type: 'static_select' as const,
      action_id: 'pick',
      options: [option('a'), option('b')],
      initial_option: option('a'),
    },
    { type: 'datepicker' as const, action_id: 'day' },
  ];
  const { ts = '' } = await app.client.chat.postMessage({
    channel,
    text: 'x',
    blocks: [{ type: 'actions', block_id: 'row', elements }],
  });
  const action = { type: 'static_select', action_id: 'pick', block_id: 'row', selected_option: option('b') };
  const act = { user, container: { type: 'message', channel, ts }, action };
  expect(
    (await post(`${sandbox.url}/page/act`, { ...act, state: { row: { day: { selected_date: '2026-04-22' } } } })).body,
  ).toEqual({ ok: true });
  expect(sandbox.control.sent().at(-1)?.payload).toMatchObject({
    actions: [{ action_id: 'pick', selected_option: { value: 'b' } }],
    state: { values: { row: { pick: { selected_option: { value: 'a' } }, day: { selected_date: '2026-04-22' } } } },
    message: { ts, bot_id: 'B0RETORT' },
    channel: { id: channel, name: 'abuse-alerts' },
  });
});

test('the built page is served, and nothing else of the disk', async () => {
  const root = await mkdtemp(join(tmpdir(), 'page-'));
  const pageDir = join(root, 'page');
  await mkdir(join(pageDir, 'assets'), { recursive: true });
  await writeFile(join(pageDir, 'index.html'), '<title>Sandbox</title>');
  await writeFile(join(pageDir, 'assets', 'main.js'), 'console');
  await writeFile(join(root, 'secret.txt'), 'secret');
  const { url } = await startSandbox({ pageDir });
  for (const path of ['/', '/channel/C0ALERTS']) {
    expect((await raw(url, path)).body).toContain('Sandbox');
  }
  const script = await fetch(`${url}/assets/main.js`);
  expect(script.headers.get('content-type')).toContain('javascript');
  expect(script.headers.get('content-security-policy')).toContain("default-src 'self'");
  for (const path of ['/../secret.txt', '/..%2fsecret.txt', '/assets/..%2f..%2fsecret.txt', '/%00.txt', '/%zz.txt']) {
    expect({ path, ...(await raw(url, path)) }).toEqual({ path, status: 404, body: 'Not found' });
  }
});

test('the page and the control take requests from this machine by its own name only', async () => {
  const sandbox = await startSandbox();
  const rebound = await raw(sandbox.url, '/page/workspace', { host: 'evil.example' });
  expect(rebound.status).toBe(403);
  const form = { 'content-type': 'text/plain' };
  expect((await post(`${sandbox.url}/page/say`, { user, channel, text: 'forged' }, form)).status).toBe(400);
  expect(sandbox.control.messages(channel)).toEqual([]);
});

test('the control can be used over HTTP', async () => {
  const sandbox = await startSandbox();
  const control = (name: string, ...args: unknown[]) => post(`${sandbox.url}/control/${name}`, { args });
  await control('fail', 'auth.test', { kind: 'error', error: 'token_revoked' }, 1);
  await expect(clientOf(sandbox).auth.test()).rejects.toThrow('token_revoked');
  await clientOf(sandbox).chat.postMessage({ channel, text: 'hello' });
  expect((await control('messages', 'abuse-alerts')).body).toMatchObject({ ok: true, result: [{ text: 'hello' }] });
  expect((await control('archiveChannel', 'nowhere')).body).toEqual({
    ok: false,
    error: 'the workspace has no nowhere',
  });
  expect((await control('until')).status).toBe(404);
  expect((await control('toString')).status).toBe(404);
  expect((await fetch(`${sandbox.url}/control/clearFaults`, { method: 'POST' })).status).toBe(404);
});
