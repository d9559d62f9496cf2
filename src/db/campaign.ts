import sql, { empty, type Sql } from 'sql-template-tag';
import { z } from 'zod';
import {
  Alerted,
  Assigned,
  Call,
  type Campaign,
  type CampaignFinding,
  Evidence,
  Family,
  Kind,
  SEVERITIES,
  Severity,
  Snooze,
  Status,
} from '../campaigns/campaign.ts';
import { formatCampaignId, parseCampaignId } from '../campaigns/campaign-id.ts';
import { type Database, many, maybeOne, one, Quantity, Timestamp } from './query.ts';

/** What a new campaign brings: the rest begins empty, the status as `suspected`. */
export type CampaignDraft = CampaignFinding &
  Partial<Pick<Campaign, 'status' | 'alertedAt' | 'alerted' | 'acknowledgedBy' | 'acknowledgedAt' | 'splitFrom'>>;

export interface CampaignFilter {
  statuses?: readonly Status[] | undefined;
  kinds?: readonly Kind[] | undefined;
  severities?: readonly Severity[] | undefined;
  families?: readonly Family[] | undefined;
  /** Who has it: assigned to them, or acknowledged by them while nobody else is assigned. */
  holder?: string | undefined;
  /** Only those that nobody has. */
  unheld?: boolean | undefined;
  /** Only those that are silent at this time, epoch milliseconds. */
  snoozedAt?: number | undefined;
  /** Only those that were told in this storm. */
  storm?: number | undefined;
  limit: number;
  offset: number;
}

/** The campaign was changed by someone else since it was read. */
export class CampaignMoved extends Error {
  override name = 'CampaignMoved';
}

const CampaignRow = z
  .object({
    campaign_id: z.number(),
    kind: Kind,
    status: Status,
    severity: Severity,
    confidence: z.number(),
    account_count: z.number(),
    exchange_count: Quantity,
    first_exchange_at: Timestamp.nullable(),
    last_exchange_at: Timestamp.nullable(),
    families: z.array(Family),
    detections: z.array(z.string()),
    evidence: Evidence,
    alerted_at: Timestamp.nullable(),
    alerted: Alerted.nullable(),
    acknowledged_by: z.string().nullable(),
    acknowledged_at: Timestamp.nullable(),
    decided_by: z.string().nullable(),
    decided_at: Timestamp.nullable(),
    decided_reason: z.string().nullable(),
    decided_accounts: z.number().nullable(),
    assigned: Assigned.nullable(),
    snooze: Snooze.nullable(),
    call: Call.nullable(),
    merged_into: z.number().nullable(),
    split_from: z.number().nullable(),
    joined: z.boolean(),
    post_channel: z.string().nullable(),
    post_ts: z.string().nullable(),
    created_at: Timestamp,
    updated_at: Timestamp,
    version: z.number(),
  })
  .transform(
    (row): Campaign => ({
      id: formatCampaignId(row.campaign_id),
      kind: row.kind,
      status: row.status,
      severity: row.severity,
      confidence: row.confidence,
      accountCount: row.account_count,
      exchangeCount: row.exchange_count,
      firstExchangeAt: row.first_exchange_at,
      lastExchangeAt: row.last_exchange_at,
      families: row.families,
      detections: row.detections,
      evidence: row.evidence,
      alertedAt: row.alerted_at,
      alerted: row.alerted,
      acknowledgedBy: row.acknowledged_by,
      acknowledgedAt: row.acknowledged_at,
      decided:
        row.decided_by === null || row.decided_at === null
          ? null
          : {
              by: row.decided_by,
              at: row.decided_at,
              reason: row.decided_reason ?? '',
              ...(row.decided_accounts === null ? {} : { accountCount: row.decided_accounts }),
            },
      assigned: row.assigned,
      snooze: row.snooze,
      call: row.call,
      mergedInto: row.merged_into === null ? null : formatCampaignId(row.merged_into),
      splitFrom: row.split_from === null ? null : formatCampaignId(row.split_from),
      joined: row.joined,
      post: row.post_channel === null || row.post_ts === null ? null : { channel: row.post_channel, ts: row.post_ts },
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      version: row.version,
    }),
  );

const COLUMNS = sql`campaign_id, kind, status, severity, confidence, account_count, exchange_count, first_exchange_at,
  last_exchange_at, families, detections, evidence, alerted_at, alerted, acknowledged_by, acknowledged_at,
  decided_by, decided_at, decided_reason, decided_accounts, assigned, snooze, call, merged_into, split_from, joined,
  post_channel, post_ts, created_at, updated_at, version`;

/** Writes a new campaign; its number is the database's. `now` is epoch milliseconds. */
export function createCampaign(tx: Database, draft: CampaignDraft, now: number): Promise<Campaign> {
  return one(
    tx,
    CampaignRow,
    sql`
      insert into campaign (kind, status, severity, confidence, account_count, exchange_count, first_exchange_at,
        last_exchange_at, families, detections, evidence, alerted_at, alerted, acknowledged_by, acknowledged_at,
        split_from, created_at, updated_at)
      values (${draft.kind}, ${draft.status ?? 'suspected'}, ${draft.severity}, ${draft.confidence},
        ${draft.accountCount}, ${draft.exchangeCount}, ${date(draft.firstExchangeAt)}, ${date(draft.lastExchangeAt)},
        ${draft.families}, ${draft.detections}, ${JSON.stringify(draft.evidence)}, ${date(draft.alertedAt ?? null)},
        ${json(draft.alerted ?? null)}, ${draft.acknowledgedBy ?? null}, ${date(draft.acknowledgedAt ?? null)},
        ${parseCampaignId(draft.splitFrom ?? '') ?? null}, ${date(now)}, ${date(now)})
      returning ${COLUMNS}`,
  );
}

export function loadCampaign(db: Database, number: number): Promise<Campaign | undefined> {
  return maybeOne(db, CampaignRow, sql`select ${COLUMNS} from campaign where campaign_id = ${number}`);
}

/** The campaign, held until the transaction ends: whoever decides on it reads it through this. */
export function lockCampaign(tx: Database, number: number): Promise<Campaign | undefined> {
  return maybeOne(tx, CampaignRow, sql`select ${COLUMNS} from campaign where campaign_id = ${number} for update`);
}

/** A page of campaigns, worst and newest first, with how many there are in all. */
export async function listCampaigns(
  db: Database,
  { limit, offset, ...filter }: CampaignFilter,
): Promise<{ campaigns: Campaign[]; total: number }> {
  const where = conditions(filter);
  const campaigns = await many(
    db,
    CampaignRow,
    sql`
      select ${COLUMNS} from campaign ${where}
      order by array_position(${[...SEVERITIES]}::text[], severity), campaign_id desc
      limit ${limit} offset ${offset}`,
  );
  const { total } = await one(db, z.object({ total: Quantity }), sql`select count(*) as total from campaign ${where}`);
  return { campaigns, total };
}

/** Numbers of the campaigns whose snooze has ended by `now`. */
export async function dueToWake(db: Database, now: number): Promise<number[]> {
  const rows = await many(
    db,
    z.object({ campaign_id: z.number() }),
    sql`select campaign_id from campaign where (snooze ->> 'until')::bigint <= ${now} order by campaign_id`,
  );
  return rows.map((row) => row.campaign_id);
}

const Standing = z
  .object({ campaign_id: z.number(), best_tie: z.number(), confidence: z.number(), joined: z.boolean() })
  .transform((row) => ({
    number: row.campaign_id,
    bestTie: row.best_tie,
    confidence: row.confidence,
    joined: row.joined,
  }));

/** The best evidence that each campaign had which is not merged, and whether a person merged others into it; by number. */
export function readBestEvidence(db: Database): Promise<z.output<typeof Standing>[]> {
  return many(
    db,
    Standing,
    sql`
      select campaign_id, (evidence ->> 'bestTie')::float as best_tie, confidence, joined
      from campaign where status <> 'merged' order by campaign_id`,
  );
}

/**
 * Writes every mutable column but the post, which is the delivery's own, and returns the campaign with its next
 * version. Throws `CampaignMoved` when the version is no longer the one that was read.
 */
export async function updateCampaign(tx: Database, campaign: Campaign, now: number): Promise<Campaign> {
  const updated = await maybeOne(
    tx,
    CampaignRow,
    sql`
      update campaign set
        kind = ${campaign.kind},
        status = ${campaign.status},
        severity = ${campaign.severity},
        confidence = ${campaign.confidence},
        account_count = ${campaign.accountCount},
        exchange_count = ${campaign.exchangeCount},
        first_exchange_at = ${date(campaign.firstExchangeAt)},
        last_exchange_at = ${date(campaign.lastExchangeAt)},
        families = ${campaign.families},
        detections = ${campaign.detections},
        evidence = ${JSON.stringify(campaign.evidence)},
        alerted_at = ${date(campaign.alertedAt)},
        alerted = ${json(campaign.alerted)},
        acknowledged_by = ${campaign.acknowledgedBy},
        acknowledged_at = ${date(campaign.acknowledgedAt)},
        decided_by = ${campaign.decided?.by ?? null},
        decided_at = ${date(campaign.decided?.at ?? null)},
        decided_reason = ${campaign.decided?.reason ?? null},
        decided_accounts = ${campaign.decided?.accountCount ?? null},
        assigned = ${json(campaign.assigned)},
        snooze = ${json(campaign.snooze)},
        call = ${json(campaign.call)},
        merged_into = ${parseCampaignId(campaign.mergedInto ?? '') ?? null},
        joined = ${campaign.joined},
        updated_at = ${date(now)},
        version = version + 1
      where campaign_id = ${campaignNumber(campaign)} and version = ${campaign.version}
      returning ${COLUMNS}`,
  );
  if (updated === undefined) throw new CampaignMoved(`${campaign.id} is past version ${campaign.version}`);
  return updated;
}

/** Remembers where the root message stands, or that it is gone; the version stays, since nothing was decided. */
export async function recordPost(tx: Database, number: number, post: Campaign['post']): Promise<void> {
  await tx.query(
    sql`update campaign set post_channel = ${post?.channel ?? null}, post_ts = ${post?.ts ?? null}
        where campaign_id = ${number}`,
  );
}

/** The number behind a campaign's id, as the tables know it. Throws for an id that is none. */
export function campaignNumber({ id }: Pick<Campaign, 'id'>): number {
  const number = parseCampaignId(id);
  if (number === undefined) throw new Error(`not a campaign's id: ${id}`);
  return number;
}

function date(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

const HOLDER = sql`coalesce(assigned ->> 'to', acknowledged_by)`;

function conditions(filter: Omit<CampaignFilter, 'limit' | 'offset'>): Sql {
  const { statuses, kinds, severities, families = [], holder, unheld = false, snoozedAt, storm } = filter;
  return sql`
    where true ${anyOf(sql`status`, statuses)} ${anyOf(sql`kind`, kinds)} ${anyOf(sql`severity`, severities)}
      ${families.length === 0 ? empty : sql`and families @> ${[...families]}::text[]`}
      ${holder === undefined ? empty : sql`and ${HOLDER} = ${holder}`}
      ${unheld ? sql`and ${HOLDER} is null` : empty}
      ${snoozedAt === undefined ? empty : sql`and (snooze ->> 'until')::bigint > ${snoozedAt}`}
      ${storm === undefined ? empty : sql`and storm_id = ${storm}`}`;
}

function anyOf(column: Sql, values: readonly string[] | undefined): Sql {
  return values === undefined || values.length === 0 ? empty : sql`and ${column} = any(${[...values]})`;
}
