import sql from 'sql-template-tag';
import { z } from 'zod';
import { type Delivery, enqueue, whereHeld } from './outbox.ts';
import { type Database, execute, many, maybeOne, Timestamp } from './query.ts';

const Post = z.object({ channel: z.string(), ts: z.string() });
type Post = z.output<typeof Post>;

/** What is to be taken back: posts of a row besides the one that counts. */
const TakeBack = z.object({
  outbox: z.string(),
  /** Where to look for posts that bear the row's delivery id. */
  channel: z.string(),
  threadTs: z.string().optional(),
  /** The one that is known of; otherwise they are looked for. */
  post: Post.optional(),
  /** What was found, and stands in the audit already. */
  found: z.array(Post).optional(),
});
export type TakeBack = z.output<typeof TakeBack>;

/** Undefined where the row's payload is none. */
export function readTakeBack({ payload }: Delivery): TakeBack | undefined {
  return TakeBack.safeParse(payload).data;
}

/** Asks that posts of a row are taken back besides the one that counts; once for each post, and once for each search by an attempt. */
export async function enqueueTakeBack(
  tx: Database,
  row: Delivery,
  { notBefore, ...what }: Pick<TakeBack, 'channel' | 'threadTs' | 'post'> & { notBefore: number },
  now: number,
): Promise<void> {
  const which = what.post === undefined ? `search:${row.attempt}` : what.post.ts;
  const dedupKey = `take-back:${row.id}:${which}`;
  const payload = { outbox: row.id, ...what };
  await enqueue(tx, { kind: 'take_back', campaign: row.campaign ?? undefined, dedupKey, payload, notBefore }, now);
}

const Origin = z.object({
  dedup_key: z.string(),
  delivery_id: z.string(),
  state: z.enum(['pending', 'sending', 'unknown', 'sent', 'dead']),
  channel: z.string().nullable(),
  ts: z.string().nullable(),
  created_at: Timestamp,
});
export type Origin = z.output<typeof Origin>;

/** The row whose posts they are; undefined where it was forgotten. Once `sent`, it never changes. */
export function readOrigin(db: Database, { outbox }: TakeBack): Promise<Origin | undefined> {
  return maybeOne(
    db,
    Origin,
    sql`select dedup_key, delivery_id, state, channel, ts, created_at from outbox where outbox_id = ${outbox}`,
  );
}

/** Those of some posts that no row knows as its own. */
export async function strays(db: Database, posts: readonly Post[]): Promise<Post[]> {
  const known = await many(
    db,
    z.object({ ts: z.string() }),
    sql`select ts from outbox where ts = any(${posts.map(({ ts }) => ts)})`,
  );
  // Whatever the channel: Slack may give one another id, and a message that counts must not go for that.
  return posts.filter((post) => !known.some(({ ts }) => ts === post.ts));
}

/** Notes what is about to be taken back; false when the lease was lost. */
export async function markFound(tx: Database, row: Delivery, found: readonly Post[]): Promise<boolean> {
  const more = JSON.stringify({ found });
  return (await execute(tx, sql`update outbox set payload = payload || ${more}::jsonb ${whereHeld(row)}`)) === 1;
}
