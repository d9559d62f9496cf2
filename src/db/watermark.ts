import sql from 'sql-template-tag';
import { z } from 'zod';
import { type Database, execute, maybeOne, Timestamp } from './query.ts';

/**
 * What has a watermark: `events` is how far the counts go, `traits` how far detections may look, `thin_traits` how far raw
 * rows were read again, `litellm` how far LiteLLM's table was read, `dropped_…` up to where days were dropped, and `retention`
 * when all was dropped that was due.
 */
export type WatermarkName =
  | 'events'
  | 'traits'
  | 'thin_traits'
  | 'litellm'
  | 'dropped_exchanges'
  | 'dropped_traits'
  | 'retention';

export async function readWatermark(db: Database, name: WatermarkName): Promise<number | undefined> {
  const row = await maybeOne(db, z.object({ at: Timestamp }), sql`select at from watermark where name = ${name}`);
  return row?.at;
}

/** Moves a watermark on; it never moves back. */
export async function advanceWatermark(db: Database, name: WatermarkName, at: number): Promise<void> {
  await execute(
    db,
    sql`
      insert into watermark as w values (${name}, ${new Date(at)})
      on conflict (name) do update set at = greatest(w.at, excluded.at)`,
  );
}
