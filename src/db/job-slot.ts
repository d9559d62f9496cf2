import type { Pool } from 'pg';
import sql from 'sql-template-tag';
import { z } from 'zod';
import type { JobHealth } from '../campaigns/health.ts';
import { type Database, execute, many, maybeOne, one, Quantity, Timestamp, transaction } from './query.ts';

/** One slot of one job; `token` is who holds it. Times are epoch milliseconds. */
export interface SlotClaim {
  job: string;
  slotAt: number;
  token: string;
}

/** The database's clock: replicas whose own clocks differ still agree on slots and leases. */
export async function databaseNow(db: Database): Promise<number> {
  return (await one(db, z.object({ at: Timestamp }), sql`select clock_timestamp() as at`)).at;
}

/**
 * The newest slot that needs no more work: done, or given up after `maxAttempts`. Slots are run in order, so all before
 * it are settled too. A job that was never seen gets `firstAt` as its beginning.
 */
export async function lastSettledSlot(
  db: Database,
  { job, maxAttempts, firstAt }: { job: string; maxAttempts: number; firstAt: number },
): Promise<number> {
  const newest = sql`
    select max(slot_at) as at from job_slot
    where job = ${job} and (state = 'done' or (state = 'failed' and attempts >= ${maxAttempts}))`;
  const found = await one(db, z.object({ at: Timestamp.nullable() }), newest);
  if (found.at !== null) return found.at;
  const at = new Date(firstAt);
  await execute(
    db,
    sql`insert into job_slot (job, slot_at, state, attempts, started_at, finished_at, result)
      select ${job}, ${at}, 'done', 0, ${at}, ${at}, '{"beginning": true}'
      where not exists (select from job_slot where job = ${job})
      on conflict do nothing`,
  );
  return (await one(db, z.object({ at: Timestamp.nullable() }), newest)).at ?? firstAt;
}

/**
 * Claims a slot: a new one, a failed one whose pause is over, or one whose holder let its lease expire. Returns which
 * attempt this is; undefined where it is not to be had, also while another slot of the job runs.
 */
export async function claimSlot(
  pool: Pool,
  { job, slotAt, token }: SlotClaim,
  { now, leaseMs, maxAttempts }: { now: number; leaseMs: number; maxAttempts: number },
): Promise<number | undefined> {
  const at = new Date(now);
  const slot = new Date(slotAt);
  const until = new Date(now + leaseMs);
  return transaction(pool, async (tx) => {
    // Two replicas may want different slots of one job at the same moment.
    await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`job ${job}`}, 0))`);
    const claimed = await maybeOne(
      tx,
      z.object({ attempts: z.number() }),
      sql`insert into job_slot as held (job, slot_at, state, attempts, lease_token, lease_until, started_at)
        select ${job}, ${slot}, 'running', 1, ${token}::uuid, ${until}, ${at}
        where not exists (
          select from job_slot
          where job = ${job} and slot_at <> ${slot} and state = 'running' and lease_until > ${at})
        on conflict (job, slot_at) do update
          set state = 'running', attempts = held.attempts + 1, lease_token = excluded.lease_token,
            lease_until = excluded.lease_until, started_at = excluded.started_at, error = null
          where held.state <> 'done' and held.lease_until <= ${at} and held.attempts < ${maxAttempts}
        returning attempts`,
    );
    return claimed?.attempts;
  });
}

/** Holds a claim for longer. False where it is lost. */
export async function renewSlot(db: Database, { job, slotAt, token }: SlotClaim, until: number): Promise<boolean> {
  const touched = await execute(
    db,
    sql`update job_slot set lease_until = ${new Date(until)}
      where job = ${job} and slot_at = ${new Date(slotAt)} and state = 'running' and lease_token = ${token}::uuid`,
  );
  return touched === 1;
}

/** How a run ended: for good, or to be tried again from `retryAt` on; `counts` tells whether it was a fair attempt. */
export type SlotEnd =
  | { ok: true; result: Record<string, unknown> }
  | { ok: false; error: string; retryAt: number; counts: boolean };

/** Writes down how a run ended. False, and nothing is written, where the claim was lost meanwhile. */
export async function finishSlot(
  db: Database,
  { job, slotAt, token }: SlotClaim,
  now: number,
  end: SlotEnd,
): Promise<boolean> {
  const touched = await execute(
    db,
    sql`update job_slot set finished_at = ${new Date(now)}, lease_token = null,
        state = ${end.ok ? 'done' : 'failed'}, lease_until = ${new Date(end.ok ? now : end.retryAt)},
        result = ${end.ok ? JSON.stringify(end.result) : null}::jsonb, error = ${end.ok ? null : end.error},
        attempts = attempts - ${end.ok || end.counts ? 0 : 1}
      where job = ${job} and slot_at = ${new Date(slotAt)} and state = 'running' and lease_token = ${token}::uuid`,
  );
  return touched === 1;
}

/** Gives up slots whose last allowed run ended without a word, as when the run itself ends the process. */
export async function giveUpSlots(db: Database, job: string, maxAttempts: number, now: number): Promise<number> {
  const at = new Date(now);
  return execute(
    db,
    sql`update job_slot set state = 'failed', finished_at = ${at}, lease_token = null,
        error = 'the process ended during the last attempt'
      where job = ${job} and state = 'running' and attempts >= ${maxAttempts} and lease_until <= ${at}`,
  );
}

/** Records slots that will not be run, as gaps: failed, with the reason. */
export async function recordGaps(
  db: Database,
  job: string,
  { slots, maxAttempts, now, reason }: { slots: number[]; maxAttempts: number; now: number; reason: string },
): Promise<number> {
  const at = new Date(now);
  return execute(
    db,
    sql`insert into job_slot (job, slot_at, state, attempts, started_at, finished_at, lease_until, error)
      select ${job}, slot_at, 'failed', ${maxAttempts}, ${at}, ${at}, ${at}, ${reason}
      from unnest(${slots.map((slot) => new Date(slot))}::timestamptz[]) as slot_at
      on conflict (job, slot_at) do nothing`,
  );
}

const HealthRow = z
  .object({ job: z.string(), last_done_at: Timestamp.nullable(), error: z.string().nullable(), failed: Quantity })
  .transform(
    (row): JobHealth => ({ job: row.job, lastDoneAt: row.last_done_at, error: row.error, failedDay: row.failed }),
  );

/** How the newest runs of each job went, and how many of its slots failed since a time. */
export function readJobHealth(db: Database, since: number): Promise<JobHealth[]> {
  return many(
    db,
    HealthRow,
    sql`
      -- From one name to the next in the index: a month's slots are not read for a dozen of them.
      with recursive named as (
        (select job from job_slot order by job limit 1)
        union all
        select (select s.job from job_slot s where s.job > n.job order by s.job limit 1) from named n where n.job is not null
      )
      select n.job, done.finished_at as last_done_at,
        case when newest.state = 'failed' then coalesce(newest.error, 'unknown') end as error,
        (select count(*) from job_slot f
         where f.job = n.job and f.state = 'failed' and f.slot_at >= ${new Date(since)}) as failed
      from named n
      cross join lateral (
        select state, error from job_slot s where s.job = n.job order by slot_at desc limit 1) newest
      left join lateral (
        select finished_at from job_slot d where d.job = n.job and d.state = 'done'
        order by slot_at desc limit 1) done on true
      order by n.job`,
  );
}

const JobFigures = z
  .object({ job: z.string(), done_at: Timestamp.nullable(), seconds: z.number().nullable(), failed: Quantity })
  .transform(({ done_at: doneAt, ...row }) => ({ ...row, doneAt }));

/** Of each job with slots after `since`: when one was done last, how long that took, and how many failed. */
export function readJobFigures(db: Database, since: number): Promise<z.output<typeof JobFigures>[]> {
  return many(
    db,
    JobFigures,
    sql`
      select job, max(finished_at) filter (where state = 'done') as done_at,
        (array_agg(extract(epoch from finished_at - started_at)::float order by slot_at desc)
          filter (where state = 'done'))[1] as seconds,
        count(*) filter (where state = 'failed') as failed
      from job_slot where slot_at >= ${new Date(since)} group by job order by job`,
  );
}

/** Forgets at most so many slots that ended before a time, but for each job's newest. Returns how many. */
export function forgetSlots(db: Database, before: number, limit: number): Promise<number> {
  return execute(
    db,
    sql`
      delete from job_slot where (job, slot_at) in (
        select s.job, s.slot_at from job_slot s
        where s.state <> 'running' and s.finished_at < ${new Date(before)}
          and exists (select from job_slot n where n.job = s.job and n.slot_at > s.slot_at and n.state = 'done')
        limit ${limit})`,
  );
}
