import sql from 'sql-template-tag';
import { z } from 'zod';
import { type Database, many } from './query.ts';

/** A place in LiteLLM's table; `startTime` as it stands there: UTC, without a zone. */
export interface SpendLogPlace {
  startTime: string;
  requestId: string;
}

const SpendLog = z
  .object({ request_id: z.string(), start_time: z.string(), row: z.record(z.string(), z.unknown()) })
  .transform((row) => ({ requestId: row.request_id, startTime: row.start_time, row: row.row }));
export type SpendLog = z.output<typeof SpendLog>;

/**
 * Rows of `LiteLLM_SpendLogs` after a place, oldest first, in LiteLLM's own database. Answers of the model are left
 * there, but for why they ended. As JSON, so that columns which an older LiteLLM lacks are merely absent.
 */
export function readSpendLogs(db: Database, after: SpendLogPlace, limit: number): Promise<SpendLog[]> {
  return many(
    db,
    SpendLog,
    sql`
      select request_id, to_jsonb(s) ->> 'startTime' as start_time,
        (to_jsonb(s) - 'response') || jsonb_build_object('response', jsonb_build_object('choices',
          jsonb_build_array(jsonb_build_object('finish_reason', to_jsonb(s) #> '{response,choices,0,finish_reason}'))))
          as row
      from "LiteLLM_SpendLogs" s
      where ("startTime", request_id) > (${after.startTime}::timestamp, ${after.requestId})
      order by "startTime", request_id
      limit ${limit}`,
  );
}
