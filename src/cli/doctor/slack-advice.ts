import { scrub } from '../../log.ts';
import { messageOf } from './check.ts';

const REINSTALL = 'Update the app from manifest.yml and reinstall it to the workspace';
const TOKEN = 'Copy the bot token again from OAuth & Permissions into SLACK_BOT_TOKEN';

const MENDS: Record<string, string> = {
  invalid_auth: TOKEN,
  not_authed: TOKEN,
  token_revoked: `The app was reinstalled or removed. ${TOKEN}`,
  token_expired: `${TOKEN}, and leave token rotation off`,
  account_inactive: `The app was removed from the workspace: install it again. ${TOKEN}`,
  missing_scope: REINSTALL,
  is_archived: 'Unarchive the channel, or name another',
  restricted_action: 'An administrator of the workspace limits who may post there: let Retort',
  not_in_channel: 'Invite Retort there: /invite @retort',
  channel_not_found: 'Invite Retort there: /invite @retort',
  slack_webapi_rate_limited_error: 'Slack asks to wait: try again in a minute',
};

/** What Slack said, and what to do about it, in sentences. */
export function slackAdvice(fault: unknown): string {
  const { code = '', data = {} } = fault as { code?: string; data?: { error?: string; needed?: string } };
  const { error, needed } = data;
  const scope = error === 'missing_scope' && needed !== undefined ? ` (${needed})` : '';
  const unknown =
    error === undefined
      ? 'Check that this machine can reach Slack, or SLACK_API_URL'
      : 'What that means is told in the documentation of Slack’s methods';
  const mend = MENDS[error ?? code] ?? unknown;
  return `${scrub(messageOf(fault))}${scope}. ${mend}.`;
}
