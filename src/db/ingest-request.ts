import sql from 'sql-template-tag';
import { z } from 'zod';
import { type Database, execute, one } from './query.ts';

/** A batch with the key that its sender gave it. */
export interface IngestRequest {
  path: string;
  key: string;
  bodyHash: Buffer;
}

const Answer = z.object({ accepted: z.number(), duplicates: z.number(), quarantined: z.number() });
export type IngestAnswer = z.output<typeof Answer>;

/** `other_body`: the key was given to another batch. */
export type IngestClaim = { kind: 'new' } | { kind: 'repeat'; answer: IngestAnswer } | { kind: 'other_body' };

/**
 * Claims a key within the transaction that counts its batch. While another transaction holds the same key, waits for
 * its end: it is a repeat where that one was kept, and new where it was not.
 */
export async function claimRequest(tx: Database, request: IngestRequest, now: number): Promise<IngestClaim> {
  const { path, key, bodyHash } = request;
  const claimed = await execute(
    tx,
    sql`
      insert into ingest_request (path, idempotency_key, body_hash, received_at)
      values (${path}, ${key}, ${bodyHash}, ${new Date(now)})
      on conflict do nothing`,
  );
  if (claimed === 1) return { kind: 'new' };
  const held = await one(
    tx,
    z.object({ same: z.boolean(), answer: Answer }),
    sql`
      select body_hash = ${bodyHash} as same, answer from ingest_request
      where path = ${path} and idempotency_key = ${key}`,
  );
  return held.same ? { kind: 'repeat', answer: held.answer } : { kind: 'other_body' };
}

/** Keeps what a claimed batch came to, in the same transaction. */
export async function answerRequest(tx: Database, { path, key }: IngestRequest, answer: IngestAnswer): Promise<void> {
  await execute(
    tx,
    sql`
      update ingest_request set answer = ${JSON.stringify(answer)}::jsonb
      where path = ${path} and idempotency_key = ${key}`,
  );
}

/** Forgets keys from before a time; a repeat after that counts no exchange twice, but is told as duplicates. */
export function forgetRequests(db: Database, before: number): Promise<number> {
  return execute(db, sql`delete from ingest_request where received_at < ${new Date(before)}`);
}
