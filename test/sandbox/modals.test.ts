import type { App } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/server.ts';
import { clientOf, type Mode, startApp, startSandbox } from './bolt-app.ts';
import { errorOf, reasonsOf, refusal } from './refusal.ts';

const channel = 'C0ALERTS';
const user = 'U0MARA';
const plain = (text: string) => ({ type: 'plain_text' as const, text });

const modal = (title: string, extra: object = {}) => ({
  type: 'modal' as const,
  callback_id: 'ban',
  title: plain(title),
  submit: plain('Go'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'reason',
      label: plain('Reason'),
      element: { type: 'plain_text_input' as const, action_id: 'text', min_length: 3 },
    },
  ],
  ...extra,
});

const reason = (value: string) => ({ reason: { text: { type: 'plain_text_input', value } } });

/** Opens a modal by a slash command; answers its id. */
async function opened(
  mode: Mode,
  listen: (app: App) => void,
  view = modal('Ban'),
): Promise<{ sandbox: Sandbox; view_id: string }> {
  const sandbox = await startSandbox();
  await startApp(sandbox, mode, (app) => {
    app.command('/campaign', async ({ ack, command, client }) => {
      await client.views.open({ trigger_id: command.trigger_id, view });
      await ack();
    });
    listen(app);
  });
  expect(await sandbox.say({ user, channel, text: '/campaign ban' })).toEqual({ ok: true });
  return { sandbox, view_id: sandbox.control.views(user)[0]?.id ?? '' };
}

const titles = (sandbox: Sandbox) => sandbox.control.views(user).map((each) => each.title?.text);

describe.each<Mode>(['http', 'socket'])('a modal over %s', (mode) => {
  test('hands over what was filled in, and closes', async () => {
    const seen: unknown[] = [];
    const { sandbox, view_id } = await opened(mode, (app) => {
      app.view('ban', async ({ ack, view, body }) => {
        seen.push(view.state.values.reason?.text?.value, body.user.id);
        await ack();
      });
    });
    expect(await sandbox.submit({ user, view_id, state: reason('stolen cards') })).toEqual({ ok: true });
    expect(seen).toEqual(['stolen cards', user]);
    expect(titles(sandbox)).toEqual([]);
  });

  test('shows errors, then another view, then one on top, then none', async () => {
    const { sandbox, view_id } = await opened(mode, (app) => {
      app.view('ban', async ({ ack, view }) => {
        const step = view.state.values.reason?.text?.value;
        if (step === 'errors') await ack({ response_action: 'errors', errors: { reason: 'Say more' } });
        else if (step === 'update') await ack({ response_action: 'update', view: modal('Updated') });
        else if (step === 'push') await ack({ response_action: 'push', view: modal('Pushed') });
        else await ack({ response_action: 'clear' });
      });
    });
    const submit = (step: string, id = view_id) => sandbox.submit({ user, view_id: id, state: reason(step) });
    expect(await submit('errors')).toEqual({ ok: false, errors: { reason: 'Say more' } });
    expect(titles(sandbox)).toEqual(['Ban']);
    await submit('update');
    expect(titles(sandbox)).toEqual(['Updated']);
    await submit('push');
    expect(titles(sandbox)).toEqual(['Updated', 'Pushed']);
    expect(await submit('beneath')).toEqual({ ok: false, error: 'This is no longer open.' });
    await submit('clear', sandbox.control.views(user)[1]?.id);
    expect(titles(sandbox)).toEqual([]);
  });

  test('tells of its closing when asked to', async () => {
    const closed: unknown[] = [];
    const { sandbox, view_id } = await opened(
      mode,
      (app) => {
        app.view({ type: 'view_closed', callback_id: 'ban' }, async ({ ack, body }) => {
          closed.push(body.type === 'view_closed' && body.is_cleared);
          await ack();
        });
      },
      modal('Ban', { notify_on_close: true }),
    );
    expect(await sandbox.closeView({ user, view_id, state: {} })).toEqual({ ok: true });
    expect(closed).toEqual([false]);
  });
});

test('the form refuses what is missing, before the app hears of it', async () => {
  const { sandbox, view_id } = await opened('http', () => {});
  const sent = sandbox.control.sent().length;
  expect(await sandbox.submit({ user, view_id, state: {} })).toEqual({
    ok: false,
    errors: { reason: 'Please complete this required field.' },
  });
  expect(await sandbox.submit({ user, view_id, state: reason('ab') })).toEqual({
    ok: false,
    errors: { reason: 'At least 3 characters.' },
  });
  expect(sandbox.control.sent()).toHaveLength(sent);
});

test('errors at a block that is no input are refused', async () => {
  const { sandbox, view_id } = await opened('http', (app) => {
    app.view('ban', async ({ ack }) => ack({ response_action: 'errors', errors: { elsewhere: 'x' } }));
  });
  expect(await sandbox.submit({ user, view_id, state: reason('long enough') })).toEqual({
    ok: false,
    error: 'We had some trouble connecting. Try again?',
  });
  expect(sandbox.control.complaints()).toEqual(['answer to view_submission: no input block, or no text: elsewhere']);
});

/** The trigger id of a command that the app only acknowledges. */
async function trigger(now: () => number) {
  const sandbox = await startSandbox({ now });
  await startApp(sandbox, 'http', (app) => {
    app.command('/campaign', async ({ ack }) => ack());
  });
  const next = async () => {
    await sandbox.say({ user, channel, text: '/campaign' });
    return String(sandbox.control.sent().at(-1)?.payload.trigger_id);
  };
  return { sandbox, client: clientOf(sandbox), next };
}

test('a trigger id opens one view, within three seconds', async () => {
  let time = 1_000_000;
  const { client, next } = await trigger(() => time);
  const open = (trigger_id: string) => client.views.open({ trigger_id, view: modal('Ban') });
  const first = await next();
  time += 3_000;
  await open(first);
  expect(await errorOf(open(first))).toBe('exchanged_trigger_id');
  const second = await next();
  time += 3_001;
  expect(await errorOf(open(second))).toBe('expired_trigger_id');
  expect(await errorOf(open('1.made-up'))).toBe('invalid_trigger_id');
});

test('a view that Slack would not show leaves the trigger unused', async () => {
  const { client, next } = await trigger(() => 1_000_000);
  const trigger_id = await next();
  const call = client.views.open({ trigger_id, view: modal('A title that is far too long') });
  expect(await reasonsOf(call)).toEqual(['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]']);
  expect((await client.views.open({ trigger_id, view: modal('Ban') })).ok).toBe(true);
});

test('at most three modals lie on each other', async () => {
  const { sandbox, client, next } = await trigger(() => 1_000_000);
  const push = async (title: string) => client.views.push({ trigger_id: await next(), view: modal(title) });
  expect(await errorOf(push('none'))).toBe('not_found');
  await client.views.open({ trigger_id: await next(), view: modal('1') });
  await push('2');
  await push('3');
  expect(await errorOf(push('4'))).toBe('push_limit_reached');
  const [lowest, , top] = sandbox.control.views(user);
  expect(top).toMatchObject({ root_view_id: lowest?.id });
});

test('an update of an older version conflicts', async () => {
  const { sandbox, client, next } = await trigger(() => 1_000_000);
  const { view } = await client.views.open({ trigger_id: await next(), view: modal('1') });
  const update = (title: string) =>
    client.views.update({ view_id: view?.id ?? '', hash: view?.hash ?? '', view: modal(title) });
  await update('2');
  expect(await errorOf(update('3'))).toBe('hash_conflict');
  expect(titles(sandbox)).toEqual(['2']);
  expect(await errorOf(client.views.update({ view_id: 'V0NONE', view: modal('x') }))).toBe('not_found');
});

test('Home takes only home views, by version', async () => {
  const sandbox = await startSandbox();
  const client = clientOf(sandbox);
  const view = { type: 'home' as const, blocks: [{ type: 'divider' as const }] };
  const published = await client.views.publish({ user_id: user, view });
  const hash = published.view?.hash ?? '';
  await client.views.publish({ user_id: user, view, hash });
  expect(await errorOf(client.views.publish({ user_id: user, view, hash }))).toBe('hash_conflict');
  const wrong = await refusal(client.apiCall('views.publish', { user_id: user, view: modal('x') }));
  expect(wrong.error).toBe('invalid_arguments');
});
