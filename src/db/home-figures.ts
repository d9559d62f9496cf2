import sql from 'sql-template-tag';
import { z } from 'zod';
import { Severity, SEVERITIES } from '../campaigns/campaign.ts';
import { Digest } from '../campaigns/digest.ts';
import { approvableBy, type HomeFigures } from '../campaigns/home.ts';
import { DAY_MS } from '../time-units.ts';
import { listCampaigns } from './campaign.ts';
import { listEscalations } from './escalation.ts';
import { readGapFigures } from './detection-gap.ts';
import { readPrecision } from './precision.ts';
import { waitingProposals } from './proposal.ts';
import { type Database, many, maybeOne, Quantity } from './query.ts';
import { readWatermark } from './watermark.ts';

const OPEN = ['suspected', 'acknowledged', 'confirmed'] as const;
const MOST = 8;

/** What a person's Home shows; `isApprover`: whether they may approve at all. */
export async function readHome(
  db: Database,
  { user, isApprover, now }: { user: string; isApprover: boolean; now: number },
): Promise<HomeFigures> {
  const open = await many(
    db,
    z.object({ severity: Severity, campaigns: Quantity, unanswered: Quantity }),
    sql`
      select severity, count(*) as campaigns, count(*) filter (where status = 'suspected') as unanswered
      from campaign where status = any(${[...OPEN]})
      group by severity order by array_position(${[...SEVERITIES]}::text[], severity)`,
  );
  return {
    user,
    mine: await listCampaigns(db, { statuses: OPEN, holder: user, limit: MOST, offset: 0 }),
    unanswered: await listCampaigns(db, { statuses: ['suspected'], limit: MOST, offset: 0 }),
    open,
    approvals: isApprover ? approvableBy(user, await waitingProposals(db, now)) : [],
    escalations: await listEscalations(db, { since: now - DAY_MS }, MOST),
    precision: await readPrecision(db),
    gaps: await readGapFigures(db, { from: now - DAY_MS, to: now + 1 }),
    eventsUntil: (await readWatermark(db, 'events')) ?? null,
    lastDigest: await readLastDigest(db),
  };
}

async function readLastDigest(db: Database): Promise<HomeFigures['lastDigest']> {
  const row = await maybeOne(
    db,
    z.object({ payload: Digest, channel: z.string().nullable() }),
    sql`select payload, channel from outbox where kind = 'digest' and state = 'sent' order by outbox_id desc limit 1`,
  );
  return row === undefined ? null : { digest: row.payload, channel: row.channel };
}
