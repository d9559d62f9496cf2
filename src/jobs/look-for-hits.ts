import type pg from 'pg';
import type { GapReason } from '../campaigns/detection-gap.ts';
import type { DetectionState } from '../campaigns/detection-state.ts';
import type { Hit } from '../campaigns/hit.ts';
import { settleGaps } from '../db/detection-gap.ts';
import { noteRuns } from '../db/detection-run.ts';
import { readDetectionStates } from '../db/detection-state.ts';
import { saveHits } from '../db/hit.ts';
import { noteHitFigures } from '../db/hit-figure.ts';
import type { Detection } from '../detections/detection.ts';
import type { Log } from '../log.ts';
import { DAY_MS } from '../time-units.ts';
import { applyExceptions } from './apply-exceptions.ts';
import { catchUp, type CaughtUp } from './catch-up.ts';
import { type DetectionObserver, gatherHits } from './gather-hits.ts';

/** What a run says of itself beside its campaigns. */
export interface Noted {
  /** Hits of detections in shadow: recorded, and counted for nothing. */
  shadowHits: number;
  /** Accounts and hits that were left out because they are known to be good. */
  excepted: { accounts: number; hits: number };
  /** Windows that detections missed, noted by this run. */
  missed: { detection: string; windowEnd: number; reason: GapReason }[];
  /** Missed windows that this run looked at. */
  caughtUp: { detection: string; windowEnd: number }[];
}

export const NOTHING_NOTED: Noted = { shadowHits: 0, excepted: { accounts: 0, hits: 0 }, missed: [], caughtUp: [] };

interface Looked {
  /** What counts. */
  hits: Hit[];
  failed: { detection: string; error: string }[];
  noted: Noted;
  ran: string[];
  tried: CaughtUp['tried'];
}

interface LookOptions {
  now: number;
  end: number;
  timeoutMs: number;
  log: Log;
  /** Looks at the present window alone, and writes nothing. */
  dryRun: boolean;
  observe?: DetectionObserver | undefined;
}

/** Every detection that is not disabled, over the window and over what it missed; what is excepted is left out. */
export async function lookForHits(
  pool: pg.Pool,
  detections: readonly Detection[],
  { now, end, timeoutMs, log, dryRun, observe }: LookOptions,
): Promise<Looked> {
  const changes = await readDetectionStates(pool);
  const stateOf = ({ id, state = 'enabled' }: Detection): DetectionState => changes.get(id)?.state ?? state;
  const running = detections.filter((detection) => stateOf(detection) !== 'disabled');
  const shadow = new Set(running.filter((detection) => stateOf(detection) === 'shadow').map(({ id }) => id));

  const gathered = await gatherHits(pool, running, { end }, { timeoutMs, log, observe });
  const { hits, missed, tried } = dryRun
    ? { hits: gathered.hits, missed: [], tried: [] }
    : await catchUp(pool, running, gathered, { now, end, timeoutMs, log });
  const counting = hits.filter((hit) => !shadow.has(hit.detection));
  const silent = hits.filter((hit) => shadow.has(hit.detection));
  const applied = await applyExceptions(pool, counting, { now, dryRun });
  if (!dryRun) {
    await saveHits(pool, applied.hits, now);
    await saveHits(pool, silent, now, { shadow: true });
  }
  return {
    hits: applied.hits,
    failed: gathered.failed.map(({ detection, error }) => ({ detection, error })),
    noted: {
      shadowHits: silent.length,
      excepted: { accounts: applied.accounts, hits: applied.traits },
      missed: missed.map(({ detection, windowEnd, reason }) => ({ detection, windowEnd, reason })),
      caughtUp: tried
        .filter(({ error }) => error === null)
        .map(({ detection, windowEnd }) => ({ detection, windowEnd })),
    },
    ran: running.map(({ id }) => id),
    tried,
  };
}

/** After the campaigns were written: only then a window that was missed is caught up. What was found of a day is counted. */
export async function settleLook(
  pool: pg.Pool,
  { ran, tried }: Looked,
  { now, end }: { now: number; end: number },
): Promise<void> {
  await settleGaps(pool, tried, now);
  await noteHitFigures(pool, now - DAY_MS);
  await noteRuns(pool, ran, { now, end });
}
