import sql from 'sql-template-tag';
import { z } from 'zod';
import { type Database, execute, many, one, Quantity } from './query.ts';

const Model = z.object({ model_id: z.number().int(), name: z.string() });

/** Ids of these models; the unknown ones are added where `add` says so, else left out. */
export async function modelIds(
  db: Database,
  names: readonly string[],
  { add }: { add: boolean },
): Promise<Map<string, number>> {
  if (add) await addModels(db, names);
  const rows = await many(db, Model, sql`select model_id, name from model where name = any(${names}::text[])`);
  return new Map(rows.map((row) => [row.name, row.model_id]));
}

/** Only what is missing is tried: an insert that meets a conflict still uses up one of the 32,767 ids. */
async function addModels(db: Database, names: readonly string[]): Promise<void> {
  await execute(
    db,
    sql`
      insert into model (name)
      select distinct n from unnest(${names}::text[]) as n
      where not exists (select 1 from model m where m.name = n)
      order by n
      on conflict (name) do nothing`,
  );
}

export async function countModels(db: Database): Promise<number> {
  return (await one(db, z.object({ models: Quantity }), sql`select count(*) as models from model`)).models;
}

/** Notes when models were released; a later word replaces the earlier. */
export async function saveReleases(
  db: Database,
  releases: readonly { model: string; released_at: number }[],
): Promise<void> {
  const latest = new Map(releases.map((release) => [release.model, release.released_at]));
  await addModels(db, [...latest.keys()]);
  await execute(
    db,
    sql`
      update model set released_at = r.at
      from unnest(${[...latest.keys()]}::text[], ${[...latest.values()].map((at) => new Date(at))}::timestamptz[])
        as r(name, at)
      where model.name = r.name`,
  );
}
