import { describe, expect, test } from 'vitest';
import { type Mode, startApp, startSandbox } from './bolt-app.ts';

const channel = 'C0ALERTS';
const user = 'U0MARA';

const button = (text: string) => ({
  type: 'actions' as const,
  block_id: 'controls',
  elements: [{ type: 'button' as const, action_id: 'ack', text: { type: 'plain_text' as const, text }, value: 'C-1' }],
});

describe.each<Mode>(['http', 'socket'])('over %s', (mode) => {
  test('a slash command reaches the app with its fields, and its answer the person alone', async () => {
    const sandbox = await startSandbox();
    await startApp(sandbox, mode, (app) => {
      app.command('/campaign', async ({ ack, command }) => ack(`you said ${command.text} in ${command.channel_name}`));
    });
    const outcome = await sandbox.say({
      user,
      channel,
      text: '/campaign show C-1 @ravi @abuse-oncall #general <b> https://x.example/?a&b',
    });
    expect(outcome).toEqual({ ok: true });
    const [answer] = sandbox.control.ephemeral(user);
    expect(answer?.text).toBe(
      'you said show C-1 <@U0RAVI|ravi> <!subteam^S0ONCALL|@abuse-oncall> <#C0GENERAL|general> &lt;b&gt; <https://x.example/?a&amp;b> in abuse-alerts',
    );
    expect(sandbox.control.messages(channel)).toEqual([]);
  });

  test('a button is acknowledged and its message updated', async () => {
    const sandbox = await startSandbox();
    const app = await startApp(sandbox, mode, (app) => {
      app.action('ack', async ({ ack, body, client, action }) => {
        await ack();
        if (body.type !== 'block_actions' || action.type !== 'button') return;
        const text = `acknowledged ${action.value} by ${body.user.id}`;
        await client.chat.update({ channel, ts: body.message?.ts ?? '', text });
      });
    });
    const { ts = '' } = await app.client.chat.postMessage({ channel, text: 'C-1', blocks: [button('Acknowledge')] });
    const action = { type: 'button', action_id: 'ack', block_id: 'controls' };
    await sandbox.act({ user, container: { type: 'message', channel, ts }, action, state: {} });
    const updated = await sandbox.control.until(() => sandbox.control.messages(channel).find((each) => each.edited));
    expect(updated.text).toBe('acknowledged C-1 by U0MARA');
    expect(updated.blocks).toBeUndefined();
  });

  test('opening Home lets the app publish it', async () => {
    const sandbox = await startSandbox();
    await startApp(sandbox, mode, (app) => {
      app.event('app_home_opened', async ({ event, client }) => {
        const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: `queue of ${event.user}` } }];
        await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
      });
    });
    expect(sandbox.openHome(user).view).toBeNull();
    const home = await sandbox.control.until(() => sandbox.control.home(user));
    expect(home.blocks[0]).toMatchObject({ type: 'section', text: { text: 'queue of U0MARA' } });
  });
});
