import { isObject } from '../block-kit/shape.ts';
import { postAsApp } from '../posting.ts';
import { SlackError } from '../slack-error.ts';
import { writableConversation } from './conversation.ts';
import type { Method } from './method.ts';

const scopes = ['files:write'];

const getUploadURLExternal: Method = {
  scopes,
  run({ core, args }) {
    const name = args.required('filename');
    const size = args.number('length') ?? 0;
    if (!Number.isInteger(size) || size < 1) throw SlackError.because('invalid_arguments', ['[ERROR] length']);
    const file = core.files.announce(name, size);
    return { upload_url: `${core.url}/upload/${file.id}`, file_id: file.id };
  },
};

const completeUploadExternal: Method = {
  scopes,
  run({ core, args }) {
    const wanted = args.json('files', 'invalid_arguments');
    if (!Array.isArray(wanted) || wanted.length === 0 || !wanted.every(isObject)) {
      throw SlackError.because('invalid_arguments', ['[ERROR] missing required field: files']);
    }
    const target = args.text('channel_id') ?? args.text('channels');
    const conversation = target === undefined ? undefined : writableConversation(core, target);
    const thread = args.text('thread_ts');
    if (conversation && thread !== undefined && !core.messages.find(conversation.id, thread)) {
      throw new SlackError('thread_not_found');
    }
    const files = wanted.map(({ id, title }) => {
      const file = core.files.complete(typeof id === 'string' ? id : '', typeof title === 'string' ? title : undefined);
      if (!file) throw new SlackError('file_not_found');
      return file;
    });
    if (conversation) {
      const place = { channel: conversation.id, ...(thread === undefined ? {} : { thread_ts: thread }) };
      postAsApp(core, { text: args.text('initial_comment') ?? '' }, { ...place, files });
    }
    return { files };
  },
};

export const fileMethods: Record<string, Method> = {
  'files.getUploadURLExternal': getUploadURLExternal,
  'files.completeUploadExternal': completeUploadExternal,
};
