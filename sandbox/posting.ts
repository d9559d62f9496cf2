import { validateBlocks, visibleCharacters } from './block-kit/validate.ts';
import { isObject } from './block-kit/shape.ts';
import { limits } from './block-kit/limits.ts';
import { type Block, withIds } from './blocks.ts';
import type { Core } from './core.ts';
import type { StoredMessage } from './messages.ts';
import { SlackError } from './slack-error.ts';

/** A message's content as the app sent it. */
export interface Content {
  text: string;
  blocks?: Block[];
  attachments?: Block[];
}

/** Checks content as Slack does; throws `SlackError`. */
export function checkContent(
  input: { text?: unknown; blocks?: unknown; attachments?: unknown },
  maxText: number,
): Content {
  const text = typeof input.text === 'string' ? input.text : '';
  const blocks = blockArray(input.blocks, 'invalid_blocks_format');
  const attachments = blockArray(input.attachments, 'invalid_attachments');
  if (text === '' && !blocks?.length && !attachments?.length) throw new SlackError('no_text');
  if (text.length > maxText) throw new SlackError('msg_too_long');
  const problems = [
    ...validateBlocks(blocks ?? [], 'message'),
    ...(attachments ?? []).flatMap((each, i) =>
      each.blocks === undefined ? [] : validateBlocks(each.blocks, 'message', `/attachments/${i}/blocks`),
    ),
  ];
  if (problems.length > 0) throw SlackError.because('invalid_blocks', problems);
  const visible = visibleCharacters(blocks) + visibleCharacters(attachments);
  if (visible > 0 && visible + text.length > limits.messageCharacters) throw new SlackError('msg_blocks_too_long');
  return { text, ...(blocks?.length ? { blocks } : {}), ...(attachments?.length ? { attachments } : {}) };
}

function blockArray(value: unknown, error: string): Block[] | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (!Array.isArray(value) || !value.every(isObject)) throw new SlackError(error);
  return value;
}

type Placed = Pick<StoredMessage, 'channel'> &
  Partial<Pick<StoredMessage, 'thread_ts' | 'subtype' | 'metadata' | 'files' | 'ephemeral_for'>>;

/** Posts checked content as the app. */
export function postAsApp(core: Core, content: Content, placed: Placed): StoredMessage {
  const message: StoredMessage = {
    ts: core.timestamp(),
    user: core.workspace.botUser,
    by_app: true,
    past_blocks: [],
    ...placed,
    ...content,
  };
  if (content.blocks) message.blocks = withIds(content.blocks, core.id);
  core.messages.add(message);
  return message;
}

/** Puts checked content in the place of a message's; without blocks the old ones go. */
export function rewrite(core: Core, message: StoredMessage, content: Content): void {
  core.messages.change(message, (each) => {
    each.text = content.text;
    delete each.blocks;
    delete each.attachments;
    if (content.blocks) each.blocks = withIds(content.blocks, core.id);
    if (content.attachments) each.attachments = content.attachments;
    if (each.ephemeral_for === undefined) each.edited = { ts: core.timestamp() };
  });
}
