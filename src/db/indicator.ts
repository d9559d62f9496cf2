import type pg from 'pg';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { DAY_MS } from '../time-units.ts';
import { appendAudit } from './audit-entry.ts';
import { type Database, execute, many, Quantity, Timestamp, transaction } from './query.ts';
import { keepTraits } from './trait-roll-up.ts';

/** A trait that another lab saw in a campaign of theirs. */
export interface Indicator {
  trait: bigint;
  note: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

type By = { actor: string; now: number };

/** How far back sightings of a trait are looked for when it is told of: the longest window of the detections. */
const LOOK_BACK_MS = 7 * DAY_MS;

/** Adds what a source tells, with an audit entry; one that it told before holds until its new end. */
export function importIndicators(
  pool: pg.Pool,
  source: string,
  indicators: readonly Indicator[],
  { actor, now }: By,
): Promise<{ added: number; renewed: number }> {
  return transaction(pool, async (tx) => {
    // One of a source twice in a file would be written twice by one statement.
    const unique = [...new Map(indicators.map((each) => [each.trait, each])).values()];
    const rows = unique
      .toSorted((a, b) => (a.trait < b.trait ? -1 : 1))
      .map(({ trait, note, expiresAt }) => ({ trait: String(trait), note, expires_at: new Date(expiresAt) }));
    const written = await many(
      tx,
      z.object({ is_new: z.boolean() }),
      sql`
        insert into indicator (source, trait, note, added_by, added_at, expires_at)
        select ${source}, r.trait::bigint, r.note, ${actor}, ${new Date(now)}, r.expires_at
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(trait text, note text, expires_at timestamptz)
        on conflict (source, trait) where removed_at is null do update set
          note = excluded.note, expires_at = excluded.expires_at
        returning xmax = 0 as is_new`,
    );
    const added = written.filter((row) => row.is_new).length;
    await keepTraits(
      tx,
      unique.map(({ trait }) => String(trait)),
      now - LOOK_BACK_MS,
      now,
    );
    const detail = { added, renewed: written.length - added };
    await appendAudit(tx, { at: now, actor, action: 'indicator.import', subject: source, reason: 'shared', detail });
    return { added, renewed: written.length - added };
  });
}

/** Takes away all that a source told, with an audit entry; returns how many. */
export function removeIndicators(
  pool: pg.Pool,
  source: string,
  { actor, now, reason }: By & { reason: string },
): Promise<number> {
  return transaction(pool, async (tx) => {
    const removed = await execute(
      tx,
      sql`
        update indicator set removed_by = ${actor}, removed_at = ${new Date(now)}
        where source = ${source} and removed_at is null`,
    );
    if (removed > 0) {
      await appendAudit(tx, {
        at: now,
        actor,
        action: 'indicator.remove',
        subject: source,
        reason,
        detail: { removed },
      });
    }
    return removed;
  });
}

const SourceRow = z.object({
  source: z.string(),
  indicators: Quantity,
  expired: Quantity,
  first_expires_at: Timestamp,
  last_expires_at: Timestamp,
  accounts: Quantity,
});
/** What one source told; `accounts`: how many bear any of it that holds. */
export type IndicatorSource = z.output<typeof SourceRow>;

export function listIndicatorSources(db: Database, now: number): Promise<IndicatorSource[]> {
  return many(
    db,
    SourceRow,
    sql`
      with present as (select source, trait, expires_at from indicator where removed_at is null),
      bearer as (
        select p.source, t.account_key from present p join sighting t on t.trait = p.trait
        where p.expires_at > ${new Date(now)}
        union
        select p.source, a.account_key
        from account a cross join lateral unnest(a.traits) as t(trait) join present p on p.trait = t.trait
        where p.expires_at > ${new Date(now)}
      )
      select p.source, count(*) as indicators, count(*) filter (where p.expires_at <= ${new Date(now)}) as expired,
        min(p.expires_at) as first_expires_at, max(p.expires_at) as last_expires_at,
        (select count(distinct account_key) from bearer b where b.source = p.source) as accounts
      from present p group by p.source order by p.source`,
  );
}
