import type { WebClient } from '@slack/web-api';
import type { Config, SlackConfig } from '../../config.ts';
import { silentLog } from '../../log.ts';
import { createWebClient } from '../../slack/web-client.ts';
import { readManifest } from '../slack-manifest.ts';
import { checkChannels } from './check-channels.ts';
import { checkGroups } from './check-groups.ts';
import { type Check, failed, passed } from './check.ts';
import { slackAdvice } from './slack-advice.ts';

/** Whether Slack knows the tokens, has granted the manifest's scopes, and has the channels and the groups. */
export async function checkSlack(config: Config, { post = false } = {}): Promise<Check[]> {
  const { slack } = config;
  if (slack === undefined) {
    const mend = 'retort manifest prints a link that makes the app';
    return [passed('Slack', `is not set up; retort start needs it, retort demo does not. ${mend}`)];
  }
  const client = clientOf(slack, slack.botToken);
  const way = slack.mode === 'socket' ? [await checkAppToken(slack)] : [checkHttp(slack.port)];
  const token = await checkToken(client);
  // Slack says of everything else the same.
  if (!token.every(({ ok, name }) => ok || name !== 'Slack token')) return [...token, ...way];
  return [
    ...token,
    ...way,
    ...(await unlessRefused('Slack channel', () => checkChannels(client, config, { post }))),
    ...(await unlessRefused('Slack groups', () => checkGroups(client, config))),
  ];
}

const clientOf = ({ apiUrl }: SlackConfig, token: string) =>
  createWebClient({ botToken: token, apiUrl, log: silentLog, timeoutMs: 10_000 });

/** One thing that Slack refuses must not keep the rest from being looked at. */
async function unlessRefused(name: string, look: () => Promise<Check[]>): Promise<Check[]> {
  try {
    return await look();
  } catch (fault) {
    return [failed(name, `cannot be looked at: ${slackAdvice(fault)}`)];
  }
}

async function checkToken(client: WebClient): Promise<Check[]> {
  try {
    const identity = await client.auth.test();
    const known = passed('Slack token', `belongs to ${identity.user} in ${identity.team}`);
    return [known, checkScopes(identity.response_metadata?.scopes ?? [], (await readManifest()).scopes)];
  } catch (fault) {
    return [failed('Slack token', slackAdvice(fault))];
  }
}

async function checkAppToken(slack: SlackConfig & { mode: 'socket' }): Promise<Check> {
  try {
    await clientOf(slack, slack.appToken).apps.connections.open();
    return passed('Slack app token', 'opens a Socket Mode connection');
  } catch (fault) {
    const { error } = (fault as { data?: { error?: string } }).data ?? {};
    if (error === undefined) return failed('Slack app token', slackAdvice(fault));
    const mend = 'Make one with connections:write under Basic Information, and switch Socket Mode on';
    return failed('Slack app token', `Slack says ${error}. ${mend}.`);
  }
}

/** Only Slack itself can try it: it has no method that says where it sends. */
function checkHttp(port: number): Check {
  const urls = 'the command, interactivity and events each need https://your-host/slack/events in the app’s settings';
  return passed('Slack over HTTP', `is listened to on port ${port}; ${urls}. /campaign help in Slack tries them`);
}

function checkScopes(granted: string[], needed: string[]): Check {
  const missing = needed.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return passed('Slack scopes', 'are those of manifest.yml');
  const mend = 'Update the app from manifest.yml and reinstall it to the workspace';
  return failed('Slack scopes', `${missing.join(', ')} missing. ${mend}.`);
}
