import sql from 'sql-template-tag';
import type pg from 'pg';
import { execute, transaction } from '../db/query.ts';
import { faultText, type OwnProblem } from './check-own-detection.ts';
import type { Detection } from './detection.ts';

/** What the database says against a detection's query, or where its columns are not the row's; undefined: nothing. */
export async function queryProblem(pool: pg.Pool, detection: Detection): Promise<OwnProblem | undefined> {
  try {
    const fields = await transaction(pool, async (tx) => {
      await execute(tx, sql`set transaction read only`);
      await execute(tx, sql`set local statement_timeout = 10000`);
      // No row is asked for: only what the rows would be.
      const answer = await tx.query(
        sql`select * from (${detection.build({}, { end: Date.UTC(2026, 0, 1) })}) q limit 0`,
      );
      return answer.fields.map((field) => field.name);
    });
    const known = Object.keys(detection.row.shape);
    const missing = known.filter((name) => !fields.includes(name));
    return missing.length === 0
      ? undefined
      : { field: 'row', what: `has ${missing.join(', ')}, and the query returns ${fields.join(', ')}` };
  } catch (fault) {
    return { field: 'query', what: `is refused by the database: ${faultText(fault)}` };
  }
}
