import sql from 'sql-template-tag';
import { z } from 'zod';
import {
  type Escalation,
  type EscalationRecord,
  EscalationSeen,
  type EscalationView,
  Target,
} from '../campaigns/escalation.ts';
import { type Database, many, one, Timestamp } from './query.ts';

const Row = z
  .object({
    escalation_id: z.number(),
    campaign_id: z.number(),
    target: Target,
    escalated_by: z.string(),
    escalated_at: Timestamp,
    reason: z.string(),
    seen: EscalationSeen,
    channel: z.string().nullable(),
    acknowledged_at: Timestamp.nullable(),
  })
  .transform(
    (row): Escalation => ({
      number: row.escalation_id,
      campaign: row.campaign_id,
      target: row.target,
      by: row.escalated_by,
      at: row.escalated_at,
      reason: row.reason,
      seen: row.seen,
      channel: row.channel,
      acknowledgedAt: row.acknowledged_at,
    }),
  );
const COLUMNS = sql`escalation_id, campaign_id, target, escalated_by, escalated_at, reason, seen, channel,
  acknowledged_at`;

export function createEscalation(
  tx: Database,
  { campaign, target, by, at, reason, seen, channel }: Omit<Escalation, 'number' | 'acknowledgedAt'>,
): Promise<Escalation> {
  return one(
    tx,
    Row,
    sql`
      insert into escalation (campaign_id, target, escalated_by, escalated_at, reason, seen, channel)
      values (${campaign}, ${target}, ${by}, ${new Date(at)}, ${reason}, ${JSON.stringify(seen)}, ${channel})
      returning ${COLUMNS}`,
  );
}

/** Those of a campaign whose other side is still to hear what becomes of it. */
export function presentEscalations(db: Database, campaign: number): Promise<Escalation[]> {
  return many(
    db,
    Row,
    sql`select ${COLUMNS} from escalation
        where campaign_id = ${campaign} and ended_at is null and failed_at is null order by escalation_id`,
  );
}

/** Notes what the other side is told, or that it never heard of it. */
export async function markEscalation(
  tx: Database,
  number: number,
  mark: 'acknowledge' | 'resolve' | 'fail',
  now: number,
): Promise<void> {
  const at = new Date(now);
  const column = { acknowledge: sql`acknowledged_at`, resolve: sql`ended_at`, fail: sql`failed_at` }[mark];
  await tx.query(sql`update escalation set ${column} = ${at} where escalation_id = ${number}`);
}

const ViewRow = z.object({
  target: Target,
  escalated_by: z.string(),
  escalated_at: Timestamp,
  state: z.enum(['under_way', 'there', 'failed']),
});

/** The newest of a campaign to each target that is not over, for its message. */
export async function viewEscalations(db: Database, campaign: number): Promise<EscalationView[]> {
  const rows = await many(
    db,
    ViewRow,
    sql`
      select distinct on (x.target) x.target, x.escalated_by, x.escalated_at, x.ended_at,
        case when x.failed_at is not null then 'failed'
          when e.state in ('pending', 'sending') then 'under_way' else 'there' end as state
      from escalation x
      left join escalation_event e on e.escalation_id = x.escalation_id and e.kind = 'trigger'
      where x.campaign_id = ${campaign} and x.ended_at is null
      order by x.target, x.escalation_id desc`,
  );
  return rows.map((row) => ({ target: row.target, by: row.escalated_by, at: row.escalated_at, state: row.state }));
}

const RecordRow = z
  .object({
    campaign_id: z.number(),
    target: Target,
    escalated_by: z.string(),
    escalated_at: Timestamp,
    reason: z.string(),
    state: z.enum(['under_way', 'there', 'failed', 'over']),
    acknowledged_at: Timestamp.nullable(),
    ended_at: Timestamp.nullable(),
  })
  .transform(
    (row): EscalationRecord => ({
      campaign: row.campaign_id,
      target: row.target,
      by: row.escalated_by,
      at: row.escalated_at,
      reason: row.reason,
      state: row.state,
      acknowledgedAt: row.acknowledged_at,
      endedAt: row.ended_at,
    }),
  );

/**
 * Escalations, the newest first: all of one campaign; or those of any that stand, with those that were made, ended or given
 * up from `since` on.
 */
export function listEscalations(
  db: Database,
  of: { campaign: number } | { since: number },
  limit: number,
): Promise<EscalationRecord[]> {
  const wanted =
    'campaign' in of
      ? sql`x.campaign_id = ${of.campaign}`
      : sql`(x.ended_at is null and x.failed_at is null
             or greatest(x.escalated_at, x.ended_at, x.failed_at) >= ${new Date(of.since)})`;
  return many(
    db,
    RecordRow,
    sql`
      select x.campaign_id, x.target, x.escalated_by, x.escalated_at, x.reason, x.acknowledged_at, x.ended_at,
        case when x.failed_at is not null then 'failed' when x.ended_at is not null then 'over'
          when e.state in ('pending', 'sending') then 'under_way' else 'there' end as state
      from escalation x
      left join escalation_event e on e.escalation_id = x.escalation_id and e.kind = 'trigger'
      where ${wanted}
      order by x.escalated_at desc, x.escalation_id desc limit ${limit}`,
  );
}
