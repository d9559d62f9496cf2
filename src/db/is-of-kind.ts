import sql, { join, type Sql } from 'sql-template-tag';
import { rangesOfKinds, type TraitKind } from '../campaigns/trait.ts';

/** Whether a trait is of one of these kinds, as ranges of its number: an index can serve them. */
export function isOfKind(trait: Sql, kinds: readonly TraitKind[]): Sql {
  const ranges = rangesOfKinds(kinds).map(
    ([from, to]) => sql`${trait} between ${from.toString()}::bigint and ${to.toString()}::bigint`,
  );
  return sql`(${join(ranges, ' or ')})`;
}
