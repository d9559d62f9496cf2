import { type Delivery, enqueue } from '../db/outbox.ts';
import { enqueueTakeBack } from '../db/outbox-take-back.ts';
import type { Database } from '../db/query.ts';
import type { Prepared } from './prepare-delivery.ts';
import { isUpdate, type Sent, threadOf } from './send-delivery.ts';

/**
 * What a worker sees to that learns after a request that it had lost its lease: it stood still for long just before. Its
 * post is one too many, or will be; its update may have put an older state over a newer one.
 */
export async function mendOvertaken(
  db: Database,
  row: Delivery,
  prepared: Prepared,
  sent: Sent,
  now: number,
): Promise<void> {
  if (prepared.type === 'impossible') return;
  const at = sent.kind === 'sent' && !sent.adopted ? sent.post : undefined;
  const channel = at?.channel ?? (sent.kind === 'unknown' ? sent.channel : undefined);
  if (channel === undefined) return;
  if (isUpdate(prepared)) {
    const { kind, payload, campaign, dedupKey, attempt } = row;
    const again = { kind, payload, campaign: campaign ?? undefined, dedupKey: `${dedupKey}:overtaken:${attempt}` };
    await enqueue(db, { ...again, notBefore: now }, now);
    return;
  }
  const threadTs = threadOf(prepared)?.ts;
  await enqueueTakeBack(db, row, { channel, threadTs, post: at, notBefore: now }, now);
}
