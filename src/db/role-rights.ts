import sql from 'sql-template-tag';
import { z } from 'zod';
import { type Database, many, one, Quantity } from './query.ts';

/** What the program calls: the parts of the big tables are made, packed and dropped by these. */
const FUNCTIONS = ['make_day', 'lock_day', 'drop_day', 'is_unpacked', 'pack_day', 'take_packed_day'];

/** What the role that asks may do with Retort's tables. */
export interface RoleRights {
  /** It owns them, or is a superuser: it may do more than the bot needs. */
  owns: boolean;
  /** Tables that it may not even read, and functions that it may not call, by name. */
  lacks: string[];
}

export async function readRoleRights(db: Database): Promise<RoleRights> {
  const { owned } = await one(
    db,
    z.object({ owned: Quantity }),
    sql`
      select count(*) as owned from pg_class
      where oid = to_regclass('audit_entry') and pg_has_role(relowner, 'usage')`,
  );
  const lacking = await many(
    db,
    z.object({ name: z.string() }),
    sql`
      -- The views of an extension, as Citus has some here, are not Retort's.
      select relname::text as name from pg_class c
      where relnamespace = to_regnamespace(current_schema()) and relkind in ('r', 'p', 'v') and not relispartition
        and not has_table_privilege(oid, 'select')
        and not exists (select from pg_depend where objid = c.oid and deptype = 'e')
      union all
      select proname || '()' from pg_proc
      where pronamespace = to_regnamespace(current_schema()) and proname = any(${FUNCTIONS})
        and not has_function_privilege(oid, 'execute')
      order by name`,
  );
  return { owns: owned > 0, lacks: lacking.map(({ name }) => name) };
}
