import type pg from 'pg';
import { FAMILIES } from '../../src/campaigns/campaign.ts';
import { type AuditRecord, hashOfRecord } from '../../src/db/audit-entry.ts';
import { ensurePartitions } from '../../src/db/day-partition.ts';
import { noteHitFigures } from '../../src/db/hit-figure.ts';
import { advanceWatermark } from '../../src/db/watermark.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { DAY_MS } from '../../src/time-units.ts';
import { fillCampaigns } from './fill-campaigns.ts';
import { fillTraffic } from './fill-traffic.ts';

export interface Size {
  /** Of all: an eleventh of them are the large campaign, as in the letter. */
  accounts: number;
  /** Of roll-ups by account. */
  days: number;
  /** Epoch milliseconds. */
  now: number;
}

const MINUTE_MS = 60_000;
/** Of raw rows and sightings, as far as a verb looks back. */
const RAW_DAYS = 2;
const SIGHTING_DAYS = 8;
/** At the letter’s size: of some months; fewer with fewer accounts. */
const AUDIT_ENTRIES = 20_000;
const SLOT_DAYS = 30;
const LETTER_ACCOUNTS = 275_000;

/**
 * Rows as a provider's database would have them, where the verbs read. **Synthetic**: made by SQL, none of it was
 * ingested, and the audit alone is written by the program, since its hashes must hold.
 */
export async function fillDatabase(pool: pg.Pool, size: Size, say: (line: string) => void): Promise<void> {
  const { now } = size;
  const share = size.accounts / LETTER_ACCOUNTS;
  const run = async (what: string, work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    say(`${what}: ${((performance.now() - start) / 1_000).toFixed(1)} s`);
  };
  await ensurePartitions(pool, now - SIGHTING_DAYS * DAY_MS, now + DAY_MS);
  await run('accounts, days, sightings and raw rows', () =>
    fillTraffic(pool, size, { rawDays: RAW_DAYS, sightingDays: SIGHTING_DAYS }),
  );
  await run('campaigns, findings and proposals', () => fillCampaigns(pool, size));
  await noteHitFigures(pool, now - DAY_MS);
  await run('audit entries', () => fillAudit(pool, now, Math.ceil(AUDIT_ENTRIES * share)));
  await run('the rest', () => fillHistory(pool, now, Math.ceil(SLOT_DAYS * share)));
  for (const name of ['events', 'traits', 'thin_traits', 'retention'] as const) {
    await advanceWatermark(pool, name, now - 10 * MINUTE_MS);
  }
  // As autovacuum would have by then.
  await run('vacuum', () => pool.query({ text: 'vacuum (analyze)', query_timeout: 600_000 } as pg.QueryConfig));
}

/** Half a year of what people and detections did, over the campaigns in turn, with hashes that hold. */
async function fillAudit(pool: pg.Pool, now: number, count: number): Promise<void> {
  const actions = ['campaign.grow', 'campaign.acknowledge', 'campaign.snooze', 'campaign.dismiss', 'campaign.reopen'];
  let previous = '0'.repeat(64);
  const entries = Array.from({ length: count }, (_, at) => {
    const action = actions[at % actions.length] ?? '';
    const record: AuditRecord = {
      seq: at + 1,
      at: new Date(now - (count - at) * 13 * MINUTE_MS).toISOString(),
      actor: action === 'campaign.grow' ? 'retort' : 'U0MARA',
      action,
      subject: `C-${(at % 41) + 1}`,
      reason: 'written for the benchmark',
      detail: { accounts: at, families: FAMILIES.slice(0, 1 + (at % 5)) },
      previous_hash: previous,
    };
    previous = hashOfRecord(record);
    return { ...record, hash: previous };
  });
  await pool.query(
    `insert into audit_entry (seq, at, actor, action, subject, reason, detail, previous_hash, hash)
     select seq, at, actor, action, subject, reason, detail, decode(previous_hash, 'hex'), decode(hash, 'hex')
     from jsonb_to_recordset($1::jsonb) as r(seq bigint, at timestamptz, actor text, action text, subject text,
       reason text, detail jsonb, previous_hash text, hash text)`,
    [JSON.stringify(entries)],
  );
}

/** What the jobs, the outbox, ingest and people left behind. */
async function fillHistory(pool: pg.Pool, now: number, slotDays: number): Promise<void> {
  const at = new Date(now);
  const ids = DETECTIONS.map(({ id }) => id);
  await pool.query(
    `insert into job_slot (job, slot_at, state, attempts, started_at, finished_at, result)
     select job, slot, 'done', 1, slot, slot + interval '1 second', '{}'::jsonb
     from unnest(array['roll-up', 'on-call', 'wake', 'home']) as j(job),
       generate_series(date_trunc('minute', $1::timestamptz) - $2::int * interval '1 day', $1, interval '1 minute') as s(slot)
     union all
     -- The look of this hour is over: the next one begins with the next hour.
     select job, slot, 'done', 1, slot, slot + interval '1 minute', '{}'::jsonb
     from unnest(array['detect', 'partitions', 'retention', 'forget-requests', 'self-check', 'digest']) as j(job),
       generate_series(date_trunc('hour', $1::timestamptz) - $2::int * interval '1 day', $1, interval '1 hour') as s(slot)`,
    [at, slotDays],
  );
  await pool.query(
    `insert into detection_run (detection_id, ran_at, window_end) select id, $2, $2 from unnest($1::text[]) as d(id)`,
    [ids, at],
  );
  await pool.query(
    `insert into detection_gap (detection_id, window_end, reason, error, state, attempts, recorded_at, settled_at)
     select id, slot, 'late', '', 'caught_up', 1, slot, slot
     from unnest($1::text[]) as d(id), generate_series($2::timestamptz - interval '13 days', $2, interval '6 hours') as s(slot)`,
    [ids, at],
  );
  await pool.query(
    `insert into outbox (kind, campaign_id, dedup_key, payload, state, delivery_id, not_before, created_at, sent_at)
     select 'campaign_reply', 1 + n % 41, 'bench:' || n, '{"type": "grew"}', 'sent', gen_random_uuid(),
       $1::timestamptz - n * interval '5 minutes', $1::timestamptz - n * interval '5 minutes', $1
     from generate_series(1, 10000) as n`,
    [at],
  );
  await pool.query(
    `insert into ingest_batch (source, opened_at, closed_at, rolled_up_at, traits_rolled_up_at, accepted)
     select 'bench', t, t, t, t, 5000
     from generate_series($1::timestamptz - interval '45 days', $1, interval '5 minutes') as s(t)`,
    [at],
  );
  await pool.query(
    `insert into quarantine (batch_id, source, line_number, reason, line_bytes, line_hash, quarantined_at)
     select 1, 'bench', n, 'occurred_at: is missing', 300, n, $1::timestamptz - n * interval '1 minute'
     from generate_series(1, 50000) as n`,
    [at],
  );
  await pool.query(
    `insert into exception_entry (kind, subject, owner, reason, added_by, added_at, ends_at, ended_by, ended_at)
     select 'organization', 'org_' || n, 'U0MARA', 'evaluation contract', 'U0MARA', $1::timestamptz - interval '20 days',
       $1::timestamptz + interval '20 days', case when n > 60 then 'U0MARA' end, case when n > 60 then $1::timestamptz end
     from generate_series(1, 200) as n`,
    [at],
  );
}
