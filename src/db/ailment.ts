import sql from 'sql-template-tag';
import { z } from 'zod';
import { AILMENTS, type AilmentName, type SelfFigures } from '../campaigns/ailment.ts';
import type { DiskRoom } from './embedded/disk-room.ts';
import { readGapFigures } from './detection-gap.ts';
import { newestRun } from './detection-run.ts';
import { oldestEscalation } from './escalation-event.ts';
import { readJobHealth } from './job-slot.ts';
import { oldestLatePost } from './outbox.ts';
import { type Database, many, maybeOne, Timestamp } from './query.ts';
import { readWatermark } from './watermark.ts';

/** What ailments are judged by, the disk of our own database among them. */
export async function readSelfFigures(
  db: Database,
  { now, disk }: { now: number; disk: DiskRoom | undefined },
): Promise<SelfFigures> {
  return {
    now,
    diskShortSince: (await disk?.look())?.shortSince ?? null,
    eventsUntil: (await readWatermark(db, 'events')) ?? null,
    detectedAt: await lastLook(db, now),
    // Nothing was noted in no time: only what is still open.
    gaps: await readGapFigures(db, { from: now, to: now }),
    oldestWaitingAt: await oldestLatePost(db, now),
    oldestEscalationAt: await oldestEscalation(db),
    retainedAt: (await readWatermark(db, 'retention')) ?? null,
  };
}

/** When the job last saw that there was little to look at, or looked; or when a person had it look. */
async function lastLook(db: Database, now: number): Promise<number | null> {
  const job = (await readJobHealth(db, now)).find(({ job: name }) => name === 'detect');
  const times = [job?.lastDoneAt ?? null, await newestRun(db)].filter((at) => at !== null);
  return times.length === 0 ? null : Math.max(...times);
}

/** Ailments that were told of, with since when they lasted; epoch milliseconds. */
export async function readAilments(db: Database): Promise<Map<AilmentName, number>> {
  const rows = await many(
    db,
    z.object({ ailment: z.enum(AILMENTS), since: Timestamp }),
    sql`select ailment, since from ailment order by ailment`,
  );
  return new Map(rows.map(({ ailment, since }) => [ailment, since]));
}

const Begun = z.object({ begun_at: Timestamp });

/** Notes that an ailment began. Undefined where it was noted already, else when it was noted. */
export async function noteAilment(
  tx: Database,
  { ailment, since }: { ailment: AilmentName; since: number },
  now: number,
): Promise<number | undefined> {
  const row = await maybeOne(
    tx,
    Begun,
    sql`
      insert into ailment (ailment, since, begun_at) values (${ailment}, ${new Date(since)}, ${new Date(now)})
      on conflict do nothing returning begun_at`,
  );
  return row?.begun_at;
}

/** Notes that it is over. Undefined where that was noted already, else when it was noted to have begun. */
export async function endAilment(tx: Database, ailment: AilmentName): Promise<number | undefined> {
  return (await maybeOne(tx, Begun, sql`delete from ailment where ailment = ${ailment} returning begun_at`))?.begun_at;
}
