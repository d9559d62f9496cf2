import sql from 'sql-template-tag';
import { z } from 'zod';
import type { Digest } from '../campaigns/digest.ts';
import { Severity } from '../campaigns/campaign.ts';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { DAY_MS } from '../time-units.ts';
import { type Database, many, Quantity, Timestamp } from './query.ts';

const SERIES_DAYS = 14;
/** The month that ended, and the six before it. */
const MONTHS = 7;

/** New campaigns on each of the last two weeks' local days, oldest first; days without are there too. */
export function readSeries(db: Database, to: number, timezone: string): Promise<Digest['series']> {
  return many(
    db,
    z.object({ day: z.string(), alerts: Quantity }),
    sql`
      select to_char(d.day, 'YYYY-MM-DD') as day, count(c.campaign_id) as alerts
      from generate_series(
        (${new Date(to - (SERIES_DAYS - 1) * DAY_MS)}::timestamptz at time zone ${timezone})::date::timestamp,
        (${new Date(to)}::timestamptz at time zone ${timezone})::date::timestamp, interval '1 day') as d(day)
      left join campaign c on (c.alerted_at at time zone ${timezone})::date = d.day::date
        and c.status <> 'merged' and c.alerted_at < ${new Date(to)}
      group by d.day order by d.day`,
  );
}

const MonthRow = z
  .object({
    month: z.string(),
    campaigns: Quantity,
    accounts: Quantity,
    confirmed: Quantity,
    dismissed: Quantity,
    to_acknowledge_s: z.number().nullable(),
    to_contain_s: z.number().nullable(),
  })
  .transform((row) => ({
    month: row.month,
    campaigns: row.campaigns,
    accounts: row.accounts,
    confirmed: row.confirmed,
    dismissed: row.dismissed,
    toAcknowledgeMs: asMs(row.to_acknowledge_s),
    toContainMs: asMs(row.to_contain_s),
  }));

/** The month that ended before the local day of `to`, and the six before it, newest first; empty but on the first of a month that has any. */
export async function readMonths(db: Database, to: number, timezone: string): Promise<Digest['months']> {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: timezone }).format(new Date(to));
  if (!today.endsWith('-01')) return [];
  const months = await many(
    db,
    MonthRow,
    sql`
      select to_char(m.month, 'YYYY-MM') as month, count(c.campaign_id) as campaigns,
        coalesce(sum(c.account_count), 0)::bigint as accounts,
        count(*) filter (where c.status in ('confirmed', 'contained')) as confirmed,
        count(*) filter (where c.status = 'dismissed') as dismissed,
        percentile_cont(0.5) within group (order by extract(epoch from c.acknowledged_at - c.alerted_at)::float)
          as to_acknowledge_s,
        percentile_cont(0.5) within group (order by extract(epoch from a.at - c.alerted_at)::float) as to_contain_s
      from generate_series(
        ${today}::date - ${MONTHS} * interval '1 month', ${today}::date - interval '1 month', interval '1 month')
        as m(month)
      left join campaign c on date_trunc('month', c.alerted_at at time zone ${timezone}) = m.month
        and c.status <> 'merged'
      left join lateral (
        select min(at) as at from audit_entry
        where subject = 'C-' || c.campaign_id and action = 'campaign.contain') a on true
      group by m.month order by m.month desc`,
  );
  // Nothing is no history to compare with.
  return months.some(({ campaigns }) => campaigns > 0) ? months : [];
}

/** Open campaigns that somebody has, worst first, and those whose snooze ends within a day after `to`. */
export async function readHandover(db: Database, to: number): Promise<Pick<Digest, 'held' | 'snoozesEnding'>> {
  const held = await many(
    db,
    z.object({ campaign_id: z.number(), severity: Severity, holder: z.string(), since: Timestamp.nullable() }),
    sql`
      select campaign_id, severity, coalesce(assigned ->> 'to', acknowledged_by) as holder, acknowledged_at as since
      from campaign
      where status = 'acknowledged' and snooze is null and coalesce(assigned ->> 'to', acknowledged_by) is not null
      order by array_position(array['critical', 'high', 'medium', 'low'], severity), campaign_id`,
  );
  const snoozes = await many(
    db,
    z.object({ campaign_id: z.number(), until: Quantity, by: z.string(), reason: z.string() }),
    sql`
      select campaign_id, (snooze ->> 'until')::bigint as until, snooze ->> 'by' as by, snooze ->> 'reason' as reason
      from campaign
      where (snooze ->> 'until')::bigint between ${to} and ${to + DAY_MS}
      order by 2, 1`,
  );
  return {
    held: held.map(({ campaign_id, ...row }) => ({ id: formatCampaignId(campaign_id), ...row })),
    snoozesEnding: snoozes.map(({ campaign_id, ...row }) => ({ id: formatCampaignId(campaign_id), ...row })),
  };
}

function asMs(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds * 1_000);
}
