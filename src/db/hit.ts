import sql from 'sql-template-tag';
import { z } from 'zod';
import type { AccountKey, Hit } from '../campaigns/hit.ts';
import { type Database, execute, many } from './query.ts';

/** Keeps a detection's present findings; one found before keeps the time when it was first found. `shadow`: see the table. */
export async function saveHits(
  db: Database,
  hits: readonly Hit[],
  now: number,
  { shadow = false }: { shadow?: boolean } = {},
): Promise<void> {
  if (hits.length === 0) return;
  const rows = hits.map((hit) => ({
    detection_id: hit.detection,
    trait: hit.trait,
    weight: hit.weight,
    // The driver writes a nested array as one value of a two-dimensional one; as text each row keeps its own length.
    accounts: `{${hit.accounts.join(',')}}`,
    evidence: hit.evidence,
  }));
  await execute(
    db,
    sql`
      insert into hit as h (detection_id, trait, found_at, last_found_at, weight, accounts, evidence, shadow)
      select r.detection_id, r.trait, ${new Date(now)}, ${new Date(now)}, r.weight, r.accounts::bigint[], r.evidence,
        ${shadow}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(detection_id text, trait text, weight real, accounts text, evidence jsonb)
      on conflict (detection_id, trait) do update set
        last_found_at = excluded.last_found_at, weight = excluded.weight,
        accounts = excluded.accounts, evidence = excluded.evidence, shadow = excluded.shadow`,
  );
}

const Tie = z.object({ detection: z.string(), accounts: z.array(z.string()) });

/** What some detections last found of at least two of these accounts, heaviest first; of each finding's accounts, these. */
export function readTies(
  db: Database,
  accounts: readonly AccountKey[],
  detections: readonly string[],
): Promise<z.output<typeof Tie>[]> {
  return many(
    db,
    Tie,
    sql`
      select h.detection_id as detection, found.accounts
      from hit h
      cross join lateral (
        select array_agg(a.account::text order by a.account) as accounts
        from unnest(h.accounts) as a(account) where a.account = any(${[...accounts]}::bigint[])
      ) found
      where not h.shadow and h.detection_id = any(${[...detections]}::text[]) and cardinality(found.accounts) >= 2
      order by h.weight desc, h.detection_id, h.trait`,
  );
}

/** Forgets at most so many findings that were last found before a time. Returns how many. */
export function forgetHits(db: Database, before: number, limit: number): Promise<number> {
  return execute(
    db,
    sql`
      delete from hit where (detection_id, trait) in (
        select detection_id, trait from hit where last_found_at < ${new Date(before)} limit ${limit})`,
  );
}
