import sql from 'sql-template-tag';
import { z } from 'zod';
import type { AccountKey } from '../campaigns/hit.ts';
import type { ModelMove } from '../campaigns/pivot.ts';
import { DAY_MS, HOUR_MS } from '../time-units.ts';
import { type Database, many, one, Quantity, Timestamp } from './query.ts';

const Release = z.object({ model_id: z.number().int(), name: z.string(), released_at: Timestamp });
type Release = z.output<typeof Release>;

const Move = z.object({
  campaign: Quantity,
  campaignAll: Quantity,
  everyone: Quantity,
  everyoneAll: Quantity,
  movers: Quantity,
  accounts: Quantity,
});

/** For each model released in the last two days before `end`: the exchanges of its first day, of `accounts` and of all. */
export async function readModelMoves(db: Database, accounts: readonly AccountKey[], end: number): Promise<ModelMove[]> {
  const releases = await many(
    db,
    Release,
    sql`
      select model_id, name, released_at from model
      where released_at > ${new Date(end - 2 * DAY_MS)} and released_at <= ${new Date(end)} order by name`,
  );
  const moves: ModelMove[] = [];
  // One by one: a large table that is distributed cannot be asked from within a row of a local one.
  for (const release of releases) moves.push({ model: release.name, ...(await readMove(db, accounts, release, end)) });
  return moves;
}

function readMove(
  db: Database,
  accounts: readonly AccountKey[],
  { model_id: model, released_at: releasedAt }: Release,
  end: number,
): Promise<z.output<typeof Move>> {
  const from = new Date(Math.floor(releasedAt / HOUR_MS) * HOUR_MS);
  const to = new Date(Math.min(releasedAt + DAY_MS, end));
  return one(
    db,
    Move,
    sql`
      select c.moved as campaign, c.total as "campaignAll", c.movers, c.accounts,
        coalesce(t.moved, 0) as everyone, coalesce(t.total, 0) as "everyoneAll"
      from (
        select count(*) filter (where model_id = ${model}) as moved, count(*) as total,
          count(distinct account_key) filter (where model_id = ${model}) as movers,
          count(distinct account_key) as accounts
        from exchange
        where account_key = any(${accounts}::bigint[]) and occurred_at between ${from} and ${to}
      ) c
      cross join (
        select sum(exchanges) filter (where model_id = ${model}) as moved, sum(exchanges) as total
        from traffic_hour where hour >= ${from} and hour < ${to}
      ) t`,
  );
}
