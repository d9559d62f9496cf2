import type { ChatPostMessageArguments, WebClient } from '@slack/web-api';
import type { KnownBlock } from '@slack/types';
import type { Block } from './blocks/block.ts';
import type { Message } from './blocks/message.ts';
import { callOutcome, type CallOutcome } from './call-outcome.ts';

export interface Post {
  channel: string;
  ts: string;
}

interface PostRequest {
  channel: string;
  message: Message;
  /** Without blocks: for a message whose blocks Slack refused. */
  plain?: boolean | undefined;
  /** The root of the thread that the message answers. */
  threadTs?: string | undefined;
  /** Shows a reply in the channel too. */
  broadcast?: boolean | undefined;
  deliveryId: string;
}

interface Search {
  channel: string;
  deliveryId: string;
  since: number;
  threadTs?: string | undefined;
}

/** Slack as the outbox sees it. Every call ends in a `CallOutcome`; none throws. */
export interface Notifier {
  post(request: PostRequest): Promise<CallOutcome<Post>>;
  update(request: Post & { message: Message; plain?: boolean | undefined }): Promise<CallOutcome<Post>>;
  /** The post that bears this delivery id, or null when the channel has none since `since` (epoch milliseconds). */
  findDelivery(request: Search): Promise<CallOutcome<Post | null>>;
  /** All posts that bear it: more than one where a worker posted after it had lost its lease. */
  findDeliveries(request: Search): Promise<CallOutcome<Post[]>>;
  /** Deletes a post of ours; done as well where it is gone already. */
  remove(post: Post): Promise<CallOutcome<void>>;
  /** The id behind a channel's name; ids pass through. Kept until `forgetChannels`. */
  resolveChannel(nameOrId: string): Promise<CallOutcome<string>>;
  forgetChannels(): void;
  /** Enters a public channel. */
  join(channel: string): Promise<CallOutcome<void>>;
}

const EVENT_TYPE = 'retort_delivery';
/** Clocks of ours and Slack's may differ. */
const CLOCK_SLACK_MS = 120_000;
const MAX_PAGES = 20;

export function createNotifier(client: WebClient): Notifier {
  const channels = new Map<string, string>();

  return {
    post: ({ channel, message, plain, threadTs, broadcast, deliveryId }) =>
      callOutcome(async () => {
        const request = {
          channel,
          ...content(message, plain),
          unfurl_links: false,
          unfurl_media: false,
          metadata: { event_type: EVENT_TYPE, event_payload: { delivery: deliveryId } },
          ...(threadTs === undefined ? {} : { thread_ts: threadTs, reply_broadcast: broadcast ?? false }),
        };
        const answer = await client.chat.postMessage(request as ChatPostMessageArguments);
        return asPost(answer.channel ?? channel, answer.ts);
      }),

    update: ({ channel, ts, message, plain }) =>
      callOutcome(async () => {
        const answer = await client.chat.update({ channel, ts, ...content(message, plain) });
        return asPost(answer.channel ?? channel, answer.ts ?? ts);
      }),

    findDelivery: (search) =>
      callOutcome(async () => {
        for await (const post of deliveriesOf(client, search)) return post;
        return null;
      }),

    findDeliveries: (search) =>
      callOutcome(async () => {
        const found: Post[] = [];
        for await (const post of deliveriesOf(client, search)) found.push(post);
        return found;
      }),

    async remove(post) {
      const outcome = await callOutcome(async () => void (await client.chat.delete({ ...post })));
      return outcome.kind === 'refused' && outcome.error === 'message_not_found'
        ? { kind: 'done', value: undefined }
        : outcome;
    },

    resolveChannel: (nameOrId) =>
      callOutcome(async () => {
        // Names are lower case, ids are not.
        if (/^[CGD][A-Z0-9]{5,}$/.test(nameOrId)) return nameOrId;
        const name = nameOrId.replace(/^#/, '');
        const known = channels.get(name);
        if (known !== undefined) return known;
        const found = await findChannel(client, name);
        if (found === undefined) throw Object.assign(new Error('channel_not_found'), NOT_FOUND);
        channels.set(name, found);
        return found;
      }),

    forgetChannels: () => channels.clear(),

    join: (channel) =>
      callOutcome(async () => {
        await client.conversations.join({ channel });
      }),
  };
}

/** Said as Slack says it, so that both are treated alike. */
const NOT_FOUND = { code: 'slack_webapi_platform_error', data: { error: 'channel_not_found' } };

/** Text alone in an update deletes the blocks, which is what a plain message wants. */
function content({ text, blocks }: Message, plain: boolean | undefined): { text: string; blocks: KnownBlock[] } {
  return { text, blocks: plain === true ? [] : asKnown(blocks) };
}

/** The client's types lack the chart block; Slack has it. */
function asKnown(blocks: readonly Block[]): KnownBlock[] {
  return [...blocks] as KnownBlock[];
}

function asPost(channel: string, ts: string | undefined): Post {
  if (ts === undefined) throw new Error('Slack answered without a timestamp');
  return { channel, ts };
}

/** Page by page; throws where there are more messages than may be looked through. */
async function* deliveriesOf(
  client: WebClient,
  { channel, deliveryId, since, threadTs }: Search,
): AsyncGenerator<Post, void> {
  let cursor: string | undefined;
  const oldest = String((since - CLOCK_SLACK_MS) / 1000);
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const request = {
      channel,
      oldest,
      limit: 200,
      include_all_metadata: true,
      ...(cursor === undefined ? {} : { cursor }),
    };
    const answer =
      threadTs === undefined
        ? await client.conversations.history(request)
        : await client.conversations.replies({ ...request, ts: threadTs });
    for (const message of answer.messages ?? []) {
      if (message.ts !== undefined && deliveryOf(message) === deliveryId) yield { channel, ts: message.ts };
    }
    cursor = answer.response_metadata?.next_cursor;
    if (cursor === undefined || cursor === '') return;
  }
  throw new Error('the channel has too many messages to look through');
}

function deliveryOf(message: { metadata?: { event_type?: string; event_payload?: unknown } }): unknown {
  const { metadata } = message;
  if (metadata?.event_type !== EVENT_TYPE) return undefined;
  return (metadata.event_payload as { delivery?: unknown } | undefined)?.delivery;
}

async function findChannel(client: WebClient, name: string): Promise<string | undefined> {
  let cursor = '';
  do {
    const answer = await client.conversations.list({
      types: 'public_channel,private_channel',
      exclude_archived: true,
      limit: 1_000,
      ...(cursor === '' ? {} : { cursor }),
    });
    const found = answer.channels?.find((channel) => channel.name === name);
    if (found?.id !== undefined) return found.id;
    cursor = answer.response_metadata?.next_cursor ?? '';
  } while (cursor !== '');
  return undefined;
}
