import { MINUTE_MS } from '../time-units.ts';
import { type AilmentName, STALE_AFTER_MS } from './ailment.ts';
import type { StatusFigures } from './status-figures.ts';

/** How a job's newest runs went. Times are epoch milliseconds. */
export interface JobHealth {
  job: string;
  lastDoneAt: number | null;
  /** Of the newest slot, where that failed or is being tried again. */
  error: string | null;
  failedDay: number;
}

/** What `health` tells a person, who may mend it; what Slack is told by itself is an `Ailment`. */
export interface Trouble {
  what: string;
  /** What to do about it. */
  mend: string;
}

const SLOW_POST_MS = 5 * MINUTE_MS;
/** A job that ran before, and not for so long, hangs: the rarest runs daily. */
const SILENT_MS = 26 * 60 * MINUTE_MS;

/** What is wrong with Retort itself, what Slack was told by itself included; empty where nothing is. */
export function troublesOf(
  figures: StatusFigures,
  jobs: readonly JobHealth[],
  told: Pick<ReadonlySet<AilmentName>, 'has'> = new Set(),
): Trouble[] {
  const { now, eventsUntil, outbox, gaps } = figures;
  const troubles: Trouble[] = [];
  const add = (isIll: boolean, what: string, mend: string) => {
    if (isIll) troubles.push({ what, mend });
  };
  add(eventsUntil === null, 'Nothing was ingested yet', 'feed the gateway’s logs to `retort ingest`');
  add(
    eventsUntil !== null && now - eventsUntil > STALE_AFTER_MS,
    'The data is stale: detections see nothing new',
    'look whether the gateway still sends its logs',
  );
  const { oldestWaitingAt } = outbox;
  add(
    oldestWaitingAt !== null && now - oldestWaitingAt > SLOW_POST_MS,
    'Posts to Slack are late',
    'look at the log: it says what Slack refuses and what to mend',
  );
  add(
    told.has('short_disk'),
    'The disk of the database is nearly full: nothing is ingested',
    'make room on the disk of `RETORT_DATA_DIR`, or keep less with `RETORT_RETENTION`',
  );
  const { oldestEscalationAt } = figures;
  add(
    oldestEscalationAt !== null && now - oldestEscalationAt > SLOW_POST_MS,
    'An escalation does not get through',
    'call them another way; `retort doctor` and the log say what to mend',
  );
  add(outbox.dead > 0, 'Posts to Slack were given up', 'look for `delivery.give_up` in the audit');
  add(
    gaps.some(({ open, givenUp }) => open + givenUp > 0),
    'Detections missed windows',
    '`/campaign status` says which',
  );
  for (const { job, error } of jobs) {
    add(error !== null, `The job ${job} fails: ${error ?? ''}`, 'it is tried again by itself; the log has the fault');
  }
  for (const { job, lastDoneAt } of jobs) {
    add(lastDoneAt !== null && now - lastDoneAt > SILENT_MS, `The job ${job} has not run for a day`, 'restart Retort');
  }
  return troubles;
}
