import { expect, test } from 'vitest';
import { clientOf, startSandbox } from './bolt-app.ts';
import { manifestWith } from './manifest-with.ts';
import { errorOf, refusal } from './refusal.ts';

const post = async (url: string, headers: Record<string, string>, body: string): Promise<unknown> => {
  const response = await fetch(url, { method: 'POST', headers, body });
  return response.json();
};

test('auth.test names the team and the bot', async () => {
  const sandbox = await startSandbox();
  const answer = await clientOf(sandbox).auth.test();
  expect(answer).toMatchObject({ ok: true, team: 'Halcyon AI', user: 'retort', user_id: 'U0RETORTBOT' });
  expect(answer.response_metadata?.scopes).toContain('chat:write');
});

test('an unknown method is refused with 200', async () => {
  const sandbox = await startSandbox();
  const response = await fetch(`${sandbox.apiUrl}chat.shout`, { method: 'POST' });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ ok: false, error: 'unknown_method' });
});

test('names of inherited properties are no methods', async () => {
  const sandbox = await startSandbox();
  expect(await errorOf(clientOf(sandbox).apiCall('constructor'))).toBe('unknown_method');
});

test('tokens are checked, and their kind', async () => {
  const sandbox = await startSandbox();
  expect(await errorOf(clientOf(sandbox, '').auth.test())).toBe('not_authed');
  expect(await errorOf(clientOf(sandbox, 'xoxb-another').auth.test())).toBe('invalid_auth');
  expect(await errorOf(clientOf(sandbox, sandbox.tokens.app).auth.test())).toBe('not_allowed_token_type');
  expect(await errorOf(clientOf(sandbox).apps.connections.open({}))).toBe('not_allowed_token_type');
});

test('a token in a form is as good as one in the header', async () => {
  const sandbox = await startSandbox();
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams({ token: sandbox.tokens.bot }).toString();
  expect(await post(`${sandbox.apiUrl}auth.test`, type, body)).toMatchObject({ ok: true });
});

test('JSON bodies are taken, other types and broken JSON are not', async () => {
  const sandbox = await startSandbox();
  const authorization = `Bearer ${sandbox.tokens.bot}`;
  const url = `${sandbox.apiUrl}chat.postMessage`;
  const json = { authorization, 'content-type': 'application/json; charset=utf-8' };
  const body = JSON.stringify({ channel: 'C0ALERTS', blocks: [{ type: 'divider' }], text: 'line' });
  expect(await post(url, json, body)).toMatchObject({ ok: true, message: { text: 'line' } });
  expect(await post(url, json, '{')).toMatchObject({ ok: false, error: 'invalid_json' });
  expect(await post(url, json, '[]')).toMatchObject({ ok: false, error: 'json_not_object' });
  const xml = { authorization, 'content-type': 'text/xml' };
  expect(await post(url, xml, '<a/>')).toMatchObject({ ok: false, error: 'invalid_post_type' });
});

test('a scope that the manifest does not ask for is missing', async () => {
  const manifestPath = await manifestWith(({ oauth_config }) => {
    oauth_config.scopes.bot = oauth_config.scopes.bot.filter((each) => each !== 'chat:write' && each !== 'groups:read');
  });
  const sandbox = await startSandbox({ manifestPath });
  const client = clientOf(sandbox);
  const refused = await refusal(client.chat.postMessage({ channel: 'C0ALERTS', text: 'hello' }));
  expect(refused).toMatchObject({ error: 'missing_scope', needed: 'chat:write' });
  expect(String(refused.provided).split(',')).toContain('channels:read');
  expect(await refusal(client.conversations.list({ types: 'public_channel,private_channel' }))).toMatchObject({
    error: 'missing_scope',
    needed: 'groups:read',
  });
});

test('api.test gives back what it gets', async () => {
  const sandbox = await startSandbox();
  expect(await clientOf(sandbox).apiCall('api.test', { foo: 'bar' })).toMatchObject({ ok: true, args: { foo: 'bar' } });
  expect(await errorOf(clientOf(sandbox).api.test({ error: 'my_error' }))).toBe('my_error');
});

test('people and groups are read, e-mail only with its scope', async () => {
  const manifestPath = await manifestWith(({ oauth_config }) => {
    oauth_config.scopes.bot.push('users:read.email');
  });
  const [open, closed] = [await startSandbox({ manifestPath }), await startSandbox()];
  const found = await clientOf(open).users.lookupByEmail({ email: 'Ravi@halcyon.example' });
  expect(found.user?.id).toBe('U0RAVI');
  expect((await clientOf(closed).users.info({ user: 'U0RAVI' })).user?.profile).not.toHaveProperty('email');
  expect(await errorOf(clientOf(closed).users.lookupByEmail({ email: 'ravi@halcyon.example' }))).toBe('missing_scope');
});

test('what administrators do shows at once', async () => {
  const sandbox = await startSandbox();
  const client = clientOf(sandbox);
  sandbox.control.demoteToGuest('U0JONAS');
  expect((await client.users.info({ user: 'U0JONAS' })).user).toMatchObject({ is_restricted: true });
  sandbox.control.addPerson({ id: 'U0NEW', name: 'noor' });
  sandbox.control.setGroupMembers('abuse-oncall', ['U0NEW', 'U0MARA']);
  sandbox.control.renameGroup('abuse-oncall', { handle: 'trust-oncall' });
  sandbox.control.removePerson('U0MARA');
  const { usergroups = [] } = await client.usergroups.list({ include_users: true });
  expect(usergroups[0]).toMatchObject({ handle: 'trust-oncall', users: ['U0NEW', 'U0MARA'] });
  expect(await client.usergroups.users.list({ usergroup: 'S0ONCALL' })).toMatchObject({ users: ['U0NEW'] });
  expect((await client.users.info({ user: 'U0MARA' })).user?.deleted).toBe(true);
  expect(await errorOf(client.usergroups.users.list({ usergroup: 'S0NONE' }))).toBe('no_such_subteam');
  expect(await errorOf(client.users.info({ user: 'U0NONE' }))).toBe('user_not_found');
});

test('two sandboxes share nothing', async () => {
  const [one, other] = [await startSandbox(), await startSandbox()];
  one.control.archiveChannel('abuse-alerts');
  const { channel } = await clientOf(other).conversations.info({ channel: 'C0ALERTS' });
  expect(channel?.is_archived).toBe(false);
});
