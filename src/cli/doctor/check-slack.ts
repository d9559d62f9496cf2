import { readFile } from 'node:fs/promises';
import { WebClient } from '@slack/web-api';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Config } from '../../config.ts';
import { scrub } from '../../log.ts';
import { packageFile } from '../../package-file.ts';
import { checkGroups } from './check-groups.ts';
import { type Check, failed, messageOf, passed } from './check.ts';

const Manifest = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) });
const NAME_PATTERN = /^[CG][A-Z0-9]{6,}$/;

/** Whether Slack knows the tokens, has granted the manifest's scopes, and has the channels with us in them and the groups. */
export async function checkSlack(config: Config): Promise<Check[]> {
  const { slack, alertChannel, alertRoutes, escalation } = config;
  if (slack === undefined) {
    return [passed('Slack', 'is not set up; retort start needs it, retort demo and the other commands do not')];
  }
  const options = {
    timeout: 10_000,
    retryConfig: { retries: 0 },
    ...(slack.apiUrl ? { slackApiUrl: slack.apiUrl } : {}),
  };
  const client = new WebClient(slack.botToken, options);
  const checks: Check[] = [];
  try {
    const identity = await client.auth.test();
    checks.push(passed('Slack token', `belongs to ${identity.user} in ${identity.team}`));
    checks.push(checkScopes(identity.response_metadata?.scopes ?? [], await manifestScopes()));
    const routed = Object.values(alertRoutes).filter((channel) => channel !== null);
    for (const channel of new Set([alertChannel, ...routed])) checks.push(await checkChannel(client, channel));
    if (escalation.legalChannel !== undefined) checks.push(await checkLegal(client, escalation.legalChannel));
    checks.push(...(await checkGroups(client, config)));
  } catch (fault) {
    checks.push(failed('Slack', `${scrub(messageOf(fault))}. ${adviceFor(messageOf(fault))}`));
  }
  if (slack.mode === 'socket') checks.push(await checkAppToken(slack.appToken, options));
  return checks;
}

async function checkAppToken(token: string, options: object): Promise<Check> {
  try {
    await new WebClient(token, options).apps.connections.open();
    return passed('Slack app token', 'opens a Socket Mode connection');
  } catch (fault) {
    const mend = 'Make one with connections:write under Basic Information, and switch Socket Mode on';
    return failed('Slack app token', `${scrub(messageOf(fault))}. ${mend}.`);
  }
}

function checkScopes(granted: string[], needed: string[]): Check {
  const missing = needed.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return passed('Slack scopes', 'are those of manifest.yml');
  const mend = 'Update the app from manifest.yml and reinstall it to the workspace';
  return failed('Slack scopes', `${missing.join(', ')} missing. ${mend}.`);
}

async function checkChannel(client: WebClient, wanted: string): Promise<Check> {
  const found = await findChannel(client, wanted);
  if (found?.is_member === true) return passed('Slack channel', `#${found.name} is there, with Retort in it`);
  if (found !== undefined) return failed('Slack channel', `Retort is not in #${found.name}: invite it there.`);
  const mend = 'Create it and invite Retort, or set RETORT_ALERT_CHANNEL or RETORT_ALERT_ROUTES';
  return failed('Slack channel', `there is no channel "${wanted}" that Retort can see. ${mend}.`);
}

/** What is told there is not for everyone. */
async function checkLegal(client: WebClient, wanted: string): Promise<Check> {
  const name = 'legal channel';
  const found = await findChannel(client, wanted);
  const mend = 'A private one is seen only from within: invite Retort there, or correct RETORT_LEGAL_CHANNEL';
  if (found === undefined) return failed(name, `there is no channel "${wanted}" that Retort can see. ${mend}.`);
  if (found.is_member !== true) return failed(name, `Retort is not in #${found.name}: invite it there.`);
  const open = found.is_private === true ? '' : ', and public: everyone can read what legal is told';
  return passed(name, `#${found.name} is there, with Retort in it${open}`);
}

const Channels = z.object({
  channels: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      is_member: z.boolean().optional(),
      is_private: z.boolean().optional(),
    }),
  ),
});

async function findChannel(client: WebClient, wanted: string) {
  for await (const page of client.paginate('conversations.list', {
    types: 'public_channel,private_channel',
    exclude_archived: true,
    limit: 500,
  })) {
    const { channels } = Channels.parse(page);
    const found = channels.find(({ id, name }) => (NAME_PATTERN.test(wanted) ? id : name) === wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function manifestScopes(): Promise<string[]> {
  const text = await readFile(packageFile('manifest.yml'), 'utf8');
  return Manifest.parse(parse(text)).oauth_config.scopes.bot;
}

function adviceFor(message: string): string {
  if (/invalid_auth|not_authed|token_revoked|account_inactive/.test(message)) {
    return 'Copy the bot token again from OAuth & Permissions into SLACK_BOT_TOKEN.';
  }
  if (message.includes('missing_scope')) return 'Update the app from manifest.yml and reinstall it to the workspace.';
  return 'Check that this machine can reach Slack, or SLACK_API_URL.';
}
