import type { Block } from './blocks.ts';
import type { Feed } from './feed.ts';
import type { Message } from './page-api.ts';

export interface Metadata {
  event_type: string;
  event_payload: Record<string, unknown>;
}

/** How many earlier versions a late click may still refer to. */
const pastVersions = 10;

/** A message with what the page need not know. */
export interface StoredMessage extends Message {
  by_app: boolean;
  metadata?: Metadata;
  /** Earlier blocks: a person may still press a button of a message that has just changed. */
  past_blocks: Block[][];
}

/** All messages of a workspace, ephemeral ones apart. */
export class Messages {
  readonly #channels = new Map<string, StoredMessage[]>();
  readonly #ephemeral: StoredMessage[] = [];
  readonly #feed: Feed;

  constructor(feed: Feed) {
    this.#feed = feed;
  }

  /** Every message of a channel, replies too, oldest first. */
  in(channel: string): StoredMessage[] {
    return this.#channels.get(channel) ?? [];
  }

  find(channel: string, ts: string | undefined): StoredMessage | undefined {
    return this.in(channel).find((each) => each.ts === ts);
  }

  /** A thread's root and its replies, oldest first. */
  thread(channel: string, rootTs: string): StoredMessage[] {
    return this.in(channel).filter((each) => each.ts === rootTs || each.thread_ts === rootTs);
  }

  /** What stands in the channel itself: roots and replies that were sent there too. */
  roots(channel: string): StoredMessage[] {
    const isRoot = (each: StoredMessage) => each.thread_ts === undefined || each.thread_ts === each.ts;
    return this.in(channel).filter((each) => isRoot(each) || each.subtype === 'thread_broadcast');
  }

  ephemeral(user?: string): StoredMessage[] {
    return this.#ephemeral.filter((each) => user === undefined || each.ephemeral_for === user);
  }

  findEphemeral(channel: string, ts: string): StoredMessage | undefined {
    return this.#ephemeral.find((each) => each.channel === channel && each.ts === ts);
  }

  add(message: StoredMessage): void {
    if (message.ephemeral_for !== undefined) this.#ephemeral.push(message);
    else this.#channels.set(message.channel, [...this.in(message.channel), message]);
    this.#feed.publish({ type: 'message', message: shown(message) });
    this.#countReplies(message);
  }

  /** Changes a message in place and tells the pages. */
  change(message: StoredMessage, edit: (message: StoredMessage) => void): void {
    const before = message.blocks;
    edit(message);
    if (before && before !== message.blocks)
      message.past_blocks = [...message.past_blocks, before].slice(-pastVersions);
    this.#feed.publish({ type: 'message_changed', message: shown(message) });
  }

  remove(message: StoredMessage): void {
    const keep = this.in(message.channel).filter((each) => each !== message);
    this.#channels.set(message.channel, keep);
    const index = this.#ephemeral.indexOf(message);
    if (index >= 0) this.#ephemeral.splice(index, 1);
    this.#feed.publish({ type: 'message_deleted', channel: message.channel, ts: message.ts });
    this.#countReplies(message);
  }

  #countReplies(reply: StoredMessage): void {
    if (reply.ephemeral_for !== undefined || reply.thread_ts === undefined || reply.thread_ts === reply.ts) return;
    const root = this.find(reply.channel, reply.thread_ts);
    if (!root) return;
    this.change(root, (each) => {
      each.thread_ts = each.ts;
      each.reply_count = this.thread(each.channel, each.ts).length - 1;
    });
  }
}

/** The message as the page gets it. */
export function shown(message: StoredMessage): Message {
  const { by_app: _app, metadata: _metadata, past_blocks: _past, ...rest } = structuredClone(message);
  return rest;
}
