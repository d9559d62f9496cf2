import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SandboxOptions } from '../../../sandbox/options.ts';
import { createSandbox } from '../../../sandbox/server.ts';
import { checkSlack } from '../../../src/cli/doctor/check-slack.ts';
import { readConfig } from '../../../src/config.ts';
import { packageFile } from '../../../src/package-file.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

async function workspace(options: SandboxOptions = {}) {
  const sandbox = await createSandbox(options);
  onTestFinished(() => sandbox.close());
  const socket = { SLACK_BOT_TOKEN: sandbox.tokens.bot, SLACK_APP_TOKEN: sandbox.tokens.app };
  const check = async (environment: Record<string, string> = {}, { post = false } = {}) => {
    const config = readConfig({ ...socket, SLACK_API_URL: sandbox.apiUrl, ...environment });
    return (await checkSlack(config, { post })).map(({ ok, name, says }) => `${ok ? 'ok' : 'ill'} ${name}: ${says}`);
  };
  return { sandbox, check };
}

describe('the doctor’s look at Slack', () => {
  it('says how to make the app where there is none', async () => {
    const [none] = await checkSlack(readConfig({}));
    expect(none).toMatchObject({ ok: true, says: expect.stringContaining('retort manifest prints a link') });
  });

  it('goes through tokens, scopes, channel and groups, and posts nothing unasked', async () => {
    const { sandbox, check } = await workspace();
    expect(await check({ RETORT_APPROVERS_GROUP: 'S0APPROVERS' })).toEqual([
      'ok Slack token: belongs to retort in Halcyon AI',
      'ok Slack scopes: are those of manifest.yml',
      'ok Slack app token: opens a Socket Mode connection',
      'ok Slack channel: #abuse-alerts is there, with Retort in it',
      expect.stringMatching(/^ok Slack group S0APPROVERS: is there, 2 in it/),
    ]);
    expect(sandbox.control.calls('chat.postMessage')).toEqual([]);
  });

  it.each([
    ['xoxb-of-another-app', /^ill Slack token: .*invalid_auth.*Copy the bot token again/],
    ['xoxb-\u2026', /^ill Slack token: /],
  ])('says what to mend of the bot token %s, and of the app token at once', async (token, told) => {
    const { check } = await workspace();
    const lines = await check({ SLACK_BOT_TOKEN: token, SLACK_APP_TOKEN: 'xapp-wrong' });
    expect(lines).toEqual([
      expect.stringMatching(told),
      expect.stringMatching(/^ill Slack app token: Slack says invalid_auth.*connections:write/),
    ]);
  });

  it('never tells a token', async () => {
    const { check } = await workspace();
    const lines = await check({ SLACK_BOT_TOKEN: 'xoxb-very-secret', SLACK_APP_TOKEN: 'xapp-very-secret' });
    expect(lines.join('\n')).not.toContain('very-secret');
  });

  it('names the scopes that were not granted, and looks at all that needs none of them', async () => {
    const manifest = await readFile(packageFile('manifest.yml'), 'utf8');
    const manifestPath = path.join(await temporaryDirectory(), 'manifest.yml');
    await writeFile(manifestPath, manifest.replace('- usergroups:read', '- users:read.email'));
    const { check } = await workspace({ manifestPath });
    expect(await check({ RETORT_APPROVERS_GROUP: 'S0APPROVERS' })).toEqual([
      expect.stringContaining('ok Slack token'),
      expect.stringMatching(/^ill Slack scopes: usergroups:read missing\. Update the app from manifest\.yml/),
      expect.stringContaining('ok Slack app token'),
      expect.stringContaining('ok Slack channel'),
      expect.stringMatching(/^ill Slack groups: .*missing_scope \(usergroups:read\)\. .*reinstall/),
    ]);
  });

  it('says of HTTP mode what only Slack can try', async () => {
    const { sandbox, check } = await workspace();
    const http = { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: sandbox.tokens.signingSecret, PORT: '3000' };
    expect(await check(http)).toContainEqual(
      expect.stringMatching(/^ok Slack over HTTP: is listened to on port 3000; .*\/slack\/events/),
    );
  });
});

describe('the test post', () => {
  it('enters each alert channel, and is seen there', async () => {
    const { sandbox, check } = await workspace();
    sandbox.control.removeBot('abuse-alerts');
    const lines = await check({ RETORT_ALERT_ROUTES: 'low=general' }, { post: true });
    expect(lines.filter((line) => line.includes('test post'))).toEqual([
      'ok Slack test post: is in #abuse-alerts: look at it there',
      'ok Slack test post: is in #general: look at it there',
    ]);
    for (const channel of ['abuse-alerts', 'general']) {
      expect(sandbox.control.messages(channel).map(({ text }) => text)).toContainEqual(
        expect.stringContaining('the test of `retort doctor --post`'),
      );
    }
  });

  it.each([
    [{ kind: 'error', error: 'restricted_action' }, 'An administrator of the workspace limits who may post there'],
    [{ kind: 'rate_limited', retryAfter: 5 }, 'try again in a minute'],
    [{ kind: 'error', error: 'team_added_to_org' }, 'documentation of Slack’s methods'],
    [{ kind: 'http_500' }, 'Check that this machine can reach Slack'],
  ] as const)('says what to do where Slack answers %j', async (fault, mend) => {
    const { sandbox, check } = await workspace();
    sandbox.control.fail('chat.postMessage', fault);
    expect(await check({}, { post: true })).toContainEqual(
      expect.stringMatching(new RegExp(`^ill Slack test post: #abuse-alerts did not take it: .*${mend}`)),
    );
  });

  it('is not made in legal’s channel', async () => {
    const { sandbox, check } = await workspace();
    sandbox.control.inviteBot('abuse-legal');
    const lines = await check({ RETORT_LEGAL_CHANNEL: 'abuse-legal' }, { post: true });
    expect(lines).toContainEqual('ok legal channel: #abuse-legal is there, with Retort in it');
    expect(sandbox.control.messages('abuse-legal')).toEqual([]);
  });
});
