import sql from 'sql-template-tag';
import { z } from 'zod';
import { Status } from '../campaigns/campaign.ts';
import type { StatusFigures } from '../campaigns/status-figures.ts';
import { DAY_MS } from '../time-units.ts';
import { auditHead } from './audit-entry.ts';
import { readGapFigures } from './detection-gap.ts';
import { readHeldCampaigns } from './legal-hold.ts';
import { oldestEscalation } from './escalation-event.ts';
import { outboxFigures } from './outbox.ts';
import { readFreeze } from './action-freeze.ts';
import { waitingProposals } from './proposal.ts';
import { type Database, many, one, Quantity, Timestamp } from './query.ts';
import { readWatermark } from './watermark.ts';

/** Reads what `/campaign status` tells. */
export async function readStatus(db: Database, now: number): Promise<StatusFigures> {
  const campaigns = await many(
    db,
    z.object({ status: Status, campaigns: Quantity, oldest: Timestamp.nullable() }),
    sql`select status, count(*) as campaigns, min(alerted_at) as oldest from campaign group by status order by status`,
  );
  const { counts, oldestWaitingAt } = await outboxFigures(db);
  const head = await auditHead(db);
  return {
    now,
    eventsUntil: (await readWatermark(db, 'events')) ?? null,
    campaigns: Object.fromEntries(campaigns.map((row) => [row.status, row.campaigns])),
    oldestUnansweredAt: campaigns.find((row) => row.status === 'suspected')?.oldest ?? null,
    gaps: await readGapFigures(db, { from: now - DAY_MS, to: now + 1 }),
    quarantinedDay: await countQuarantined(db, now - DAY_MS, now),
    outbox: { waiting: counts.pending + counts.sending + counts.unknown, dead: counts.dead, oldestWaitingAt },
    oldestEscalationAt: await oldestEscalation(db),
    actions: { freeze: (await readFreeze(db)) ?? null, waiting: await waitingProposals(db, now) },
    holds: await readHeldCampaigns(db),
    audit: { entries: head.seq, hash: head.hash },
  };
}

/** Records quarantined from `from` to before `to`. */
export async function countQuarantined(db: Database, from: number, to: number): Promise<number> {
  const { records } = await one(
    db,
    z.object({ records: Quantity }),
    sql`select count(*) as records from quarantine
        where quarantined_at >= ${new Date(from)} and quarantined_at < ${new Date(to)}`,
  );
  return records;
}
