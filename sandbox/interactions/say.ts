import type { Core } from '../core.ts';
import type { Outcome, Say } from '../page-api.ts';
import { SlackError } from '../slack-error.ts';
import type { Member } from '../workspace.ts';
import { escapeEntities, escapeText } from './escape.ts';
import { commandFailure } from './failure.ts';
import { actor, channelOf } from './payload.ts';
import { applyResponse } from './respond.ts';

/** A person writes a message or runs a slash command. */
export async function say(core: Core, { user, channel, text, thread_ts }: Say): Promise<Outcome> {
  const person = actor(core, user);
  const place = core.workspace.channels.get(channel);
  if (!person || !core.workspace.mayRead(user, channel)) return { ok: false, error: 'You cannot write here.' };
  if (place?.is_archived) return { ok: false, error: 'This channel is archived.' };
  if (text.startsWith('/')) return command(core, person, channel, text, thread_ts);
  if (text.trim() === '') return { ok: false, error: 'The message is empty.' };
  if (thread_ts !== undefined && !core.messages.find(channel, thread_ts))
    return { ok: false, error: 'No such thread.' };
  core.messages.add({
    ts: core.timestamp(),
    channel,
    user,
    text: escapeEntities(text, core.workspace),
    by_app: false,
    past_blocks: [],
    ...(thread_ts === undefined ? {} : { thread_ts }),
  });
  return { ok: true };
}

async function command(
  core: Core,
  person: Member,
  channel: string,
  line: string,
  thread_ts: string | undefined,
): Promise<Outcome> {
  const [, name = '/', text = ''] = /^(\/\S*)\s*(.*)$/s.exec(line) ?? [];
  const known = core.manifest.commands.find((each) => each.command === name);
  if (!known)
    return { ok: false, error: `${name} is not a valid command. In Slack, all your messages start with "/".` };
  if (thread_ts !== undefined) return { ok: false, error: `${name} is not supported in threads. Sorry!` };
  const { team, appId } = core.workspace;
  const target = { user: person.id, channel };
  const typed = text.trim();
  const reply = await core.delivery.send({
    kind: 'slash_commands',
    payload: {
      token: 'legacy-verification-token',
      team_id: team.id,
      team_domain: team.domain,
      channel_id: channel,
      channel_name: channelOf(core, channel).name,
      user_id: person.id,
      user_name: person.name,
      command: name,
      text: known.should_escape ? escapeEntities(typed, core.workspace) : escapeText(typed),
      api_app_id: appId,
      is_enterprise_install: 'false',
      response_url: core.url + core.responseUrls.issue(target),
      trigger_id: core.triggers.issue(person.id),
    },
  });
  if (!reply.ok) return { ok: false, error: commandFailure(name, reply) };
  if (reply.body === undefined) return { ok: true };
  try {
    applyResponse(core, target, reply.body);
    return { ok: true };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    core.calls.complain(`acknowledgement of ${name}`, error.reasons);
    return { ok: false, error: `${name} failed with the error "${error.code}"` };
  }
}
