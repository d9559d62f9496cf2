import type { RetentionFigures } from '../campaigns/retention.ts';
import { oldestPending } from '../db/ingest-batch.ts';
import { readHeldCampaigns } from '../db/legal-hold.ts';
import type { Database } from '../db/query.ts';
import { readWatermark } from '../db/watermark.ts';

/** What stands in the way of a day's end: what is not rolled up, and what is held. */
export async function readRetentionFigures(
  db: Database,
  now: number,
): Promise<RetentionFigures & { held: Awaited<ReturnType<typeof readHeldCampaigns>> }> {
  const held = await readHeldCampaigns(db);
  return {
    now,
    closedUntil: (await readWatermark(db, 'traits')) ?? null,
    pendingFrom: await oldestPending(db),
    heldFrom: held[0]?.firstAt ?? null,
    held,
  };
}
