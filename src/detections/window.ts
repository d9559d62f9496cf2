import sql, { type Sql } from 'sql-template-tag';
import { DAY_MS } from '../time-units.ts';
import type { Window } from './detection.ts';

/** The UTC day of a time, as PostgreSQL reads a date. */
const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** UTC days, `days` back from the window's end, the end's own day included. */
export function utcDays(window: Window, days: number): string[] {
  return Array.from({ length: days }, (_, back) => day(window.end - back * DAY_MS));
}

/** Whether a day is one of those. */
export function daysOf(column: Sql, window: Window, days: number): Sql {
  // A list, not a range: an index on day and trait then serves a range of traits as well.
  return sql`${column} = any(${utcDays(window, days)}::date[])`;
}

/** What each account did in the window's last days, one row an account; `owner` is its organisation or itself. */
export function activity(window: Window, days: number): Sql {
  return sql`
    select d.account_key, coalesce(a.organization_id, a.account_id) as owner,
      a.organization_id, a.created_at, a.program, a.status, a.traits,
      d.exchanges, d.elicited, d.input_tokens, d.output_tokens, d.hours, d.active_days
    from (
      select account_key, sum(exchanges)::bigint as exchanges, sum(elicited + graded)::bigint as elicited,
        sum(input_tokens)::bigint as input_tokens, sum(output_tokens)::bigint as output_tokens,
        bit_or(hours) as hours, count(*)::int as active_days
      from account_day
      where ${daysOf(sql`day`, window, days)}
      group by account_key
    ) d
    join account a on a.account_key = d.account_key`;
}
