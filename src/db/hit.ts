import sql from 'sql-template-tag';
import type { Hit } from '../campaigns/hit.ts';
import { execute, type Database } from './query.ts';

/** Keeps a detection's present findings; one found before keeps the time when it was first found. */
export async function saveHits(db: Database, hits: readonly Hit[], now: number): Promise<void> {
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
      insert into hit as h (detection_id, trait, found_at, last_found_at, weight, accounts, evidence)
      select r.detection_id, r.trait, ${new Date(now)}, ${new Date(now)}, r.weight, r.accounts::bigint[], r.evidence
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(detection_id text, trait text, weight real, accounts text, evidence jsonb)
      on conflict (detection_id, trait) do update set
        last_found_at = excluded.last_found_at, weight = excluded.weight,
        accounts = excluded.accounts, evidence = excluded.evidence`,
  );
}
