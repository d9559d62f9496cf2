import type pg from 'pg';
import { type Ailment, compareAilments, findAilments, type SelfAlert } from '../campaigns/ailment.ts';
import { endAilment, noteAilment, readAilments, readSelfFigures } from '../db/ailment.ts';
import type { DiskRoom } from '../db/embedded/disk-room.ts';
import { enqueue } from '../db/outbox.ts';
import { transaction } from '../db/query.ts';
import { defineJob, type Job } from './job.ts';

export interface SelfCheckResult {
  ailments: string[];
  begun: string[];
  over: string[];
}

/** Looks whether Retort ails, and queues a word for Slack when something begins or is over: once each. */
export async function selfCheck({
  pool,
  now,
  disk,
}: {
  pool: pg.Pool;
  now: number;
  disk?: DiskRoom | undefined;
}): Promise<SelfCheckResult> {
  const found = findAilments(await readSelfFigures(pool, { now, disk }));
  const { begun, over } = compareAilments(await readAilments(pool), found);
  for (const ailment of begun) await tell(pool, ailment, { over: false, now });
  for (const ailment of over) await tell(pool, ailment, { over: true, now });
  const names = (all: readonly Ailment[]) => all.map(({ ailment }) => ailment);
  return { ailments: names(found), begun: names(begun), over: names(over) };
}

/** The note and the word in one transaction: a run that is repeated finds both or neither. */
function tell(pool: pg.Pool, ailment: Ailment, { over, now }: { over: boolean; now: number }): Promise<void> {
  return transaction(pool, async (tx) => {
    const begunAt = over ? await endAilment(tx, ailment.ailment) : await noteAilment(tx, ailment, now);
    if (begunAt === undefined) return;
    const payload: SelfAlert = { ...ailment, over, at: now };
    const dedupKey = `self:${ailment.ailment}:${begunAt}${over ? ':over' : ''}`;
    await enqueue(tx, { kind: 'self_alert', dedupKey, payload, notBefore: now }, now);
  });
}

export function selfCheckJob(options: { pool: pg.Pool; disk?: DiskRoom | undefined }): Job {
  return defineJob({
    name: 'self-check',
    schedule: '*/5 * * * *',
    run: async ({ now }) => ({ ...(await selfCheck({ ...options, now })) }),
  });
}
