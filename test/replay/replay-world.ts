import type pg from 'pg';
import type { CampaignRecord } from '../../src/campaigns/campaign-record.ts';
import { readCampaignRecords } from '../../src/db/campaign-records.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import type { Input } from '../../src/ingest/open-input.ts';
import { silentLog } from '../../src/log.ts';
import { replay, type ReplayCounts } from '../../src/replay/replay.ts';
import { createTestDatabase } from '../database.ts';
import { fingerprinter } from '../detections/load-world.ts';

export interface Recording {
  accounts: Iterable<object | string>;
  exchanges: Iterable<object | string>;
}

/** Lines as a file would give them: objects as JSON, texts as they are. */
function inputOf(name: string, lines: Iterable<object | string>): Input {
  async function* chunks() {
    let chunk = '';
    for (const line of lines) {
      chunk += `${typeof line === 'string' ? line : JSON.stringify(line)}\n`;
      if (chunk.length < 65_536) continue;
      yield Buffer.from(chunk);
      chunk = '';
    }
    yield Buffer.from(chunk);
  }
  return { name, bytes: undefined, readBytes: () => 0, chunks: chunks() };
}

export interface Replayed {
  campaigns: CampaignRecord[];
  counts: ReplayCounts;
}

/** Replays a recording in a database of its own; `after` may look at it before it goes. */
export async function replayOf(
  { accounts, exchanges }: Recording,
  after: (pool: pg.Pool) => Promise<void> = async () => {},
): Promise<Replayed> {
  const database = await createTestDatabase();
  const { pool } = database;
  try {
    const counts = await replay({
      pool,
      accounts: inputOf('accounts', accounts),
      exchanges: inputOf('exchanges', exchanges),
      fingerprinter,
      detections: DETECTIONS,
      allowedLatenessMs: 10 * 60_000,
      log: silentLog,
      now: Date.now,
    });
    const campaigns = await readCampaignRecords(pool);
    await after(pool);
    return { campaigns, counts };
  } finally {
    await database.drop();
  }
}

/** How many of the accounts that were named are guilty, and of the guilty were named. */
export function accuracy(campaigns: readonly CampaignRecord[], guilty: ReadonlySet<string>) {
  const named = new Set(campaigns.flatMap((campaign) => campaign.account_ids));
  const caught = [...named].filter((account) => guilty.has(account)).length;
  return { precision: named.size === 0 ? 1 : caught / named.size, recall: caught / guilty.size };
}
