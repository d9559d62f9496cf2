import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Config } from '../../config.ts';
import { type Check, failed, passed } from './check.ts';
import { slackAdvice } from './slack-advice.ts';

const ID_PATTERN = /^[CG][A-Z0-9]{6,}$/;
const TEST = 'Retort can post here. This is the test of `retort doctor --post`, and asks nothing of anybody.';

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

type Channel = z.output<typeof Channels>['channels'][number];

/** Whether every channel that campaigns go to is there; with `post`, each gets a message to try it. */
export async function checkChannels(
  client: WebClient,
  { alertChannel, alertRoutes, escalation }: Pick<Config, 'alertChannel' | 'alertRoutes' | 'escalation'>,
  { post }: { post: boolean },
): Promise<Check[]> {
  const known = await listChannels(client);
  const routed = Object.values(alertRoutes).filter((channel) => channel !== null);
  const checks: Check[] = [];
  for (const wanted of new Set([alertChannel, ...routed])) {
    const channel = find(known, wanted);
    checks.push(checkChannel(channel, wanted));
    if (post && channel !== undefined) checks.push(await tryPost(client, channel));
  }
  if (escalation.legalChannel === undefined) return checks;
  return [...checks, checkLegal(find(known, escalation.legalChannel), escalation.legalChannel)];
}

function checkChannel(channel: Channel | undefined, wanted: string): Check {
  const name = 'Slack channel';
  if (channel === undefined) {
    const mend =
      'Create it, or set RETORT_ALERT_CHANNEL or RETORT_ALERT_ROUTES; a private one is seen only once Retort is invited there';
    return failed(name, `there is no channel "${wanted}" that Retort can see. ${mend}.`);
  }
  // A private channel is not seen from without, so this one is public.
  if (channel.is_member !== true)
    return passed(name, `#${channel.name} is there; Retort enters it with its first post`);
  return passed(name, `#${channel.name} is there, with Retort in it`);
}

async function tryPost(client: WebClient, { id, name, is_member: isMember }: Channel): Promise<Check> {
  try {
    if (isMember !== true) await client.conversations.join({ channel: id });
    await client.chat.postMessage({ channel: id, text: TEST });
    return passed('Slack test post', `is in #${name}: look at it there`);
  } catch (fault) {
    return failed('Slack test post', `#${name} did not take it: ${slackAdvice(fault)}`);
  }
}

/** What is told there is not for everyone, and nothing is posted there to try it. */
function checkLegal(channel: Channel | undefined, wanted: string): Check {
  const name = 'legal channel';
  const mend = 'A private one is seen only from within: invite Retort there, or correct RETORT_LEGAL_CHANNEL';
  if (channel === undefined) return failed(name, `there is no channel "${wanted}" that Retort can see. ${mend}.`);
  if (channel.is_member !== true) return failed(name, `Retort is not in #${channel.name}: invite it there.`);
  const open = channel.is_private === true ? '' : ', and public: everyone can read what legal is told';
  return passed(name, `#${channel.name} is there, with Retort in it${open}`);
}

async function listChannels(client: WebClient): Promise<Channel[]> {
  const all: Channel[] = [];
  for await (const page of client.paginate('conversations.list', {
    types: 'public_channel,private_channel',
    exclude_archived: true,
    limit: 500,
  })) {
    all.push(...Channels.parse(page).channels);
  }
  return all;
}

const find = (channels: readonly Channel[], wanted: string): Channel | undefined =>
  channels.find(({ id, name }) => (ID_PATTERN.test(wanted) ? id : name) === wanted);
