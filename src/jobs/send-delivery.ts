import { type Delivery, markAttempt } from '../db/outbox.ts';
import type { Database } from '../db/query.ts';
import type { CallOutcome } from '../slack/call-outcome.ts';
import type { Notifier, Post } from '../slack/notifier.ts';
import type { Pacing } from './pacing.ts';
import type { Sendable } from './prepare-delivery.ts';
import { refusalVerdict } from './refusal.ts';

/** Where a worker may die, in order; fault tests do so at each. */
export type DeliveryPoint = 'claimed' | 'about_to_send' | 'request_sent' | 'response_received' | 'marked';

/** How the attempt to bring a row to Slack ended. */
export type Sent =
  /** `adopted`: an earlier attempt had posted it, with what the campaign was then. */
  | { kind: 'sent'; post: Post; adopted: boolean }
  | { kind: 'retry'; afterMs: number; error: string }
  /** `channel`: where a request went that Slack may have heeded. */
  | { kind: 'unknown'; error: string; channel?: string }
  | { kind: 'root_gone'; error: string }
  /** A person must mend something before Slack takes it. */
  | { kind: 'refused'; error: string }
  /** Refused in plain text too. */
  | { kind: 'impossible'; error: string }
  /** Another worker has the row, or is about to; nothing was sent. */
  | { kind: 'lost' };

export interface SendOptions {
  db: Database;
  notifier: Notifier;
  pacing: Pacing;
  clock: { now(): number; sleep(ms: number): Promise<void> };
  onPoint: (point: DeliveryPoint, row: Delivery) => void | Promise<void>;
}

/** With less of its lease left, a row is not sent: another worker is about to have it. */
const LEASE_MARGIN_MS = 40_000;
/** A longer wait for a channel is spent in the queue. */
const LONGEST_WAIT_MS = 3_000;

/** Brings one row to Slack: finds what an earlier attempt left there, or posts, or updates. */
export async function sendDelivery(row: Delivery, prepared: Sendable, options: SendOptions): Promise<Sent> {
  const { notifier, pacing, clock } = options;
  const target = await channelOf(prepared, options);
  if (target.kind !== 'done') return settled(target, () => ({ kind: 'retry', afterMs: 0, error: 'unresolved' }));
  const channel = target.value;
  const waitMs = pacing.waitMs(channel, clock.now());
  if (waitMs > LONGEST_WAIT_MS) return { kind: 'retry', afterMs: waitMs, error: 'channel_busy' };
  if (waitMs > 0) await clock.sleep(waitMs);
  if (row.doubtful && !isUpdate(prepared)) {
    const found = await notifier.findDelivery({
      // The earlier attempt may have gone to the channel that was configured then.
      channel: row.channel ?? channel,
      deliveryId: row.deliveryId,
      since: row.createdAt,
      threadTs: threadOf(prepared)?.ts,
    });
    if (found.kind === 'done' && found.value !== null) return { kind: 'sent', post: found.value, adopted: true };
    // Without an answer nothing is known: neither posting nor giving up would be right.
    if (found.kind === 'unknown' || found.kind === 'retry') return found;
  }
  return post(row, prepared, channel, options);
}

/** Posts or updates; what Slack can't take as blocks it gets as plain text. */
async function post(row: Delivery, prepared: Sendable, channel: string, options: SendOptions): Promise<Sent> {
  const { notifier } = options;
  if (!(await markAttempt(options.db, row, channel))) return { kind: 'lost' };
  let outcome = await request(row, prepared, channel, false, options);
  if (outcome.kind === 'refused' && refusalVerdict(outcome.error) === 'join') {
    const joined = await notifier.join(channel);
    if (joined.kind === 'done') outcome = await request(row, prepared, channel, false, options);
  }
  if (outcome.kind === 'refused' && refusalVerdict(outcome.error) === 'plain_text') {
    const { error } = outcome;
    outcome = await request(row, prepared, channel, true, options);
    if (outcome.kind === 'refused' && refusalVerdict(outcome.error) === 'plain_text') {
      return { kind: 'impossible', error: `${error}, then ${outcome.error}` };
    }
  }
  if (await isElsewhere(prepared, outcome, options)) return { kind: 'root_gone', error: 'the channel was given up' };
  if (outcome.kind === 'unknown') return { ...outcome, channel };
  return settled(outcome, (value) => ({ kind: 'sent', post: value, adopted: false }));
}

/** `lost` before anything was sent. */
type Requested = CallOutcome<Post> | { kind: 'lost' };

/** The message stands in a channel that is closed, and another one has been configured since. */
async function isElsewhere(prepared: Sendable, outcome: Requested, { notifier }: SendOptions): Promise<boolean> {
  if (outcome.kind !== 'refused' || !['is_archived', 'channel_not_found'].includes(outcome.error)) return false;
  // A channel of the same name may have been made since.
  notifier.forgetChannels();
  const channel = boundTo(prepared);
  if (channel === undefined) return false;
  const target = await notifier.resolveChannel(prepared.target);
  return target.kind === 'done' && target.value !== channel;
}

async function request(
  row: Delivery,
  prepared: Sendable,
  channel: string,
  plain: boolean,
  { notifier, pacing, clock, onPoint }: SendOptions,
): Promise<Requested> {
  const { message } = prepared;
  const thread = threadOf(prepared);
  // A worker that was stopped for a while wakes up here: the row may no longer be its own. Nothing is waited for after
  // this: whoever is frozen all the same takes back what it then posts (take-back.ts).
  if (clock.now() > row.leaseUntil - LEASE_MARGIN_MS) return { kind: 'lost' };
  await onPoint('about_to_send', row);
  const call = isUpdate(prepared)
    ? notifier.update({ ...prepared.post, message, plain })
    : notifier.post({
        channel,
        message,
        plain,
        deliveryId: row.deliveryId,
        ...(thread === null ? {} : { threadTs: thread.ts, broadcast: thread.broadcast }),
      });
  await onPoint('request_sent', row);
  const outcome = await call;
  await onPoint('response_received', row);
  pacing.posted(channel, clock.now());
  if (outcome.kind === 'retry') pacing.hold(channel, clock.now() + outcome.afterMs);
  return outcome;
}

async function channelOf(prepared: Sendable, { notifier }: SendOptions): Promise<CallOutcome<string>> {
  const channel = boundTo(prepared);
  return channel === undefined ? notifier.resolveChannel(prepared.target) : { kind: 'done', value: channel };
}

/** Whether it changes a message that stands already, which may be told anew as often as one likes. */
export function isUpdate<P extends { type: string }>(
  prepared: P,
): prepared is Extract<P, { type: 'update_root' | 'update_card' | 'update_storm' }> {
  return ['update_root', 'update_card', 'update_storm'].includes(prepared.type);
}

/** The root that the message answers. */
export function threadOf(prepared: Sendable): { ts: string; channel: string; broadcast: boolean } | null {
  if (prepared.type === 'reply') return { ...prepared.post, broadcast: prepared.broadcast };
  if (prepared.type === 'post_card' && prepared.root !== null) return { ...prepared.root, broadcast: true };
  return null;
}

/** The channel that the message has to go to, whatever is configured. */
function boundTo(prepared: Sendable): string | undefined {
  return isUpdate(prepared) ? prepared.post.channel : threadOf(prepared)?.channel;
}

function settled<T>(outcome: CallOutcome<T> | { kind: 'lost' }, done: (value: T) => Sent): Sent {
  if (outcome.kind === 'done') return done(outcome.value);
  if (outcome.kind !== 'refused') return outcome;
  const gone = refusalVerdict(outcome.error) === 'root_gone';
  return { kind: gone ? 'root_gone' : 'refused', error: outcome.error };
}
