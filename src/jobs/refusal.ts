/** What follows from Slack's refusal of a post or an update. */
export type RefusalVerdict =
  /** The content is what Slack can't take: the same in plain text, then give up. */
  | 'plain_text'
  /** The bot is not in the channel: enter it. */
  | 'join'
  /** The message, or the thread's root, is gone: post the root anew. */
  | 'root_gone'
  /** Something a person must mend, in Slack or in the configuration: keep trying, and say so. */
  | 'wait_for_mending';

const CONTENT = [
  'invalid_blocks',
  'invalid_blocks_format',
  'blocks_too_long',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'invalid_arguments',
  'markdown_text_conflict',
];
const ROOT_GONE = ['message_not_found', 'thread_not_found', 'cant_update_message', 'edit_window_closed'];

/** An alert is never given up for a reason that could pass: only content that Slack can't take is. */
export function refusalVerdict(error: string): RefusalVerdict {
  if (CONTENT.includes(error)) return 'plain_text';
  if (ROOT_GONE.includes(error)) return 'root_gone';
  return error === 'not_in_channel' ? 'join' : 'wait_for_mending';
}

const ADVICE: Record<string, string> = {
  is_archived: 'the channel is archived: unarchive it, or set RETORT_ALERT_CHANNEL or RETORT_LEGAL_CHANNEL',
  channel_not_found:
    'there is no such channel, or the bot is not in it: invite the bot, or set RETORT_ALERT_CHANNEL or RETORT_LEGAL_CHANNEL',
  not_in_channel: 'invite the bot into the channel',
  token_revoked: 'the bot token was revoked: install the app again and set SLACK_BOT_TOKEN',
  token_expired: 'the bot token has expired: install the app again and set SLACK_BOT_TOKEN',
  invalid_auth: 'the bot token is wrong: set SLACK_BOT_TOKEN',
  account_inactive: 'the app was uninstalled: install it again and set SLACK_BOT_TOKEN',
  missing_scope: 'the app lacks a scope: update it from manifest.yml and install it again',
};

/** What to mend, for the log. */
export function mendingAdvice(error: string): string {
  return ADVICE[error] ?? `Slack refuses with ${error}`;
}
