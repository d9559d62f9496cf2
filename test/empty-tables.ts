import type pg from 'pg';
import { inject } from 'vitest';

/**
 * Empties tables, and numbers their rows from one again where that is wished. Those that hold nothing are let be: to
 * truncate one makes and removes files by the half dozen. Tables that refer to these must be among them.
 */
export async function emptyTables(
  pool: pg.Pool,
  tables: readonly string[],
  numbers: 'from one' | 'go on' = 'from one',
): Promise<void> {
  // The coordinator's own part of a distributed table holds nothing.
  if (inject('isCitus')) await pool.query(`truncate ${tables.join(', ')} cascade`);
  const { rows } = await pool.query<{ name: string }>(
    `select distinct part.oid::regclass::text as name
     from unnest($1::regclass[]) as top
     left join lateral pg_partition_tree(top) as tree on true
     join pg_class as part on part.oid = coalesce(tree.relid, top) and part.relkind = 'r'
     where pg_relation_size(part.oid) > 0`,
    [tables],
  );
  const names = rows.map(({ name }) => name);
  // What refers to one of them and holds nothing is not named, and must be.
  if (names.length > 0) await pool.query(`truncate ${names.join(', ')} cascade`);
  if (numbers === 'go on') return;
  await pool.query(
    `with number as materialized (
       select seqrelid, seqstart from pg_sequence
       join pg_depend on objid = seqrelid and classid = 'pg_class'::regclass and deptype in ('a', 'i')
       where refobjid = any($1::regclass[])
     )
     select setval(seqrelid, seqstart, false) from number where pg_sequence_last_value(seqrelid) is not null`,
    [tables],
  );
}
