import type pg from 'pg';
import { readCampaignRecords } from '../../src/db/campaign-records.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { createFingerprinter } from '../../src/ingest/fingerprint.ts';
import { silentLog } from '../../src/log.ts';
import { replay } from '../../src/replay/replay.ts';
import { Report } from '../detection/replay-world.ts';
import { scoreReplay } from '../detection/score.ts';
import type { Figure } from './figure.ts';
import type { WorldLines } from './world-lines.ts';

const LATENESS_MS = 600_000;
const TOLD_EVERY = 24;
/** Of the whole run at full size, in exchanges: the campaign's, and eleven times as many in all. */
const WHOLE = 317e6;
const WHOLE_SECONDS = 3_600;

/** The whole run: the world as it is made, through the same jobs as live, hour by hour of its own time. */
export async function measureCampaign(
  pool: pg.Pool,
  world: WorldLines,
  say: (line: string) => void,
): Promise<Figure[]> {
  const start = performance.now();
  const { exchanges, cycles } = await replay({
    pool,
    accounts: world.accounts,
    exchanges: world.until(world.endAt),
    releases: world.releases,
    fingerprinter: createFingerprinter('a key for the benchmark, of some length'),
    detections: DETECTIONS,
    allowedLatenessMs: LATENESS_MS,
    log: silentLog,
    now: Date.now,
    onCycle(at, done) {
      if (done % TOLD_EVERY === 0) {
        const seconds = ((performance.now() - start) / 1_000).toFixed(0);
        say(
          `${new Date(at).toISOString().slice(0, 10)}: ${world.made().toLocaleString('en')} exchanges after ${seconds} s`,
        );
      }
    },
  });
  const all = (performance.now() - start) / 1_000;
  const seconds = all - world.seconds();
  const truth = world.truth();
  // A campaign that has sent nothing is none.
  const campaigns = truth.campaigns.flatMap((each) =>
    each.first_exchange_at === null ? [] : [{ ...each, first_exchange_at: each.first_exchange_at }],
  );
  const score = scoreReplay({ ...truth, campaigns }, Report.array().parse(await readCampaignRecords(pool)));
  const [campaign] = score.campaigns;
  const rate = exchanges / seconds;
  const whole = WHOLE / WHOLE_SECONDS;
  const memory = process.resourceUsage().maxRSS / 1024;
  return [
    {
      measure: 'the whole run: exchanges a second',
      value: rate,
      toReach: `≥ ${Math.round(whole).toLocaleString('en')} (317 M in an hour)`,
      holds: rate >= whole,
      note: `${exchanges.toLocaleString('en')} exchanges, ${cycles} hours, in ${seconds.toFixed(0)} s; making them took ${world.seconds().toFixed(0)} s more; ${memory.toFixed(0)} MB at most`,
    },
    {
      measure: 'share of the campaign’s exchanges before its first alert, %',
      value: campaign === undefined || campaign.hours === undefined ? undefined : 100 * campaign.share,
      toReach: '≤ 2',
      holds: campaign?.hours !== undefined && campaign.share <= 0.02,
      note: campaign?.hours === undefined ? 'no alert' : `${campaign.hours.toFixed(1)} h after its first`,
    },
    { measure: 'account precision', value: score.precision, toReach: '≥ 0.99', holds: (score.precision ?? 0) >= 0.99 },
    { measure: 'account recall', value: score.recall, toReach: '≥ 0.95', holds: (score.recall ?? 0) >= 0.95 },
  ];
}
