import { readConfig } from '../../src/config.ts';
import { readCampaignRecords } from '../../src/db/campaign-records.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { createFingerprinter } from '../../src/ingest/fingerprint.ts';
import { openInput } from '../../src/ingest/open-input.ts';
import { createLog } from '../../src/log.ts';
import { replay } from '../../src/replay/replay.ts';
import { createTemporaryDatabase } from '../../src/replay/temporary-database.ts';
import type { Written } from '../worlds/output/write-world.ts';
import { Replay } from './replay-world.ts';
import { type Candidate, CandidateTrack } from './track-candidates.ts';

/** The same replay as a person's, in this process, so that the groups that nobody is told of are seen as well. */
export async function replayScored({
  accounts,
  exchanges,
  releases,
  truth,
}: Written): Promise<Replay & { candidates: Candidate[] }> {
  const { databaseUrl, allowedLatenessMs } = readConfig();
  const log = createLog('warn');
  const fingerprinter = createFingerprinter('a benchmark keeps nothing');
  const track = new CandidateTrack();
  const started = performance.now();
  const database = await createTemporaryDatabase(databaseUrl, log);
  try {
    const { quarantined } = await replay({
      pool: database.pool,
      accounts: await openInput(accounts),
      exchanges: await openInput(exchanges),
      releases: await openInput(releases),
      fingerprinter,
      detections: DETECTIONS,
      allowedLatenessMs,
      log,
      now: Date.now,
      onScored: (groups) => track.add(groups),
    });
    const seconds = (performance.now() - started) / 1_000;
    const campaigns = await readCampaignRecords(database.pool);
    const named = [...truth.campaigns, ...truth.lookalikes].flatMap(({ account_ids }) => account_ids);
    const idOf = new Map(named.map((id) => [String(fingerprinter.accountKey(id)), id]));
    const candidates = track
      .candidates()
      .map(({ accounts: keys, ...group }) => ({ ...group, accounts: keys.map((key) => idOf.get(key) ?? key) }));
    return { ...Replay.parse({ campaigns, quarantined, seconds }), candidates };
  } finally {
    await database.remove();
  }
}
