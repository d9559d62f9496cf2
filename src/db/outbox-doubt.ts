import sql from 'sql-template-tag';
import { type Database, execute } from './query.ts';

/**
 * After a backup was restored: what waited then may have been posted since, so each row is looked for in Slack before it
 * is posted. Of messages that exclude each other only the first, as a worker would have taken it; the rest waits for it
 * and finds its message standing. Returns how many rows are doubtful now.
 */
export async function doubtPending(tx: Database): Promise<number> {
  return execute(
    tx,
    sql`
      update outbox set state = 'unknown'
      where state = 'pending' and (kind not in ('campaign_root', 'proposal', 'storm') or outbox_id in (
        select distinct on (kind, campaign_id, payload -> 'proposal') outbox_id from outbox
        where kind in ('campaign_root', 'proposal', 'storm') and state in ('pending', 'sending', 'unknown')
        order by kind, campaign_id, payload -> 'proposal', state = 'pending', not_before, outbox_id))`,
  );
}
