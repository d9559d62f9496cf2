import sql from 'sql-template-tag';
import { z } from 'zod';
import { Kind, Severity, Status } from '../campaigns/campaign.ts';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import type { Digest, DigestDay } from '../campaigns/digest.ts';
import { auditHead } from './audit-entry.ts';
import { listEscalations } from './escalation.ts';
import { readGapFigures } from './detection-gap.ts';
import { readHandover, readMonths, readSeries } from './digest-history.ts';
import { outboxFigures } from './outbox.ts';
import { readChanges } from './record-change.ts';
import { detectionsDismissed, readPrecision } from './precision.ts';
import { waitingProposals } from './proposal.ts';
import { type Database, many, one, Quantity, Timestamp } from './query.ts';
import { countQuarantined } from './status-figures.ts';
import { readWatermark } from './watermark.ts';

const MOST_ESCALATIONS = 40;

/** What a digest tells of the time from `from` to before `to`; the same time before is what it compares with. */
export async function readDigest(
  db: Database,
  { from, to, timezone }: { from: number; to: number; timezone: string },
): Promise<Digest> {
  const head = await auditHead(db);
  const { counts } = await outboxFigures(db);
  const dismissed = await detectionsDismissed(db, from, to);
  return {
    from,
    to,
    timezone,
    fresh: await readFresh(db, from, to),
    grown: await readGrown(db, from, to),
    decided: await readDecided(db, from, to),
    waiting: await readWaiting(db, to),
    day: await readDay(db, from, to),
    dayBefore: await readDay(db, from - (to - from), from),
    eventsUntil: (await readWatermark(db, 'events')) ?? null,
    audit: { entries: head.seq, hash: head.hash },
    outbox: { waiting: counts.pending + counts.sending + counts.unknown, dead: counts.dead },
    precision: (await readPrecision(db)).filter(({ detection }) => dismissed.includes(detection)),
    gaps: await readGapFigures(db, { from, to }),
    ...(await readHandover(db, to)),
    approvals: (await waitingProposals(db, to)).map(({ campaign, action, accountCount, expiresAt }) => ({
      campaign,
      action,
      accountCount,
      until: expiresAt,
    })),
    escalations: (await listEscalations(db, { since: from }, MOST_ESCALATIONS)).filter(({ at }) => at < to),
    changed: await readChanges(db, { from, to }),
    series: await readSeries(db, to, timezone),
    months: await readMonths(db, to, timezone),
  };
}

const Line = z.object({ campaign_id: z.number(), severity: Severity, kind: Kind, account_count: z.number() });
type Line = z.output<typeof Line>;

function asLine({ campaign_id, severity, kind, account_count }: Line) {
  return { id: formatCampaignId(campaign_id), severity, kind, accountCount: account_count };
}

async function readFresh(db: Database, from: number, to: number): Promise<Digest['fresh']> {
  const rows = await many(
    db,
    Line.extend({ status: Status, alerted_at: Timestamp }),
    sql`
      select campaign_id, severity, kind, account_count, status, alerted_at from campaign
      where alerted_at >= ${new Date(from)} and alerted_at < ${new Date(to)} and status <> 'merged'
      order by alerted_at, campaign_id`,
  );
  return rows.map((row) => ({
    ...asLine(row),
    status: row.status,
    waitingSince: row.status === 'suspected' ? row.alerted_at : null,
  }));
}

/** A campaign grew worth telling by a tenth of its accounts. */
const GROWTH = 1.1;

async function readGrown(db: Database, from: number, to: number): Promise<Digest['grown']> {
  const rows = await many(
    db,
    Line.extend({ before: Quantity, after: Quantity }),
    sql`
      select c.campaign_id, c.severity, c.kind, c.account_count, m.before, m.after
      from campaign c
      join (
        select campaign_id,
          count(*) filter (where joined_at < ${new Date(from)} and (left_at is null or left_at >= ${new Date(from)}))
            as before,
          count(*) filter (where joined_at < ${new Date(to)} and (left_at is null or left_at >= ${new Date(to)}))
            as after
        from campaign_account
        -- Whoever grew was joined by somebody: members of the others are not counted.
        where standing = 'member' and campaign_id in (
          select campaign_id from campaign_account
          where joined_at >= ${new Date(from)} and joined_at < ${new Date(to)})
        group by campaign_id
      ) m on m.campaign_id = c.campaign_id
      where c.alerted_at < ${new Date(from)} and c.status not in ('merged', 'dismissed')
        and m.after >= ${GROWTH}::float * m.before and m.after > m.before
      order by m.after - m.before desc, c.campaign_id`,
  );
  return rows.map((row) => ({ ...asLine(row), before: row.before, accountCount: row.after }));
}

/** What people decide, by what the audit calls it; `isSaid`: its reason is in their words. */
const DECISIONS: Record<string, { isSaid: boolean }> = {
  'campaign.acknowledge': { isSaid: false },
  'campaign.confirm': { isSaid: true },
  'campaign.contain': { isSaid: true },
  'campaign.dismiss': { isSaid: true },
  'campaign.snooze': { isSaid: true },
  'campaign.reopen': { isSaid: true },
  'campaign.merge': { isSaid: true },
  'campaign.split': { isSaid: true },
};

async function readDecided(db: Database, from: number, to: number): Promise<Digest['decided']> {
  const rows = await many(
    db,
    Line.extend({ action: z.string(), actor: z.string(), at: Timestamp, reason: z.string() }),
    sql`
      select c.campaign_id, c.severity, c.kind, c.account_count, a.action, a.at, a.reason,
        -- Retort sees that a campaign is contained; whoever proposed the action contained it.
        case a.action when 'campaign.contain' then coalesce(a.detail ->> 'by', a.actor) else a.actor end as actor
      from audit_entry a join campaign c on a.subject = 'C-' || c.campaign_id
      where a.action = any(${Object.keys(DECISIONS)})
        and a.at >= ${new Date(from)} and a.at < ${new Date(to)}
      order by a.seq`,
  );
  return rows.map((row) => ({
    ...asLine(row),
    action: row.action,
    actor: row.actor,
    at: row.at,
    why: DECISIONS[row.action]?.isSaid === true ? row.reason : '',
  }));
}

async function readWaiting(db: Database, to: number): Promise<Digest['waiting']> {
  const rows = await many(
    db,
    Line.extend({ alerted_at: Timestamp }),
    sql`
      select campaign_id, severity, kind, account_count, alerted_at from campaign
      where status = 'suspected' and alerted_at < ${new Date(to)}
      order by alerted_at, campaign_id`,
  );
  return rows.map((row) => ({ ...asLine(row), since: row.alerted_at }));
}

async function readDay(db: Database, from: number, to: number): Promise<DigestDay> {
  const inDay = (column: 'alerted_at' | 'acknowledged_at') => {
    const at = column === 'alerted_at' ? sql`alerted_at` : sql`acknowledged_at`;
    return sql`${at} >= ${new Date(from)} and ${at} < ${new Date(to)}`;
  };
  const row = await one(
    db,
    z.object({
      alerts: Quantity,
      to_acknowledge_s: z.number().nullable(),
      dismissed: Quantity,
      contained: Quantity,
      to_contain_s: z.number().nullable(),
    }),
    sql`
      select
        (select count(*) from campaign where ${inDay('alerted_at')} and status <> 'merged') as alerts,
        (select percentile_cont(0.5) within group (order by extract(epoch from acknowledged_at - alerted_at)::float)
          from campaign where ${inDay('acknowledged_at')} and alerted_at is not null) as to_acknowledge_s,
        (select count(*) from audit_entry where action = 'campaign.dismiss'
          and at >= ${new Date(from)} and at < ${new Date(to)}) as dismissed,
        contained.contained, contained.to_contain_s
      from (
        select count(*) as contained,
          percentile_cont(0.5) within group (order by extract(epoch from a.at - c.alerted_at)::float) as to_contain_s
        from audit_entry a join campaign c on a.subject = 'C-' || c.campaign_id
        where a.action = 'campaign.contain' and a.at >= ${new Date(from)} and a.at < ${new Date(to)}
      ) contained`,
  );
  return {
    alerts: row.alerts,
    toAcknowledgeMs: row.to_acknowledge_s === null ? null : Math.round(row.to_acknowledge_s * 1_000),
    dismissed: row.dismissed,
    contained: row.contained,
    toContainMs: row.to_contain_s === null ? null : Math.round(row.to_contain_s * 1_000),
    quarantined: await countQuarantined(db, from, to),
  };
}
